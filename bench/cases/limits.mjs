/** Under Postman's limit: a first backup of 900 collections at 300 calls a minute, and two keys side by side. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WORKSPACE } from '../estate.mjs';
import { runPeers } from '../peers.mjs';
import { showNote, showTable, showVerdict } from '../table.mjs';

const SIZE = { count: 900, bytes: 10_000, latencyMs: 80 };
const PER_MINUTE = 300;
const MOST = 1.1;

const KEYS = { count: 200, bytes: 10_000, latencyMs: 80 };
const KEYS_PER_MINUTE = 150;
const LISTS = { limit: 1000, windowMs: 1000 };

export async function limited(stage) {
  const postman = await stage.ask('openPostman', { ...SIZE, limits: { perMinute: PER_MINUTE } });
  const project = await stage.openProject();
  const run = await stage.backUp({ postman, project, destination: 'api' });
  await stage.ask('closePostman', postman.url);
  const fresh = await stage.ask('openPostman', { ...SIZE, limits: { perMinute: PER_MINUTE } });
  const peers = await runPeers(stage, fresh, SIZE.count);
  await stage.ask('closePostman', fresh.url);
  const { postman: calls, gitlab } = run.requests;
  const allowed = secondsAllowed(calls.length, PER_MINUTE);
  showTable(`${SIZE.count} collections at ${PER_MINUTE} calls a minute`, [
    { ...run, who: 'postman-gitlab (api)', calls: calls.length + gitlab.length, there: SIZE.count },
    { who: 'what the limit allows', seconds: allowed, calls: calls.length },
    ...peers,
  ]);
  const refused = calls.filter(({ status }) => status === 429).length;
  showNote(`${refused} of ${calls.length} calls were refused for being too fast.`);
  showVerdict('a first backup under the limit, against what it allows', run.seconds / allowed, MOST);
}

export async function keys(stage) {
  const names = ['FIRST_KEY', 'SECOND_KEY'];
  const apiKeys = names.map((name) => `bench-${name.toLowerCase()}`);
  const limits = { perMinute: KEYS_PER_MINUTE, lists: LISTS };
  const postmen = [];
  for (const apiKey of apiKeys) {
    postmen.push(await stage.ask('openPostman', { ...KEYS, apiKey, limits }));
  }
  const url = await stage.ask(
    'routeKeys',
    Object.fromEntries(postmen.map((one, index) => [apiKeys[index], one.url])),
  );
  const project = await stage.openProject();
  const entries = names.map((name) => ({ 'api-key-variable': name, directory: name, workspace: WORKSPACE }));
  await writeFile(join(project.folder, '.postman-gitlab.yml'), JSON.stringify({ backups: entries }));
  const env = Object.fromEntries(names.map((name, index) => [name, apiKeys[index]]));
  const run = await stage.backUp({
    ...{ postman: { url, apiKey: apiKeys[0] }, project, destination: 'api', env },
    byFile: true,
  });
  const calls = [];
  for (const one of postmen) {
    calls.push((await stage.ask('takeRequests', one.url)).postman.length);
    await stage.ask('closePostman', one.url);
  }
  const allowed = Math.max(...calls.map((count) => secondsAllowed(count, KEYS_PER_MINUTE)));
  showTable(`Two keys, ${KEYS.count} collections each at ${KEYS_PER_MINUTE} calls a minute`, [
    { ...run, who: 'postman-gitlab (api)', calls: calls[0] + calls[1], there: 2 * KEYS.count },
    { who: 'what the limits allow side by side', seconds: allowed },
  ]);
  showVerdict('two keys, against what their limits allow side by side', run.seconds / allowed, MOST);
}

/** The stand-in refuses a call when the last minute saw as many as the limit: so many go at once, then none for a minute. */
function secondsAllowed(calls, perMinute) {
  return 60 * Math.floor((calls - 1) / perMinute);
}
