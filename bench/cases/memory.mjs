/** Peak memory of a first backup on both destinations: of many collections, and of one that is huge. */

import { runPeers } from '../peers.mjs';
import { DESTINATIONS } from '../stage.mjs';
import { showTable, showVerdict } from '../table.mjs';

const MANY = { count: 2000, bytes: 200_000 };
const HUGE = { count: 1, bytes: 30_000_000 };

export async function memory(stage) {
  await measureBoth(stage, '2,000 collections of 200 kB', { size: MANY, most: 250 });
}

export async function huge(stage) {
  await measureBoth(stage, 'One collection of 30 MB', { size: HUGE, most: 500, withPeers: true });
}

async function measureBoth(stage, title, { size, most, withPeers = false }) {
  const postman = await stage.ask('openPostman', size);
  const rows = [];
  for (const destination of Object.keys(DESTINATIONS)) {
    const project = await stage.openProject();
    const run = await stage.backUp({ postman, project, destination });
    const calls = run.requests.postman.length + run.requests.gitlab.length;
    rows.push({ ...run, who: `postman-gitlab (${destination})`, calls, there: size.count });
  }
  const peers = withPeers ? await runPeers(stage, postman, size.count) : [];
  await stage.ask('closePostman', postman.url);
  showTable(title, [...rows, ...peers]);
  for (const { who, peakMB } of rows) {
    showVerdict(`${title}, ${who}, in MB`, peakMB, most);
  }
}
