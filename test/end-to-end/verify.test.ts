/** `verify` with the program as users get it: what a repository holds, what Postman has by now, and the drill. */
import { type ChildProcess, execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPostmanApi } from '../../demo/postman-api/server.mjs';
import type { Estate, PostmanApi } from '../../demo/postman-api/types.d.mts';
import { createSampleEstate } from '../../demo/sample-estate.mjs';
import type { VerifyReport } from '../../src/report/verify-report.ts';
import type { VerifiedResource } from '../../src/verified.ts';
import { atEnd, type Env, makeFolder, type RunOptions, run } from './program.ts';

const exec = promisify(execFile);
const DIRECTORY = 'Postman Collections';
/** One collection, and the other kinds. */
const SMALL = 'small';

/** Where the backup was made. */
let made: string;
let folder: string;
let estate: Estate;
let api: PostmanApi;
let env: Env;

beforeAll(async () => {
  made = await makeFolder();
  folder = made;
  estate = createSampleEstate();
  api = await startPostmanApi({ estate, limits: { enforce: false, perMinute: 100_000 } });
  env = { POSTMAN_API_KEY: api.apiKey, POSTMAN_API_URL: api.url };
  await git('init', '--quiet', '--bare', '--initial-branch=main', 'backup.git');
  const small = ['--directory', SMALL, '--workspace', 'Payments', '--collection', 'Webhooks'];
  for (const more of [[], small]) {
    const backup = ['backup', '--repository', 'backup.git', '--kinds', 'all', ...more];
    const { exitCode, stderr } = await run(backup, { folder, env });
    expect(exitCode, stderr).toBe(0);
  }
  atEnd(() => api.close());
});

/** Each test has the same backup. */
beforeEach(async () => {
  folder = await makeFolder();
  await git('clone', '--quiet', '--bare', join(made, 'backup.git'), 'backup.git');
});

async function git(...args: string[]): Promise<string> {
  const identity = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.test'];
  return (await exec('git', [...identity, ...args], { cwd: folder })).stdout;
}

async function verify(args: readonly string[] = [], options: Partial<RunOptions> = {}) {
  const all = ['verify', '--repository', 'backup.git', '--json', '--directory', DIRECTORY, ...args];
  const { exitCode, stdout, stderr } = await run(all, { folder, env, ...options });
  const report = JSON.parse(stdout) as VerifyReport;
  expect(report.exitCode).toBe(exitCode);
  return { exitCode, stderr, report };
}

/** Somebody commits to the backup by hand. */
async function edit(change: (work: string) => Promise<unknown>): Promise<void> {
  await git('clone', '--quiet', 'backup.git', 'work');
  await change(join(folder, 'work', DIRECTORY));
  await git('-C', 'work', 'add', '--all');
  await git('-C', 'work', 'commit', '--quiet', '--message', 'By hand');
  await git('-C', 'work', 'push', '--quiet');
}

function resourceOf({ backups }: VerifyReport, name: string): VerifiedResource | undefined {
  return backups.flatMap(({ resources }) => resources).find((one) => one.name === name);
}

