/** No key, no token and no secret of the estate is left behind, whatever happens: the bundle, on every destination. */
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DestinationName, destinationNames } from '../end-to-end/destinations.ts';
import { atEnd } from '../end-to-end/program.ts';
import { type LoopbackGitLab, startLoopbackGitLab } from '../loopback/gitlab/server.ts';
import { createSelfSigned } from '../unit/http/self-signed.ts';
import { ESTATE_SECRETS, POSTMAN_KEY } from './canaries.ts';
import { createPlace, type Place, type RunWith, runAndSearch, runWatched } from './leak-run.ts';

let gitlab: LoopbackGitLab;
let untrusted: string;
let elsewhere: { readonly url: string; readonly requests: string[] };

beforeAll(async () => {
  gitlab = await startLoopbackGitLab();
  untrusted = `https://localhost:${await listen(createTlsServer(createSelfSigned('localhost'), (_, answer) => answer.end('{}')))}`;
  const requests: string[] = [];
  const server = createServer((request, answer) => {
    requests.push(JSON.stringify(request.headers));
    answer.end('{}');
  });
  elsewhere = { url: `http://127.0.0.1:${await listen(server)}`, requests };
});

afterAll(() => gitlab.close());

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(async () => server.close());
  return (server.address() as AddressInfo).port;
}

type Scenario = {
  readonly exit: number;
  readonly prepare?: (place: Place) => void;
  readonly with?: (place: Place) => RunWith;
};

/** What a troubled server might send back: the request, in HTML. */
const echo = (place: Place) =>
  `<html><body>X-Api-Key: ${POSTMAN_KEY}<br>Private-Token: ${place.token ?? ''}<br>${Object.values(ESTATE_SECRETS).join(' ')}</body></html>`;

function failOn(path: RegExp, status: number, body: (place: Place) => unknown): (place: Place) => void {
  // So long that waiting is no use: it fails at once.
  const headers = { 'retry-after': '900', 'x-echo': POSTMAN_KEY };
  return (place) =>
    place.postman.onRequest((request) =>
      path.test(request.path) ? { status, headers, body: body(place) } : undefined,
    );
}

/** Errors of Postman, in its words; `before` moves the key to where a text is cut. */
const echoedKey = (before = 0) => ({
  error: { name: 'AuthenticationError', message: `${'x'.repeat(before)} Invalid API Key: ${POSTMAN_KEY}` },
});

/** What may happen on the way to any destination. */
const EVERYWHERE: Readonly<Record<string, Scenario>> = {
  'a success': { exit: 0 },
  'a success with --json': { exit: 0, with: () => ({ flags: ['--json'] }) },
  'a dry run': { exit: 0, with: () => ({ flags: ['--dry-run'] }) },
  'a job with CI_DEBUG_TRACE, and a git that is told to trace': {
    exit: 0,
    with: () => ({
      env: { CI_DEBUG_TRACE: 'true', GIT_TRACE: '1', GIT_TRACE_CURL: '1', GIT_CURL_VERBOSE: '1' },
    }),
  },
  'secrets that are refused': { exit: 26, with: () => ({ flags: ['--secrets', 'fail'] }) },
  'a refused key that is echoed': { exit: 21, prepare: failOn(/./, 401, () => echoedKey()) },
  'a 403 in HTML with headers': { exit: 25, prepare: failOn(/collections\/\d/, 403, echo) },
  'a 404 in JSON with the key': { exit: 25, prepare: failOn(/collections\/\d/, 404, () => echoedKey()) },
  'a 500 in HTML with headers': { exit: 25, prepare: failOn(/collections\/\d/, 500, echo) },
  'a report that cannot be written': {
    exit: 0,
    prepare: ({ folder }) => writeFileSync(join(folder, 'blocked'), ''),
    with: () => ({ flags: ['--report-dir', 'blocked'] }),
  },
  'a bug of ours whose error holds the credentials': {
    exit: 1,
    with: (place) => ({ env: crash(place, 'thrown') }),
  },
  'a bug of ours that nobody catches': {
    exit: 1,
    with: (place) => ({ env: crash(place, 'uncaught'), diesAtOnce: true }),
  },
};

