/** The command `push` of the bundle: an edit that somebody pushed to a branch, and what becomes of it in Postman. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { addCollection, addWorkspace, createEstate } from '../../demo/postman-api/estate.mjs';
import { startPostmanApi } from '../../demo/postman-api/server.mjs';
import type { PostmanApi } from '../../demo/postman-api/types.d.mts';
import type { PushReport } from '../../src/report/push-report.ts';
import { git } from '../loopback/gitlab/git.ts';
import { atEnd, makeFolder, run } from './program.ts';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const REQUEST = 'Postman Collections/Orders.postman_collection/List orders.request.yaml';
const SETTINGS = ['--workspace', 'Payments', '--layout', 'tree', '--repository', 'backup.git'];

let folder: string;
let postman: PostmanApi;
let env: Readonly<Record<string, string>>;

beforeEach(async () => {
  folder = await makeFolder();
  const estate = createEstate();
  const { id } = addWorkspace(estate, { name: 'Payments' });
  const request = { method: 'GET', url: 'https://api.example/orders' };
  addCollection(estate, id, {
    info: { name: 'Orders', schema: SCHEMA },
    item: [
      { id: 'a0000000-0000-4000-8000-000000000001', name: 'List orders', request },
      { id: 'a0000000-0000-4000-8000-000000000002', name: 'Read order', request },
    ],
  });
  postman = await startPostmanApi({ estate, limits: { enforce: false } });
  atEnd(() => postman.close());
  env = { POSTMAN_API_KEY: postman.apiKey, POSTMAN_API_URL: postman.url };
  await backUp();
});

async function backUp(): Promise<void> {
  const { exitCode, stderr } = await run(['backup', ...SETTINGS], { folder, env });
  expect(exitCode, stderr).toBe(0);
}

/** Somebody's commit, pushed. @returns its id. */
async function edit(): Promise<string> {
  const clone = join(await makeFolder(), 'clone');
  await git(['clone', '--quiet', join(folder, 'backup.git'), clone], { cwd: folder });
  const path = join(clone, REQUEST);
  await writeFile(path, (await readFile(path, 'utf8')).replace('GET', 'HEAD'));
  const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  await git([...author, 'commit', '--quiet', '--all', '--message', 'Edit'], { cwd: clone });
  await git(['push', '--quiet'], { cwd: clone });
  return ask(['rev-parse', 'HEAD'], clone);
}

async function ask(question: readonly string[], cwd = join(folder, 'backup.git')): Promise<string> {
  return (await git([...question], { cwd })).toString().trim();
}

async function push(more: Readonly<Record<string, string>> = {}) {
  const { exitCode, stdout, stderr } = await run(['push', '--json', ...SETTINGS], {
    folder,
    env: { ...env, ...more },
  });
  return { exitCode, stderr, report: JSON.parse(stdout) as PushReport };
}

const itemsNow = () => postman.estate.collections[0]?.body.item ?? [];
const writes = () => postman.requests.filter(({ method }) => method !== 'GET');

describe('push', () => {
  it('merges an edit with one of Postman, records it, and leaves nothing to do', async () => {
    await edit();
    Object.assign(itemsNow()[1] ?? {}, { name: 'Show order' });

    const { exitCode, stderr, report } = await push();

    expect(exitCode, stderr).toBe(0);
    expect(report).toMatchObject({
      status: 'pushed',
      pushes: [{ outcomes: [{ status: 'merged', name: 'Orders' }] }],
    });
    expect(stderr).toContain('merged    collection Orders');
    expect(itemsNow()).toMatchObject([{ request: { method: 'HEAD' } }, { name: 'Show order' }]);
    const recorded = await ask(['rev-parse', 'HEAD']);
    const { length } = writes();
    expect((await push()).report.status).toBe('unchanged');
    await backUp();
    expect([await ask(['rev-parse', 'HEAD']), writes().length]).toEqual([recorded, length]);
  });

  it('refuses a conflict with exit code 25, and writes nothing', async () => {
    await edit();
    Object.assign(itemsNow()[0] ?? {}, { request: { method: 'PUT', url: 'https://api.example/orders' } });
    const before = await ask(['rev-parse', 'HEAD']);

    const { exitCode, stderr, report } = await push();

    expect([exitCode, report.status]).toEqual([25, 'partial']);
    expect(stderr).toContain('request "List orders": "method" edited here and in Postman');
    expect([await ask(['rev-parse', 'HEAD']), writes()]).toEqual([before, []]);
  });

  it('brings the commit of its pipeline, though a backup has written over it since', async () => {
    const CI_COMMIT_SHA = await edit();
    await backUp();
    const CI_COMMIT_BRANCH = await ask(['symbolic-ref', '--short', 'HEAD']);

    const { report } = await push({ CI_COMMIT_SHA, CI_COMMIT_BRANCH, CI_DEFAULT_BRANCH: CI_COMMIT_BRANCH });

    expect(report.pushes).toMatchObject([{ outcomes: [{ status: 'pushed' }] }]);
    expect(itemsNow()[0]).toMatchObject({ request: { method: 'HEAD' } });
  });

  it('pushes nothing from a branch that nobody configured', async () => {
    await edit();

    const { exitCode, report, stderr } = await push({ CI_COMMIT_BRANCH: 'other', CI_DEFAULT_BRANCH: 'main' });

    expect([exitCode, report.pushes]).toEqual([0, []]);
    expect(stderr).toContain('no backup of this branch');
    expect(writes()).toEqual([]);
  });
});