describe('verify', () => {
  it('finds every resource of a fresh backup restorable, and the same in Postman', async () => {
    const { exitCode, report, stderr } = await verify(['--max-age', '1']);

    const resources = report.backups.flatMap((backup) => backup.resources);
    const kept = resources.filter(({ state }) => state === 'kept').length;
    expect({ exitCode, status: report.status }, stderr).toEqual({ exitCode: 0, status: 'verified' });
    expect(report.summary).toMatch(`${resources.length - kept} of ${resources.length - kept} restorable`);
    expect(report.summary).toMatch(/newest 0 min old$/);
    expect(new Set(resources.map(({ postman }) => postman.state))).toEqual(new Set(['same']));
    expect(resources.flatMap(({ remarks }) => remarks)).toEqual([]);
    expect(stderr.split('\n')).toContain(report.summary);
    const files = join(folder, 'postman-gitlab-report');
    expect(await readFile(join(files, 'report.md'), 'utf8')).toContain(`# ${report.summary}\n`);
    expect(await readFile(join(files, 'junit.xml'), 'utf8')).toContain('failures="0"');
  });

  it('tells what cannot be restored, resource by resource, and exits with 27', async () => {
    await edit(async (work) => {
      await writeFile(join(work, 'Payments/Payments API.postman_collection.json'), '<<<<<<< HEAD\n');
      await rm(join(work, 'Payments/Refunds and disputes.postman_collection.json'));
      const [from, to] = ['Shipments API', 'Carrier rates'].map((name) =>
        join(work, `Logistics/${name}.postman_collection.json`),
      );
      await writeFile(to ?? '', await readFile(from ?? ''));
    });

    const { exitCode, report, stderr } = await verify();

    expect(exitCode).toBe(27);
    const problemOf = (name: string) => resourceOf(report, name)?.problem;
    expect(problemOf('Payments API')).toContain('is no JSON');
    expect(problemOf('Refunds and disputes')).toContain('is missing');
    expect(problemOf('Carrier rates')).toContain('has the id');
    expect(report.backups[0]?.resources.filter(({ state }) => state === 'broken')).toHaveLength(3);
    expect(stderr).toContain('Not restorable: 3');
    const junit = await readFile(join(folder, 'postman-gitlab-report/junit.xml'), 'utf8');
    expect(junit.match(/<failure>/g)).toHaveLength(3);
  });

  it('tells what is newer in Postman, gone from it, or edited by hand, and exits with 0', async () => {
    await edit(async (work) => {
      const path = join(work, 'Payments/Webhooks.postman_collection.json');
      await writeFile(path, (await readFile(path, 'utf8')).replace('"POST"', '"PUT"'));
    });
    for (const { body } of estate.collections.filter(
      (one) => one.body.info?.name === 'Refunds and disputes',
    )) {
      body.item?.pop();
    }
    estate.collections = estate.collections.filter(({ body }) => body.info?.name !== 'Shipments API');

    const { exitCode, report, stderr } = await verify();
    Object.assign(estate, createSampleEstate());

    expect({ exitCode }, stderr).toEqual({ exitCode: 0 });
    expect(resourceOf(report, 'Refunds and disputes')?.postman).toMatchObject({
      state: 'newer',
      changedAt: expect.any(String),
      differences: [{ change: 'removed' }],
    });
    expect(resourceOf(report, 'Shipments API')?.postman).toEqual({ state: 'gone' });
    expect(resourceOf(report, 'Webhooks')).toMatchObject({ isEdited: true, state: 'restorable' });
    expect(stderr).toContain('Newer in Postman: 1');
  });

  it('verifies the repository alone without a key, and says so', async () => {
    const { exitCode, report, stderr } = await verify([], { env: {} });

    expect(exitCode).toBe(0);
    expect(report.backups[0]?.notCompared).toContain('no Postman API key');
    expect(stderr).toContain('It was not compared with Postman');
  });

  it('verifies what earlier commits hold, each version once', async () => {
    const path = 'Payments/Webhooks.postman_collection.json';
    await edit(async (work) => writeFile(join(work, path), '{'));
    await rm(join(folder, 'work'), { recursive: true });
    await edit((work) => git('-C', work, 'checkout', '--quiet', 'HEAD~1', '--', path));

    const { exitCode, report } = await verify(['--since', 'P1D']);

    expect(exitCode).toBe(27);
    expect(report.summary).toMatch(/^(\d+) of \1 restorable/);
    expect(report.backups[0]?.past).toMatchObject({
      commits: 2,
      versions: 1,
      broken: [{ problem: expect.stringContaining('no JSON') }],
    });
  });
});

describe('the drill', () => {
  it('brings everything back into a workspace of its own, and removes it', async () => {
    const before = estate.workspaces.map(({ name }) => name);

    const { exitCode, report, stderr } = await verify(['--drill', '--directory', SMALL]);

    expect({ exitCode }, stderr).toEqual({ exitCode: 0 });
    const states = new Map<string, Set<string | undefined>>();
    for (const { kind, drill } of report.backups.flatMap(({ resources }) => resources)) {
      states.set(kind, (states.get(kind) ?? new Set()).add(drill?.state));
    }
    const only = (state: string) => new Set([state]);
    expect(Object.fromEntries(states)).toEqual({
      ...{
        collections: only('same'),
        environments: only('same'),
        globals: only('same'),
        specs: only('same'),
      },
      ...{
        apis: only('left-out'),
        mocks: only('left-out'),
        monitors: only('left-out'),
        workspaces: only('left-out'),
      },
    });
    expect(estate.workspaces.map(({ name }) => name)).toEqual(before);
  });

  it('removes its workspace when it is stopped', async () => {
    const before = estate.workspaces.length;
    let child: ChildProcess | undefined;
    // The first thing that was restored never comes back, and the job is cancelled while it is waited for.
    api.onRequest(({ method, path }) => {
      if (estate.workspaces.length === before || !/^\/(collections|environments)\/[^/?]+$/.test(path)) {
        return undefined;
      }
      child?.kill('SIGTERM');
      return method === 'GET' ? 'hang' : undefined;
    });

    const { stderr, exitCode } = await verify(['--drill', '--directory', SMALL], {
      onStart: (started) => {
        child = started;
      },
    });

    expect({ exitCode }, stderr).toEqual({ exitCode: 143 });
    expect(estate.workspaces).toHaveLength(before);
  });
});
