/** The git destination: one change in a repository with a long past, beside one in a repository with a short one. */

import { medianRun, showTable, showVerdict } from '../table.mjs';

const SIZE = { count: 20, bytes: 10_000 };
const SMALL = { files: 50, commits: 1 };
const LARGE = { files: 5000, commits: 2000 };
const ROUNDS = 5;
const MOST = 2;

export async function repository(stage) {
  for (const way of ['the job token', 'a local path']) {
    const small = await prepare(stage, way, SMALL);
    const large = await prepare(stage, way, LARGE);
    for (let round = 0; round < ROUNDS; round += 1) {
      await small.backUpOneChange();
      await large.backUpOneChange();
    }
    showTable(`One change by git push, with ${way}`, [small, large].map(rowOf));
    const ratio = medianRun(large.runs).seconds / medianRun(small.runs).seconds;
    showVerdict(`one change with ${way}, the large repository against the small one`, ratio, MOST);
  }
}

async function prepare(stage, way, history) {
  const postman = await stage.ask('openPostman', SIZE);
  const project = await stage.openProject({ history });
  const flags = way === 'a local path' ? ['--repository', project.directory] : [];
  const backUp = () => stage.backUp({ postman, project, destination: 'git', flags });
  const runs = [];
  await backUp();
  return {
    history,
    runs,
    async backUpOneChange() {
      await stage.ask('edit', { url: postman.url, count: 1 });
      runs.push(await backUp());
    },
  };
}

function rowOf({ history: { files, commits }, runs }) {
  const run = medianRun(runs);
  const calls = run.requests.postman.length + run.requests.gitlab.length;
  return { ...run, who: `${files} files, ${commits} commits`, calls, there: SIZE.count };
}
