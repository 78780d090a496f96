/** A place to run backups on: a repository of its own, the team before and after, and a proxy before each server. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostmanApi } from '../../demo/postman-api/server.mjs';
import type { Estate, PostmanApi } from '../../demo/postman-api/types.d.mts';
import type { Patience } from '../../src/commands/connect.ts';
import { runBackups } from '../../src/commands/run-backups.ts';
import { createLog } from '../../src/report/log.ts';
import { createMask } from '../../src/report/mask.ts';
import type { Report } from '../../src/report/report.ts';
import { PAGE_SIZE, SECRET, teamAfter, teamBefore } from './estate.ts';
import { type GitLabHost, startGitLabHost } from './gitlab-host.ts';
import { createPlace, type DestinationName } from './place.ts';
import { type Ambush, type FaultyProxy, startProxy } from './proxy.ts';
import { type Branch, createReader, type Reader, type Snapshot } from './snapshot.ts';
import type { Sent } from './spoil.ts';

/** `first`: a backup into an empty branch; `later`: one after a day of work. */
export type Pass = 'first' | 'later';

type ServerAmbush = Ambush & { readonly server: 'postman' | 'gitlab' };

/** The servers, which several benches share. */
export type World = {
  readonly gitlab: GitLabHost;
  readonly postman: Readonly<Record<Pass, PostmanApi>>;
  close(): Promise<void>;
};

export type Ran = { readonly report: Report; readonly log: string };

export type Bench = {
  readonly pass: Pass;
  /** Before the run, and as a clean run leaves it. */
  readonly old: Snapshot;
  readonly good: Snapshot;
  readonly base: string;
  readonly credentials: readonly string[];
  readonly repository: string;
  readonly folder: string;
  readonly temporary: string;
  readonly env: Readonly<Record<string, string>>;
  readonly flags: Readonly<Record<string, string | readonly string[]>>;
  readonly proxies: Readonly<Record<'postman' | 'gitlab', FaultyProxy>>;
  /** Puts the branch back to where it was before the run. */
  reset(): Promise<void>;
  /** @param ambush what is done to one of the servers; nothing: a clean run. */
  run(ambush?: ServerAmbush, patience?: Patience): Promise<Ran>;
  /** @param since the commit after which commits count; by default where the branch was before the run. */
  read(since?: string): Promise<Branch>;
  /** A second backup of the same team to the same branch, past the proxies. */
  runRival(): Promise<Ran>;
  /** Begins a run of a program that is none of ours to start: the proxies pass everything on. */
  arm(): Promise<void>;
  leftovers(): Promise<readonly string[]>;
  /** What a clean run asks each server. */
  readonly asked: Readonly<Record<'postman' | 'gitlab', readonly Sent[]>>;
  /** What the clean run before it asked Postman, if there was one. */
  readonly askedBefore: readonly Sent[];
  close(): Promise<void>;
};

const PATIENT: Patience = { http: { backoffMs: 1, silenceMs: 30_000 }, movedPauseMs: () => 1 };

export async function startWorld(): Promise<World> {
  const gitlab = await startGitLabHost();
  const postman = { first: await startPostman(teamBefore()), later: await startPostman(teamAfter()) };
  return {
    gitlab,
    postman,
    async close() {
      await Promise.all([gitlab.close(), postman.first.close(), postman.later.close()]);
    },
  };
}

function startPostman(estate: Estate): Promise<PostmanApi> {
  return startPostmanApi({
    estate,
    maxPageSize: PAGE_SIZE,
    limits: { enforce: false, headers: 'none' },
  });
}

