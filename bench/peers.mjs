/** Runs the peers whose checkout is there, and says which are not. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure } from './measure.mjs';
import { postmanBackup } from './peers/postman-backup.mjs';
import { exporterAllCollection } from './peers/postman-exporter-all-collection.mjs';
import { showNote } from './table.mjs';

const checkouts = fileURLToPath(new URL('checkouts', import.meta.url));
const peers = [postmanBackup, exporterAllCollection];

/**
 * @param {object} stage
 * @param {object | (() => Promise<object>)} postman, or what opens one for each peer
 * @param {number} there how many collections there are
 */
export async function runPeers(stage, postman, there) {
  const rows = [];
  for (const peer of peers) {
    const checkout = join(checkouts, peer.folder);
    if (peer.needs.every((name) => existsSync(join(checkout, name)))) {
      rows.push(await runPeer({ stage, postman, there, peer, checkout }));
    }
  }
  return rows;
}

/** Once, before anything is measured. */
export function tellMissingPeers() {
  for (const { folder, needs } of peers) {
    const missing = needs.filter((name) => !existsSync(join(checkouts, folder, name)));
    if (missing.length > 0) {
      showNote(
        `NOT RUN: bench/checkouts/${folder} lacks ${missing.join(', ')}. bench/README.md says what to put there.`,
      );
    }
  }
}

async function runPeer({ stage, postman, there, peer, checkout }) {
  const asked = typeof postman === 'function' ? await postman() : postman;
  const folder = await stage.makeFolder();
  await stage.ask('takeRequests', asked.url);
  await peer.prepare({ checkout, folder, postman: asked });
  const run = await measure(peer.command, {
    cwd: folder,
    env: peer.environment({ checkout, folder, postman: asked }),
  });
  const { postman: requests } = await stage.ask('takeRequests', asked.url);
  if (asked !== postman) {
    await stage.ask('closePostman', asked.url);
  }
  const who = run.exitCode === 0 ? peer.name : `${peer.name} (exit code ${run.exitCode})`;
  return { ...run, who, calls: requests.length, saved: await peer.countSaved(folder), there };
}
