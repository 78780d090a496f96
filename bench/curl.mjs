/** The physical floor: curl fetches the URLs that the program asked Postman for, eight at once, and makes one commit. */

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { measure } from './measure.mjs';

// As many as the program has under way.
const PARALLEL = '8';
const FAILING = ['--silent', '--show-error', '--fail'];

/**
 * @param {{ stage: object, postman: object, paths: readonly string[], commits: boolean }} options
 *   `paths`: what to ask Postman for; `commits`: whether to commit what came.
 */
export async function runCurl({ stage, postman, paths, commits }) {
  const project = await stage.openProject();
  const answers = join(project.folder, 'answers');
  await mkdir(answers);
  const list = join(project.folder, 'urls');
  await writeFile(list, fetchList({ postman, paths, answers }));
  const fetched = await measure(
    ['curl', ...FAILING, '--parallel', '--parallel-max', PARALLEL, '--config', list],
    { cwd: project.folder },
  );
  expectSuccess(fetched);
  const committed = commits ? await commit(project, answers) : { seconds: 0, peakMB: 0 };
  await stage.ask('takeRequests', postman.url);
  return {
    seconds: fetched.seconds + committed.seconds,
    peakMB: Math.max(fetched.peakMB, committed.peakMB),
    calls: paths.length + (commits ? 1 : 0),
    commits: commits ? 1 : 0,
    saved: undefined,
  };
}

function fetchList({ postman, paths, answers }) {
  const transfers = paths.map((path, index) => [
    `url = "${postman.url}${path}"`,
    `output = "${join(answers, `${index}.json`)}"`,
  ]);
  return [`header = "X-Api-Key: ${postman.apiKey}"`, ...transfers.flat()].join('\n');
}

/** What it takes to write the body of the commit is not counted: a floor has no work of its own. */
async function commit({ apiUrl, id, token, folder }, answers) {
  const actions = [];
  for (const name of await readdir(answers)) {
    const content = await readFile(join(answers, name), 'base64');
    actions.push({ action: 'create', file_path: `Postman Collections/${name}`, content, encoding: 'base64' });
  }
  const body = join(folder, 'commit.json');
  await writeFile(body, JSON.stringify({ branch: 'main', commit_message: 'Backup', actions }));
  const headers = [`Private-Token: ${token}`, 'Content-Type: application/json'].flatMap((one) => [
    '--header',
    one,
  ]);
  const url = `${apiUrl}/projects/${id}/repository/commits`;
  const posted = await measure(['curl', ...FAILING, ...headers, '--data-binary', `@${body}`, url], {
    cwd: folder,
  });
  expectSuccess(posted);
  return posted;
}

function expectSuccess({ exitCode, output }) {
  if (exitCode !== 0) {
    throw new Error(`curl ended with exit code ${exitCode}: ${output.slice(-1000)}`);
  }
}
