/** Eight jobs at once, as of a matrix, commit to one branch: all get through, and nothing is lost. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { addCollection, addWorkspace, createEstate } from '../../demo/postman-api/estate.mjs';
import { startPostmanApi } from '../../demo/postman-api/server.mjs';
import { startHost } from '../end-to-end/postman-host.ts';
import { atEnd, type Env, type Finished, makeFolder, run } from '../end-to-end/program.ts';
import { collectionNamed } from '../end-to-end/team.ts';
import { type GitLabHost, startGitLabHost } from './gitlab-host.ts';
import { createPlace } from './place.ts';
import { startProxy } from './proxy.ts';

// Of `src/commands/carry-out.ts`, and of the template: a job that lost all its tries is started again, twice at most.
const MAX_TRIES = 5;
const STARTS = 3;
const BRANCH_KEPT_MOVING = 24;
const MINUTES = 300_000;
const COLLECTIONS = ['Ledger', 'Orders', 'Refunds'];
const keys = { POSTMAN_API_KEY: 'the-key-of-the-first-team', PARTNER_KEY: 'the-key-of-the-other-team' };

/** Four workspaces of each team, a job for each. */
const jobs = Object.keys(keys).flatMap((keyVariable) =>
  ['North', 'East', 'South', 'West'].map((place) => {
    const workspace = `${place} of ${keyVariable}`;
    return { workspace, directory: `backups/${workspace}`, keyVariable };
  }),
);
type Job = (typeof jobs)[number];

let gitlab: GitLabHost;
let postmanEnv: Env;

/** Where a job commits. All come there with a plan for the same branch, and only one can be first. */
const commits = {
  // None of them finds the branch: who creates it is the first.
  api: 'POST /api/v4/projects/…/repository/commits',
  // Git comes here without its credential first, so that each job waits before any has pushed.
  git: 'GET /harbour/backup-….git/info/refs?service=git-receive-pack',
} as const;
type DestinationName = keyof typeof commits;

/** A test for each destination. */
export function letEightCollide(destination: DestinationName): void {
  it(`eight backups at once all get through (${destination}), and nothing is lost`, {
    timeout: MINUTES,
  }, async () => {
    const place = await createMeetingPlace(destination);

    const ends = await Promise.all(jobs.map((job, index) => startJob(job, index, place.env)));

    for (const { exitCode, stderr } of ends) {
      expect(exitCode, stderr).toBe(0);
    }
    const made = await commitsOf(place);
    expect(new Map(made.map(({ job, paths }) => [job, paths]))).toEqual(
      new Map(jobs.map((job, index) => [`job${index}`, filesOf(job)])),
    );
    expect(made.map(({ parents }) => parents)).toEqual(jobs.map(() => 1));
    expect(made.some(({ tries }) => tries === 1)).toBe(true);
    expect(Math.max(...made.map(({ tries }) => tries))).toBeLessThanOrEqual(MAX_TRIES);

    // Every file and every manifest is what one job would have written.
    const together = await runTogether(place.env);
    expect(together.report?.status, together.stderr).toBe('unchanged');
    expect(await commitsOf(place)).toEqual(made);
  });
}

beforeAll(async () => {
  gitlab = await startGitLabHost();
  const teams: Record<string, string> = {};
  for (const [keyVariable, apiKey] of Object.entries(keys)) {
    teams[apiKey] = await startTeam(keyVariable, apiKey);
  }
  postmanEnv = { ...keys, POSTMAN_API_URL: await startHost(teams) };
});

afterAll(() => gitlab.close());

async function startTeam(keyVariable: string, apiKey: string): Promise<string> {
  const estate = createEstate({ seed: keyVariable });
  for (const { workspace } of jobs.filter((job) => job.keyVariable === keyVariable)) {
    const { id } = addWorkspace(estate, { name: workspace });
    for (const name of COLLECTIONS) {
      addCollection(estate, id, collectionNamed(`${name}, ${workspace}`));
    }
  }
  const api = await startPostmanApi({ estate, apiKey, limits: { enforce: false } });
  atEnd(() => api.close());
  return api.url;
}

/** Lets nobody through before all have come; who comes later finds it open. */
function createBarrier(size: number): () => Promise<void> {
  let waiting = 0;
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    if (++waiting === size) {
      open();
    }
    return opened;
  };
}

type Place = { readonly env: Env; git(...args: string[]): Promise<string> };

/** Each job waits there before it commits until all have come. */
async function createMeetingPlace(destination: DestinationName): Promise<Place> {
  const proxy = await startProxy({ remembers: false });
  atEnd(() => proxy.close());
  const place = await createPlace(gitlab, {
    destination,
    folder: await makeFolder(),
    proxyUrl: proxy.url,
  });
  await proxy.arm(gitlab.url, {
    address: commits[destination],
    spoil: { type: 'before', act: createBarrier(jobs.length) },
    occurrence: 0,
    duration: 'address',
    siblings: [],
  });
  const git = (...args: string[]) => gitlab.git(place.repository, args);
  return { env: { ...place.env, ...postmanEnv, PATH: process.env['PATH'] ?? '' }, git };
}

/** As GitLab does: a job that ends with 24 is started again. */
async function startJob(job: Job, index: number, env: Env): Promise<Finished> {
  for (let starts = 1; ; starts++) {
    const ended = await startOnce(job, index, env);
    if (ended.exitCode !== BRANCH_KEPT_MOVING || starts === STARTS) {
      return ended;
    }
  }
}

async function startOnce({ workspace, directory, keyVariable }: Job, index: number, env: Env) {
  return await run(['backup', '--branch', 'postman'], {
    folder: await makeFolder(),
    env: {
      ...env,
      CI_JOB_ID: `job${index}`,
      POSTMAN_GITLAB_WORKSPACE: workspace,
      POSTMAN_GITLAB_DIRECTORY: directory,
      POSTMAN_GITLAB_API_KEY_VARIABLE: keyVariable,
    },
  });
}

/** One job for all of them, by a configuration file. */
async function runTogether(env: Env): Promise<Finished> {
  const folder = await makeFolder();
  const backups = jobs.map(({ keyVariable, ...job }) => ({ ...job, 'api-key-variable': keyVariable }));
  await writeFile(
    join(folder, '.postman-gitlab.yml'),
    stringify({ defaults: { branch: 'postman' }, backups }),
  );
  return await run(['backup'], { folder, env });
}

/** The commits of the jobs: who made it, at which try, with which files, on top of how many others. */
async function commitsOf({ git }: Place) {
  // Every try of a job has a trailer of its own.
  const format = '--format=%x1e%P%n%(trailers:key=Backup-Run,valueonly)';
  const log = await git('log', format, '--name-only', 'main..postman');
  const texts = log.split('\x1e').slice(1);
  return texts.map((text) => {
    const [parents = '', trailer = '', ...paths] = text.split('\n').filter(Boolean);
    const [job = '', tries] = trailer.split('-');
    return { job, tries: Number(tries), paths: paths.sort(), parents: parents.split(' ').length };
  });
}

function filesOf({ workspace, directory }: Job): readonly string[] {
  const files = COLLECTIONS.map((name) => `${name}, ${workspace}.postman_collection.json`);
  return ['.postman-gitlab.json', ...files].map((file) => `${directory}/${file}`);
}