/** What happens before anything is written, and so the same way everywhere. */
const BEFOREHAND: Readonly<Record<string, Scenario>> = {
  'a refused key that is echoed where the text is cut': {
    exit: 21,
    prepare: failOn(/./, 401, () => echoedKey(140)),
  },
  'a list in HTML': { exit: 22, prepare: failOn(/workspaces/, 200, echo) },
  'no connection': { exit: 22, with: () => ({ env: { POSTMAN_API_URL: 'http://127.0.0.1:1' } }) },
  'a certificate that nobody trusts': { exit: 20, with: () => ({ env: { POSTMAN_API_URL: untrusted } }) },
  'a redirect to another host': {
    exit: 22,
    prepare: ({ postman }) =>
      postman.onRequest(({ path }) => ({
        status: 302,
        headers: { location: `${elsewhere.url}${path}?key=${POSTMAN_KEY}` },
      })),
  },
  'a key in a flag that is none': {
    exit: 20,
    with: () => ({ flags: ['--json', `--api-key=${POSTMAN_KEY}`] }),
  },
  'a key in the wrong variable': {
    exit: 20,
    with: () => ({ flags: ['--json'], env: { POSTMAN_GITLAB_KINDS: POSTMAN_KEY } }),
  },
  'a key in the place of a workspace': {
    exit: 20,
    with: () => ({ env: { POSTMAN_GITLAB_WORKSPACE: POSTMAN_KEY } }),
  },
};

/** Makes the program fail where nobody expects it, with an error like those of HTTP clients. */
function crash({ folder }: Place, how: 'thrown' | 'uncaught'): Readonly<Record<string, string>> {
  const file = join(folder, '..', `${folder.split('/').at(-1)}-crash.cjs`);
  writeFileSync(
    file,
    `const crypto = require('node:crypto');
     const { createHash } = crypto;
     const words = 'request failed: ' + process.env.POSTMAN_API_KEY + ' ' + (process.env.GITLAB_TOKEN ?? process.env.CI_JOB_TOKEN ?? '');
     const fail = () => { throw Object.assign(new Error(words), { request: { headers: { key: words } }, cause: new Error(words) }); };
     crypto.createHash = (...given) => {
       if ('${how}' === 'thrown') { fail(); }
       setImmediate(fail);
       return createHash(...given);
     };`,
  );
  atEnd(async () => rmSync(file, { force: true }));
  return { NODE_OPTIONS: `--require=${file}` };
}

async function expectNothingLeft(name: DestinationName, scenario: Scenario): Promise<void> {
  const place = await createPlace(name, gitlab);
  scenario.prepare?.(place);

  const finished = await runWatched(place, scenario.with?.(place));

  expect(finished.exitCode, finished.stderr).toBe(scenario.exit);
  expect(elsewhere.requests).toEqual([]);
}

describe.each(destinationNames)('%s, nothing is left of it after', (name) => {
  it.concurrent.each(Object.entries(EVERYWHERE))('%s', (_, scenario) => expectNothingLeft(name, scenario));
});

it('the search finds what is there: every secret, when they are kept on purpose', async () => {
  const place = await createPlace('by git, to a local path', gitlab);
  const { leaks } = await runAndSearch(place, { flags: ['--secrets', 'keep'] });
  const found = new Set(leaks.map(({ what }) => what));
  expect(Object.keys(ESTATE_SECRETS).filter((what) => !found.has(what))).toEqual([]);
});

describe('nothing is left of it after', () => {
  it.concurrent.each(Object.entries(BEFOREHAND))('%s', (_, scenario) =>
    expectNothingLeft('through the API, with a token', scenario),
  );
});
