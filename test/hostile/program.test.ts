/** The program, whole, on an estate that somebody filled in order to harm: the branch, the log and the next run. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCollection, addEnvironment, addWorkspace, createEstate } from '../../demo/postman-api/estate.mjs';
import { startPostmanApi } from '../../demo/postman-api/server.mjs';
import type { PostmanApi } from '../../demo/postman-api/types.d.mts';
import { type Destination, destinations } from '../end-to-end/destinations.ts';
import { atEnd, type Finished, makeFolder, run } from '../end-to-end/program.ts';
import { collectionNamed } from '../end-to-end/team.ts';
import { type LoopbackGitLab, startLoopbackGitLab } from '../loopback/gitlab/server.ts';
import { HOSTILE_TEXTS, UNPRINTABLE } from './hostile-text.ts';

let gitlab: LoopbackGitLab;
let postman: PostmanApi;
let folder: string;
let destination: Destination;
let first: Finished;
let broken: string;

/** JSON that no client would send: a key twice, and a body that is nested ten thousand levels deep. */
function brokenBody(uuid: string): string {
  const deep = `${'{"item":['.repeat(10_000)}${']}'.repeat(10_000)}`;
  return `{"collection":{"info":{"name":"x","_postman_id":"y","_postman_id":"${uuid}"},"item":[${deep}]}}`;
}

async function startHostilePostman(): Promise<PostmanApi> {
  const estate = createEstate({ seed: 'hostile' });
  for (const name of ['../../evil', 'x\nBackup-Run: 1-1', '\u001b[2J<script>', 'Closes #1 [skip ci]']) {
    const { id } = addWorkspace(estate, { name });
    for (const text of HOSTILE_TEXTS) {
      addCollection(estate, id, collectionNamed(text));
    }
    addEnvironment(estate, id, { name, values: [{ key: '__proto__', value: name }] });
  }
  const limits = { lists: { limit: 1000, windowMs: 1000 }, perMinute: 100_000 };
  return startPostmanApi({ estate, noisy: true, limits });
}

const backup = () =>
  run(['backup', ...destination.flags], {
    folder,
    env: { ...destination.env, POSTMAN_API_KEY: postman.apiKey, POSTMAN_API_URL: postman.url },
  });

beforeAll(async () => {
  gitlab = await startLoopbackGitLab();
  postman = await startHostilePostman();
  atEnd(() => postman.close());
  folder = await makeFolder();
  destination = await destinations['by git push, with the job token']({ gitlab, folder });
  broken = postman.estate.collections[0]?.uuid ?? '';
  postman.onRequest(({ path }) =>
    path.startsWith('/collections/') && path.includes(broken)
      ? { status: 200, body: brokenBody(broken) }
      : undefined,
  );
  first = await backup();
});

afterAll(() => gitlab.close());

async function pathsOnBranch(): Promise<string[]> {
  return (await destination.git('ls-tree', '-r', '-z', '--name-only', 'main')).split('\0').filter(Boolean);
}

describe('a hostile estate', () => {
  it('is backed up but for what cannot be, which is named with its reason', () => {
    expect(first.exitCode, first.stderr).toBe(25);
    const { outcomes = [] } = first.report?.backups[0] ?? {};
    expect(outcomes.filter(({ status }) => status !== 'changed')).toMatchObject([
      {
        uuid: broken,
        status: 'failed',
        code: 'RESOURCE_INVALID',
        note: expect.stringContaining('too deeply'),
      },
    ]);
    expect(outcomes).toHaveLength(4 * (HOSTILE_TEXTS.length + 1));
  });

  it('leaves a repository that git finds whole, on every file system', async () => {
    await destination.git('fsck', '--full', '--strict');
    const clone = join(folder, 'clone');
    const url = (await destination.git('rev-parse', '--absolute-git-dir')).trim();
    const protect = ['-c', 'core.protectNTFS=true', '-c', 'core.protectHFS=true'];
    execFileSync('git', [...protect, 'clone', '--quiet', url, clone]);
    expect(readdirSync(clone).sort()).toEqual(['.git', 'Postman Collections', 'README.md']);
    for (const path of (await pathsOnBranch()).filter((one) => one !== 'README.md')) {
      expect(path).toMatch(/^Postman Collections\//);
      expect(path).not.toMatch(UNPRINTABLE);
    }
  });

  it('is one commit, whose trailers are ours', async () => {
    expect((await destination.git('rev-list', '--count', 'main')).trim()).toBe('2');
    const message = await destination.git('log', '-1', '--format=%B', 'main');
    const input = { input: message, encoding: 'utf8' } as const;
    const trailers = execFileSync('git', ['interpret-trailers', '--parse'], input).trim().split('\n');
    expect(trailers.map((line) => line.split(':')[0])).toEqual([
      ...Array.from({ length: 4 }, () => 'Postman-Workspace'),
      'Backup-Failed',
      'Backup-Run',
    ]);
    expect(message.replace('\n[skip ci]\n', '')).not.toMatch(/\[(?:ci[ _-]skip|skip[ _-]ci)\]/i);
  });

  it('writes nothing into the log but lines', () => {
    expect(first.stdout).toBe('');
    expect(first.stderr.replaceAll('\n', '')).not.toMatch(UNPRINTABLE);
    const marked = first.stderr.split('\n').filter((line) => /^(?:[!✖]|section_|::|Backup-Run)/.test(line));
    expect(marked).toEqual([]);
  });

  it('makes no second commit', async () => {
    const before = await destination.git('rev-parse', 'main');
    const second = await backup();
    expect(second.exitCode).toBe(25);
    expect(await destination.git('rev-parse', 'main')).toBe(before);
    postman.onRequest(undefined);
  });
});
