/** A bad day: one answer refused for being too fast, one failing, two collections of one name. Who saves everything? */

import { runPeers } from '../peers.mjs';
import { showTable } from '../table.mjs';

const SIZE = { count: 20, bytes: 10_000, names: ['Orders', 'Orders'], stumbles: true };

export async function badDay(stage) {
  const postman = await stage.ask('openPostman', SIZE);
  const project = await stage.openProject();
  const run = await stage.backUp({ postman, project, destination: 'api' });
  await stage.ask('closePostman', postman.url);
  const calls = run.requests.postman.length + run.requests.gitlab.length;
  const ours = { ...run, who: 'postman-gitlab (api)', calls, there: SIZE.count };
  // It stumbles once for each that comes: peers get a Postman of their own.
  const peers = await runPeers(stage, () => stage.ask('openPostman', SIZE), SIZE.count);
  showTable('One 429, one 500, two collections of one name', [ours, ...peers]);
}
