/** `npm run demo`: backs a made-up Postman team up into a real git repository, three times, and shows what happened. */

import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { workADay } from './day-of-work.mjs';
import { startPostmanApi } from './postman-api/server.mjs';
import { runBackup } from './processes/backup.mjs';
import { createDemoGit } from './processes/git.mjs';
import { createSampleEstate, SECRET_MARK } from './sample-estate.mjs';
import { DemoFailure, ensure, heading, indented, say } from './show.mjs';

const WORKSPACES = ['Payments', 'Logistics'];
const REPOSITORY = 'backup.git';

async function demo() {
  const folder = await mkdtemp(path.join(tmpdir(), 'postman-gitlab-demo-'));
  const git = await createDemoGit(path.join(folder, REPOSITORY));
  // Three backups within seconds would wait for Postman's limit on lists; a schedule never meets it.
  const limits = { lists: { limit: 60, windowMs: 10_000 } };
  const postman = await startPostmanApi({ estate: createSampleEstate(), limits });
  const backUp = () => runBackup({ folder, repository: REPOSITORY, postman, workspaces: WORKSPACES });
  try {
    say('postman-gitlab backs a Postman team up into git. This demo needs no account and no network:');
    say('a stand-in for the Postman API runs on this machine, the backup itself is the real program.');
    describeTeam(postman);
    await firstBackup(git, backUp, folder);
    const edits = await secondBackup(git, backUp, postman.estate);
    await thirdBackup(git, backUp);
    await showCommits(git);
    await showDiff(git, edits);
    await showSecrets(git);
    await showPlace(git, folder);
  } finally {
    await postman.close();
  }
}

/** @param {import('./postman-api/types.mjs').PostmanApi} postman */
function describeTeam({ url, estate }) {
  heading('The team in Postman');
  for (const { id, name } of estate.workspaces.filter((workspace) => WORKSPACES.includes(workspace.name))) {
    const collections = estate.collections.filter(({ workspaceId }) => workspaceId === id).length;
    const environments = estate.environments.filter(({ workspaceId }) => workspaceId === id).length;
    say(
      `  workspace ${name}: ${counted(collections, 'collection')}, ${counted(environments, 'environment')}`,
    );
  }
  say(`  at ${url}`);
}

/** @param {number} count @param {string} noun */
function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** @typedef {Awaited<ReturnType<typeof createDemoGit>>} DemoGit */

/** @param {DemoGit} git @param {() => Promise<void>} backUp @param {string} folder */
async function firstBackup(git, backUp, folder) {
  heading('1. The first backup');
  say(`  $ cd ${folder}`);
  await backUp();
  ensure((await git.commitCount()) === 1, 'the first backup did not make exactly one commit');
}

/** @param {DemoGit} git @param {() => Promise<void>} backUp @param {import('./postman-api/types.mjs').Estate} estate */
async function secondBackup(git, backUp, estate) {
  heading('2. A day of work in Postman, and the second backup');
  const edits = workADay(estate);
  for (const line of edits.story) {
    say(`  - ${line}`);
  }
  say();
  await backUp();
  ensure((await git.commitCount()) === 2, 'the second backup did not make exactly one commit');
  const diff = await git.lastDiff();
  for (const expected of edits.expectedInDiff) {
    ensure(diff.includes(expected), `the second backup does not show the change "${expected}"`);
  }
  return edits;
}

/** @param {DemoGit} git @param {() => Promise<void>} backUp */
async function thirdBackup(git, backUp) {
  heading('3. Once more: nothing changed in Postman');
  await backUp();
  ensure((await git.commitCount()) === 2, 'the third backup made a commit, although nothing had changed');
  say('  No commit.');
}

/** @param {DemoGit} git */
async function showCommits(git) {
  heading('The commits');
  say(indented(await git.log()));
}

/** @param {DemoGit} git @param {ReturnType<typeof workADay>} edits */
async function showDiff(git, { reworded }) {
  heading(`One word was edited in "${reworded}": one line changes`);
  const file = (await git.files()).find((name) => path.posix.basename(name).startsWith(`${reworded}.`));
  ensure(file !== undefined, `there is no file for "${reworded}"`);
  const { added, removed, text } = await git.diffOf(file);
  ensure(
    added === 1 && removed === 1,
    `one word became a diff of ${added} added and ${removed} removed lines`,
  );
  say(indented(text));
}

/** @param {DemoGit} git */
async function showSecrets(git) {
  heading('Secrets');
  ensure(!(await git.everHeld(SECRET_MARK)), 'a secret value reached the repository');
  say('  Postman hands out the values of secret variables in clear. None of them is in any commit.');
}

/** @param {DemoGit} git @param {string} folder */
async function showPlace(git, folder) {
  const workTree = path.join(folder, 'backup');
  await git.cloneTo(workTree);
  heading('It is yours to explore');
  say(`  repository  ${path.join(folder, REPOSITORY)}`);
  say(`  work tree   ${workTree}`);
  say();
  say(`  git -C ${workTree} log -p`);
  say(`  git -C ${workTree} ls-files`);
}

try {
  await demo();
} catch (error) {
  const isExpected = error instanceof DemoFailure;
  say();
  console.error(isExpected ? `The demo failed: ${error.message}` : error);
  process.exitCode = 1;
}
