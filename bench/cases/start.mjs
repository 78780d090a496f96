/** What it takes to start: the version, the help, a backup that finds nothing to do; beside Node itself. */

import { measure } from '../measure.mjs';
import { medianRun, showTable } from '../table.mjs';

const SIZE = { count: 3, bytes: 5_000 };
const ROUNDS = 9;

export async function start(stage) {
  const postman = await stage.ask('openPostman', SIZE);
  const project = await stage.openProject();
  await stage.backUp({ postman, project, destination: 'api' });
  const node = process.execPath;
  const measured = (...args) => measure([node, ...args], { cwd: project.folder });
  const programs = {
    'node, an empty program': () => measured('--eval', '0'),
    '--version': () => measured(stage.program, '--version'),
    'backup --help': () => measured(stage.program, 'backup', '--help'),
    'backup, nothing changed (api)': () => stage.backUp({ postman, project, destination: 'api' }),
  };
  const runs = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, run] of Object.entries(programs)) {
      runs[name].push(await run());
    }
  }
  await stage.ask('closePostman', postman.url);
  const rows = Object.entries(runs).map(([who, all]) => ({ who, ...medianRun(all), saved: undefined }));
  showTable('Start', rows);
}
