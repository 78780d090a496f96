/** The component in a pipeline: included by tag from another project, run for real by gitlab-ci-local. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { startPostmanApi } from '../../demo/postman-api/server.mjs';
import type { PostmanApi } from '../../demo/postman-api/types.mjs';
import { createSampleEstate } from '../../demo/sample-estate.mjs';
import { type LoopbackGitLab, startLoopbackGitLab } from '../loopback/gitlab/server.ts';
import { type Consumer, createConsumer, type Pipeline, publishComponent } from './consumer.ts';
import { whenInstalled } from './installed.ts';

const State = z.object({ verifiedAt: z.record(z.string(), z.unknown()) });

const REPORTS = ['annotations.json', 'junit.xml', 'report.env', 'report.json', 'report.md'];

let postman: PostmanApi;
let gitlab: LoopbackGitLab;
const consumers: Consumer[] = [];

beforeAll(async () => {
  postman = await startPostmanApi({ estate: createSampleEstate(), limits: { enforce: false } });
  gitlab = await startLoopbackGitLab();
  await publishComponent(gitlab);
});

afterAll(async () => {
  for (const consumer of consumers) {
    await consumer.remove();
  }
  await gitlab.close();
  await postman.close();
});

async function consume(path: string, pipeline: Pipeline = {}): Promise<Consumer> {
  const consumer = await createConsumer(gitlab, path, pipeline);
  consumers.push(consumer);
  return consumer;
}

describe('the pipeline', () => {
  const scheduled = { CI_PIPELINE_SOURCE: 'schedule' };
  const byHand = { CI_PIPELINE_SOURCE: 'web' };
  const elsewhere = { CI_COMMIT_BRANCH: 'feature' };

  it.each([
    [
      'has the job in a schedule of the default branch',
      scheduled,
      /^postman-backup .* build +on_success +false/m,
    ],
    [
      'has the job to be started by hand when it was started by hand itself',
      byHand,
      /^postman-backup .* build +manual +true/m,
    ],
    ['leaves the job out of a schedule that skips it', { ...scheduled, POSTMAN_GITLAB_SKIP: '1' }, undefined],
    [
      'leaves the job out of a schedule for another job',
      { ...scheduled, POSTMAN_GITLAB_JOB: 'verify' },
      undefined,
    ],
    [
      'has the job in a schedule for it',
      { ...scheduled, POSTMAN_GITLAB_JOB: 'backup' },
      /^postman-backup .* build +on_success +false/m,
    ],
    ['leaves the job out of a schedule of another branch', { ...scheduled, ...elsewhere }, undefined],
    [
      'leaves the job out when it was started by hand on another branch',
      { ...byHand, ...elsewhere },
      undefined,
    ],
    ['leaves the job out after a push', { CI_PIPELINE_SOURCE: 'push' }, undefined],
    ['leaves the job out of a merge request', { CI_PIPELINE_SOURCE: 'merge_request_event' }, undefined],
  ])('%s', async (name, variables, job) => {
    const consumer = await consume(`team/${name.replaceAll(' ', '-')}`);

    const { exitCode, output } = await consumer.run(['--list'], variables);

    // gitlab-ci-local also holds the whole against GitLab's published schema, and fails on what is not in it.
    expect(exitCode, output).toBe(0);
    if (job === undefined) {
      expect(output).not.toContain('postman-backup');
    } else {
      expect(output).toMatch(job);
    }
  });

  it('is refused when an input has a value that is not offered', async () => {
    const consumer = await consume('team/typo', { inputs: { layout: 'jsn' } });

    const { exitCode, output } = await consumer.run(['--list'], scheduled);

    expect(exitCode).not.toBe(0);
    expect(output).toContain('not in the list of allowed options');
  });
});

whenInstalled('rsync', 'the job', () => {
  it.each([
    ['through the API, with a project token', 'api', () => ({ GITLAB_TOKEN: apiToken() })],
    [
      'by git push, with the job token',
      'git',
      () => ({ CI_JOB_TOKEN: gitlab.createJobToken({ project: 'team/git' }) }),
    ],
  ])(
    'commits %s, keeps report and state, and commits nothing when nothing changed',
    async (_, name, credentials) => {
      const consumer = await consume(`team/${name}`, {
        inputs: { workspace: ['Payments'], directory: "it's $HOME" },
      });
      const variables = {
        CI_PIPELINE_SOURCE: 'schedule',
        POSTMAN_API_KEY: postman.apiKey,
        POSTMAN_API_URL: postman.url,
        ...credentials(),
      };

      const first = await consumer.run(['postman-backup'], variables);
      expect(first.exitCode, first.output).toBe(0);
      const commits = await commitsOf(consumer);
      const files = (await consumer.project.git('ls-tree', '-r', '-z', '--name-only', 'main')).split('\0');
      const kept = join(consumer.folder, '.gitlab-ci-local');
      const second = await consumer.run(['postman-backup'], variables);

      expect(commits).toHaveLength(2); // the project's own, and the backup
      expect(files).toContain("it's $HOME/.postman-gitlab.json");
      expect(files).toContain("it's $HOME/Payments API.postman_collection.json");
      expect(reportsOf(consumer)).toEqual(REPORTS);
      expect(
        existsSync(join(kept, 'cache/postman-gitlab-postman-backup-main/.postman-gitlab/state.json')),
      ).toBe(true);
      expect(second.exitCode, second.output).toBe(0);
      expect(await commitsOf(consumer)).toEqual(commits);
    },
  );

  it('runs once for each entry of a matrix, with the settings, the key and the cache of that entry', async () => {
    // GitLab's slug of both names is the same.
    const matrix = ['支払い', '物流部'].map((directory) => ({
      POSTMAN_GITLAB_WORKSPACE: 'Payments',
      POSTMAN_GITLAB_DIRECTORY: directory,
      POSTMAN_GITLAB_API_KEY_VARIABLE: 'PLATFORM_KEY',
    }));
    const consumer = await consume('team/matrix', {
      // The entries have the last word, as in GitLab (lib/gitlab/ci/config/normalizer.rb).
      inputs: { workspace: ['nobody'], directory: 'nowhere' },
      jobs: { 'postman-backup': { parallel: { matrix } } },
    });

    const { exitCode, output } = await consumer.run(['postman-backup'], {
      CI_PIPELINE_SOURCE: 'schedule',
      PLATFORM_KEY: postman.apiKey,
      POSTMAN_API_URL: postman.url,
      GITLAB_TOKEN: apiToken(),
    });

    expect(exitCode, output).toBe(0);
    const tree = await consumer.project.git('ls-tree', '-r', '-z', '--name-only', 'main');
    expect(tree.split('\0')).toEqual(
      expect.arrayContaining(['支払い/.postman-gitlab.json', '物流部/.postman-gitlab.json']),
    );
    expect(tree).not.toContain('nowhere');
    expect(await commitsOf(consumer)).toHaveLength(3); // the project's own, and two backups
    expect(statesOf(consumer)).toEqual(['team/matrix  支払い', 'team/matrix  物流部']);
  });

  it('tells a later job what became of the backup', async () => {
    const script = ['echo "changed=$POSTMAN_BACKUP_CHANGED commit=$POSTMAN_BACKUP_COMMIT_SHA"'];
    const consumer = await consume('team/later', {
      inputs: { workspace: ['Payments'] },
      jobs: { announce: { stage: 'deploy', needs: ['postman-backup'], script } },
    });

    const { exitCode, output } = await consumer.run([], {
      CI_PIPELINE_SOURCE: 'schedule',
      POSTMAN_API_KEY: postman.apiKey,
      POSTMAN_API_URL: postman.url,
      GITLAB_TOKEN: apiToken(),
    });

    expect(exitCode, output).toBe(0);
    const [commit] = await commitsOf(consumer);
    expect(output).toMatch(new RegExp(`announce .*changed=true commit=${commit}`));
  });

  it('fails with the exit code of the program, and keeps the report', async () => {
    const consumer = await consume('team/no-key');

    const { exitCode, output } = await consumer.run(['postman-backup'], {
      CI_PIPELINE_SOURCE: 'schedule',
      GITLAB_TOKEN: apiToken(),
    });

    expect(exitCode).not.toBe(0);
    expect(output).toContain('POSTMAN_KEY_MISSING');
    expect(output).toMatch(/FAIL.* 20 *$/m);
    expect(reportsOf(consumer)).toEqual(REPORTS);
  });
});

/** @returns the files of the report that were kept as artifacts. */
function reportsOf({ folder }: Consumer): readonly string[] {
  return readdirSync(join(folder, '.gitlab-ci-local/artifacts/postman-backup/postman-gitlab-report')).sort();
}

/** @returns what each cache is about, in their order. */
function statesOf({ folder }: Consumer): readonly string[] {
  const caches = join(folder, '.gitlab-ci-local/cache');
  return readdirSync(caches)
    .sort()
    .map((cache) => readFileSync(join(caches, cache, '.postman-gitlab/state.json'), 'utf8'))
    .map((state) => Object.keys(State.parse(JSON.parse(state)).verifiedAt).join());
}

function apiToken(): string {
  return gitlab.createToken({ scopes: ['api'], role: 'maintainer' });
}

async function commitsOf(consumer: Consumer): Promise<readonly string[]> {
  return (await consumer.project.git('log', '--format=%H', 'main')).trim().split('\n');
}
