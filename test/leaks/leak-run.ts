/** One run of the program with canaries everywhere, and a search through all that is left of it. */
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { startPostmanApi } from '../../demo/postman-api/server.mjs';
import type { PostmanApi } from '../../demo/postman-api/types.d.mts';
import { type Destination, type DestinationName, destinations } from '../end-to-end/destinations.ts';
import { atEnd, type Env, type Finished, makeFolder, run } from '../end-to-end/program.ts';
import { git } from '../loopback/gitlab/git.ts';
import type { LoopbackGitLab } from '../loopback/gitlab/server.ts';
import { ALL_SECRETS, createCanaryEstate, type Leak, POSTMAN_KEY, searchFor } from './canaries.ts';
import { startWatch, type Watch } from './watch.ts';

export type Place = {
  readonly name: DestinationName;
  readonly folder: string;
  readonly postman: PostmanApi;
  readonly destination: Destination;
  /** What GitLab or git is asked with; none for a local path. */
  readonly token: string | undefined;
};

export type RunWith = {
  readonly flags?: readonly string[];
  readonly env?: Env;
  /** It died on the spot: what it had in its temporary folder stays, still nobody else's to read. */
  readonly diesAtOnce?: true;
  /** It has to end before git is run. */
  readonly ranNoGit?: true;
};

const limits = { lists: { limit: 1000, windowMs: 1000 }, perMinute: 100_000 };

/** A team with canaries, and an empty folder to run in. */
export async function createPlace(name: DestinationName, gitlab: LoopbackGitLab): Promise<Place> {
  const folder = await makeFolder();
  mkdirSync(join(folder, 'temporary'), { mode: 0o755 });
  const postman = await startPostmanApi({
    estate: createCanaryEstate(),
    apiKey: POSTMAN_KEY,
    noisy: true,
    limits,
  });
  atEnd(() => postman.close());
  const destination: Destination = await destinations[name]({ gitlab, folder });
  const token = destination.env['GITLAB_TOKEN'] ?? destination.env['CI_JOB_TOKEN'];
  return { name, folder, postman, destination, token };
}

/** Runs the program; whatever becomes of it, no canary may be left anywhere. */
export async function runWatched(place: Place, given: RunWith = {}): Promise<Finished> {
  const { finished, leaks, watch } = await runAndSearch(place, given);
  const temporary = join(place.folder, 'temporary');
  expect(leaks).toEqual([]);
  expect([...watch.open], 'temporary files that others can read').toEqual([]);
  expect(given.diesAtOnce === true ? [] : readdirSync(temporary), 'temporary files that were left').toEqual(
    [],
  );
  // Git was run, and somebody looked; of a program that dies at once nobody may have seen it.
  const runsGit = given.ranNoGit !== true && place.name !== 'through the API, with a token';
  if (!runsGit || given.diesAtOnce !== true) {
    expect(watch.children() > 0).toBe(runsGit);
  }
  return finished;
}

type Searched = { readonly finished: Finished; readonly leaks: readonly Leak[]; readonly watch: Watch };

/** @returns every place in which a key, a token or a secret of the estate stands afterwards, or stood meanwhile. */
export async function runAndSearch(place: Place, { flags = [], env = {} }: RunWith): Promise<Searched> {
  const { folder, postman, destination } = place;
  const temporary = join(folder, 'temporary');
  let watch: Watch | undefined;
  const onStart = ({ pid }: ChildProcess) => {
    watch = startWatch(pid ?? 0, temporary);
  };
  const base = {
    POSTMAN_API_KEY: POSTMAN_KEY,
    POSTMAN_API_URL: postman.url,
    POSTMAN_GITLAB_KINDS: 'collections,environments,globals',
    TMPDIR: temporary,
  };
  const finished = await run(['backup', ...destination.flags, ...flags], {
    folder,
    onStart,
    env: { ...base, ...destination.env, ...env },
  });
  if (watch === undefined) {
    throw new Error('The program was not started.');
  }
  watch.end();
  return { finished, watch, leaks: await findLeaks(place, finished, watch) };
}

async function findLeaks(
  { folder, destination, token }: Place,
  finished: Finished,
  watch: Watch,
): Promise<readonly Leak[]> {
  const tokens = token === undefined ? {} : { 'the token': token };
  const search = searchFor({ 'the Postman key': POSTMAN_KEY, ...ALL_SECRETS, ...tokens });
  return [
    ...search(finished.stdout, 'stdout'),
    ...search(finished.stderr, 'stderr'),
    ...filesBelow(folder).flatMap((path) => search(readFileSync(path, 'latin1'), path.slice(folder.length))),
    ...[...watch.seen.values()].flatMap(({ where, text }) => search(text, where)),
    ...search(await objectsOf(destination), 'the objects of the repository'),
    ...search(await destination.git('config', '--list'), '.git/config'),
  ];
}

/** Every commit, tree and blob, whether or not a branch leads to it. */
async function objectsOf({ git: ask }: Destination): Promise<string> {
  const directory = (await ask('rev-parse', '--absolute-git-dir')).trim();
  const all = ['cat-file', '--batch-all-objects', '--batch', '--unordered'];
  return (await git(all, { cwd: directory })).toString('latin1');
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