export async function createBench(
  world: World,
  options: { pass: Pass; destination: DestinationName },
): Promise<Bench> {
  const { pass } = options;
  const folder = await mkdtemp(join(tmpdir(), 'faults-'));
  const temporary = join(folder, 'temporary');
  await mkdir(temporary);
  const proxies = {
    postman: await startProxy({ remembers: true }),
    gitlab: await startProxy({ remembers: false }),
  };
  const place = await createPlace(world.gitlab, { ...options, folder, proxyUrl: proxies.gitlab.url });
  const apiKey = world.postman.first.apiKey;
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    POSTMAN_API_KEY: apiKey,
    POSTMAN_API_URL: proxies.postman.url,
    ...place.env,
  };
  const flags = { kinds: ['all'], removed: 'archive', ...place.flags };
  const read = createReader((...args) => world.gitlab.git(place.repository, args));
  const setup = { world, folder, temporary, proxies, env, flags };

  const start = (await read('HEAD')).head;
  let base = start;
  let askedBefore: readonly Sent[] = [];
  if (pass === 'later') {
    await expectClean(setup, 'first', read);
    base = (await read(start)).head;
    askedBefore = [...proxies.postman.seen];
  }
  const old = await read(base);
  await expectClean(setup, pass, read);
  const good = await read(base);
  const asked = { postman: [...proxies.postman.seen], gitlab: [...proxies.gitlab.seen] };
  const reset = () => writeFile(join(place.repository, 'refs/heads/main'), `${base}\n`);
  await reset();
  return {
    ...{ pass, old, good, base, folder, env, flags, temporary, proxies, reset, asked, askedBefore },
    repository: place.repository,
    credentials: [apiKey, place.credential, SECRET],
    run: (ambush, patience = PATIENT) => runOnce({ ...setup, pass, patience, ambush }),
    read: (since = base) => read(since),
    runRival: () => runRival(setup, pass),
    arm: () => armProxies({ ...setup, pass }),
    leftovers: () => readdir(temporary),
    async close() {
      await Promise.all([proxies.postman.close(), proxies.gitlab.close()]);
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

type Setup = Pick<Bench, 'folder' | 'env' | 'flags' | 'proxies'> & {
  readonly world: World;
  readonly temporary: string;
};

async function expectClean(setup: Setup, pass: Pass, read: Reader): Promise<void> {
  const { report, log } = await runOnce({ ...setup, pass, patience: PATIENT });
  if (report.exitCode !== 0 || report.status !== 'changed') {
    throw new Error(`a clean run failed:\n${log}`);
  }
  const { manifest } = await read('HEAD');
  if (manifest?.size !== (pass === 'first' ? 60 : 62)) {
    throw new Error(`a clean run left ${manifest?.size} resources`);
  }
}

type Run = Setup & {
  readonly pass: Pass;
  readonly patience: Patience;
  readonly ambush?: ServerAmbush | undefined;
};

async function runOnce(run: Run): Promise<Ran> {
  await armProxies(run);
  return backUp(run);
}

async function runRival({ world, folder, flags, ...setup }: Setup, pass: Pass): Promise<Ran> {
  const own = await mkdtemp(join(folder, 'rival-'));
  const gitlab = world.gitlab.url;
  const isJob = setup.env['CI_SERVER_URL'] !== undefined;
  const env = {
    ...setup.env,
    HOME: own,
    POSTMAN_API_URL: world.postman[pass].url,
    ...(isJob ? { CI_SERVER_URL: gitlab, CI_API_V4_URL: `${gitlab}/api/v4`, CI_JOB_ID: '4712' } : {}),
  };
  return backUp({ folder: own, temporary: own, flags, env, patience: PATIENT });
}

type Start = Pick<Run, 'folder' | 'temporary' | 'flags' | 'patience'> & {
  readonly env: Readonly<Record<string, string | undefined>>;
};

async function backUp({ folder, temporary, flags, env, patience }: Start): Promise<Ran> {
  const written: string[] = [];
  const mask = createMask();
  const now = () => new Date();
  const log = createLog({ write: (text) => void written.push(text), mask, sections: false, now });
  const report = await runBackups({
    ...{ env, flags, log, mask, now },
    readFile: () => {
      throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
    },
    nodeVersion: process.version,
    signal: new AbortController().signal,
    workingDirectory: folder,
    temporaryDirectory: temporary,
    progress: { start: () => undefined, step: () => undefined, stop: () => undefined },
    version: '0.0.0',
    patience,
  });
  return { report, log: written.join('') };
}

async function armProxies({
  world,
  pass,
  proxies,
  ambush,
}: Pick<Run, 'world' | 'pass' | 'proxies' | 'ambush'>) {
  const ambushAt = (server: string) => (ambush?.server === server ? ambush : undefined);
  const postman = world.postman[pass];
  postman.requests.length = 0;
  await proxies.postman.arm(postman.url, ambushAt('postman'));
  await proxies.gitlab.arm(world.gitlab.url, ambushAt('gitlab'));
}
