/** What every case needs: the program, the servers, a fresh project, and ways to run a backup, curl or a peer. */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleProgram } from '../scripts/build/bundle.mjs';
import { WORKSPACE } from './estate.mjs';
import { measure } from './measure.mjs';
import { startServers } from './servers/host.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** The two ways to a GitLab project: what the program finds in its environment. */
export const DESTINATIONS = {
  api: ({ token }) => ({ GITLAB_TOKEN: token }),
  git: ({ jobToken }) => ({ CI_JOB_TOKEN: jobToken }),
};

/** Builds the program from the sources of now, and starts the servers. */
export async function openStage() {
  const folder = await mkdtemp(join(tmpdir(), 'postman-gitlab-bench-'));
  const program = join(folder, 'postman-gitlab.cjs');
  await writeFile(program, (await bundleProgram(root)).program);
  const servers = await startServers(folder);
  const { ask } = servers;
  let made = 0;

  async function makeFolder() {
    made += 1;
    const own = join(folder, `work-${made}`);
    await mkdir(own);
    return own;
  }

  async function openProject(options = {}) {
    made += 1;
    const project = await ask('openProject', { path: `bench/project-${made}`, ...options });
    // The folder keeps the program's state from run to run, as a job's cache does.
    return { ...project, folder: await makeFolder() };
  }

  return {
    program,
    ask,
    makeFolder,
    openProject,
    /** @param {{ postman: object, project: object, destination: 'api' | 'git', flags?: string[], env?: object, byFile?: boolean }} run */
    backUp: (run) => backUp({ program, ask, ...run }),
    async close() {
      await servers.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** @returns the measured run, with its requests and what it brought to the project. */
async function backUp({ program, ask, postman, project, destination, flags = [], env = {}, byFile = false }) {
  const before = await ask('countProject', project.path);
  await ask('takeRequests', postman.url);
  // A selection on the command line would take the place of the configuration file's.
  const selection = byFile ? [] : ['--workspace', WORKSPACE];
  const command = [process.execPath, program, 'backup', ...selection, ...flags];
  const run = await measure(command, {
    cwd: project.folder,
    env: { ...jobEnvironment(postman, project), ...DESTINATIONS[destination](project), ...env },
  });
  if (run.exitCode !== 0) {
    throw new Error(`the backup ended with exit code ${run.exitCode}:\n${run.output.slice(-4000)}`);
  }
  const requests = await ask('takeRequests', postman.url);
  const after = await ask('countProject', project.path);
  return { ...run, requests, commits: after.commits - before.commits, saved: after.saved };
}

function jobEnvironment(postman, project) {
  return {
    POSTMAN_API_KEY: postman.apiKey,
    POSTMAN_API_URL: postman.url,
    CI_API_V4_URL: project.apiUrl,
    CI_SERVER_URL: project.url,
    CI_PROJECT_ID: String(project.id),
    CI_PROJECT_PATH: project.path,
    CI_DEFAULT_BRANCH: 'main',
    CI_JOB_ID: '4711',
    GITLAB_USER_NAME: 'Mara Lindqvist',
    GITLAB_USER_EMAIL: 'mara.lindqvist@example.com',
  };
}
