/** The law of calls: what a whole run costs at both APIs, counted by the servers and by the report. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addCollection,
  addEnvironment,
  addWorkspace,
  createEstate,
  editCollection,
} from '../../demo/postman-api/estate.mjs';
import { startPostmanApi } from '../../demo/postman-api/server.mjs';
import type { Estate } from '../../demo/postman-api/types.d.mts';
import { createSampleEstate } from '../../demo/sample-estate.mjs';
import type { ProjectOptions } from '../loopback/gitlab/create-project.ts';
import { type LoopbackGitLab, startLoopbackGitLab } from '../loopback/gitlab/server.ts';
import { createProject, jobEnv } from './destinations.ts';
import { atEnd, makeFolder, run } from './program.ts';
import { collectionNamed } from './team.ts';

let gitlab: LoopbackGitLab;

beforeAll(async () => {
  gitlab = await startLoopbackGitLab();
});

afterAll(() => gitlab.close());

type Kinds = Readonly<Record<string, number>>;

type Costs = {
  /** Calls by kind, as the report has them. */
  readonly postman: Kinds;
  readonly gitlab: Kinds;
  readonly files: number;
};

/** @returns a function that backs up; what the report counts is what the servers were asked. */
async function prepare(estate: Estate, project: Partial<ProjectOptions> = {}) {
  const limits = { lists: { limit: 1000, windowMs: 1000 }, perMinute: 100_000, monthlyQuota: 10_000 };
  const api = await startPostmanApi({ estate, noisy: true, limits });
  atEnd(() => api.close());
  const stored = await createProject(gitlab, project);
  const token = gitlab.createToken({ scopes: ['api'], role: 'developer', projects: [stored.path] });
  const folder = await makeFolder();
  const env = {
    ...jobEnv(gitlab, stored),
    ...{ POSTMAN_API_KEY: api.apiKey, POSTMAN_API_URL: api.url, GITLAB_TOKEN: token },
  };
  let spent = 0;
  return async (...flags: string[]): Promise<Costs> => {
    const before = { postman: api.requests.length, gitlab: gitlab.requests.length };
    const { exitCode, stderr, report } = await run(['backup', ...flags], { folder, env });
    expect(exitCode, stderr).toBe(0);
    const asked = {
      [new URL(api.url).host]: api.requests.length - before.postman,
      [new URL(gitlab.url).host]: gitlab.requests.length - before.gitlab,
    };
    spent += api.requests.length - before.postman;
    expect(report?.calls).toEqual(asked);
    expect(report?.quota).toEqual({ limit: 10_000, left: 10_000 - spent });
    const branch = report?.backups[0]?.branch ?? '';
    const paths = await stored.git('ls-tree', '-r', '--name-only', branch, 'Postman Collections/');
    return {
      postman: report?.callsByKind[new URL(api.url).host] ?? {},
      gitlab: report?.callsByKind[new URL(gitlab.url).host] ?? {},
      files: paths.trim().split('\n').length,
    };
  };
}

const sum = (kinds: Kinds) => Object.values(kinds).reduce((total, count) => total + count, 0);

describe('Postman, with the kinds that are backed up by default', () => {
  const COLLECTIONS = [101, 1, 0];
  const RESOURCES = 102 + 3;
  // Two pages for the first workspace, one for each other; and one answer each for environments.
  const PAGES = 2 + 1 + 1 + 3;

  function createTeams() {
    const estate = createEstate({ seed: 'calls' });
    const workspaces = COLLECTIONS.map((count, index) => {
      const workspace = addWorkspace(estate, { name: `Team ${index}` });
      for (let number = 0; number < count; number++) {
        addCollection(estate, workspace.id, collectionNamed(`Collection ${number}`));
      }
      addEnvironment(estate, workspace.id, { name: 'Staging', values: [] });
      return workspace;
    });
    return { estate, workspaces };
  }

  it.each([
    ['named by id', 'id', PAGES],
    ['named by name', 'name', 1 + PAGES],
    ['not named', undefined, 1 + PAGES],
  ] as const)(
    'takes the pages of the lists, one call a workspace and one a changed resource, when workspaces are %s',
    async (_title, by, lists) => {
      const { estate, workspaces } = createTeams();
      const backUp = await prepare(estate);
      const named = by === undefined ? [] : workspaces.flatMap((one) => ['--workspace', one[by]]);

      const first = await backUp(...named, '--changes', 'listed');
      expect(first.postman).toEqual({ lists, workspaces: 3, collections: 102, environments: 3 });

      const quiet = await backUp(...named, '--changes', 'listed');
      expect(quiet.postman).toEqual({ lists, workspaces: 3 });

      for (const { uuid } of estate.collections.slice(0, 2)) {
        editCollection(estate, uuid, (body) => {
          body.item?.pop();
        });
      }
      const busy = await backUp(...named, '--changes', 'listed');
      expect(busy.postman).toEqual({ lists, workspaces: 3, collections: 2 });

      const checked = await backUp(...named, '--recheck-budget', '7');
      expect(sum(checked.postman)).toBe(lists + 3 + 7 + 1);
      expect(checked.postman['me']).toBe(1);
      const all = await backUp(...named);
      expect(sum(all.postman)).toBe(lists + 3 + RESOURCES + 1);
    },
  );
});

it('Postman, with every kind: what is no list, and what no list says to be unchanged, is asked for besides', async () => {
  const backUp = await prepare(createSampleEstate());
  await backUp('--kinds', 'all');
  const quiet = await backUp('--kinds', 'all', '--changes', 'listed');
  // Six lists for each of the two workspaces, and one of the workspaces themselves.
  expect(quiet.postman).toEqual({
    ...{ lists: 6 * 2 + 1, workspaces: 2, globals: 2 },
    // Their lists tell no date of a change: two monitors, and the mock server that is deactivated.
    ...{ monitors: 2, mocks: 1 },
  });
});

describe('GitLab', () => {
  const CASES: readonly (readonly [string, Partial<ProjectOptions>, readonly string[], Kinds])[] = [
    ['an existing branch', {}, [], { branches: 1, tree: 2, commits: 1 }],
    ['a missing branch', {}, ['--branch', 'postman'], { branches: 2, tree: 2, commits: 1 }],
    ['an empty repository', { empty: true }, [], { branches: 1, project: 1, commits: 1 }],
  ];

  it.each(CASES)(
    'takes at most 4 calls, one for 100 files, and one for each file that is compared, in %s',
    async (_title, options, flags, firstCalls) => {
      const estate = createEstate({ seed: 'calls' });
      const { id } = addWorkspace(estate, { name: 'Payments' });
      for (let number = 0; number < 100; number++) {
        addCollection(estate, id, collectionNamed(`Collection ${number}`));
      }
      const backUp = await prepare(estate, options);

      const first = await backUp(...flags, '--changes', 'listed');
      expect(first.files).toBe(101);
      expect(first.gitlab).toEqual(firstCalls);
      expect(sum(first.gitlab)).toBeLessThanOrEqual(4 + Math.ceil(first.files / 100));

      const quiet = await backUp(...flags, '--changes', 'listed');
      expect(quiet.gitlab).toEqual({ branches: 1, tree: 2, blobs: 1 });
      for (const { uuid } of estate.collections.slice(0, 3)) {
        editCollection(estate, uuid, (body) => {
          body.item?.pop();
        });
      }
      const busy = await backUp(...flags, '--changes', 'listed');
      // The manifest, and what the three were before.
      expect(busy.gitlab).toEqual({ branches: 1, tree: 2, blobs: 1 + 3, commits: 1 });
      expect(sum(busy.gitlab)).toBeLessThanOrEqual(4 + Math.ceil(busy.files / 100) + 3);
    },
  );
});

it('GitLab, for a merge request: both branches and what lies between, and the merge request', async () => {
  const estate = createEstate({ seed: 'calls' });
  const { id } = addWorkspace(estate, { name: 'Payments' });
  const { uuid } = addCollection(estate, id, collectionNamed('Orders'));
  const backUp = await prepare(estate);
  const flags = ['--mode', 'merge-request', '--changes', 'listed'];

  const first = await backUp(...flags);
  expect(first.gitlab).toEqual({ branches: 2, tree: 2, commits: 1, merge_requests: 1 });
  const quiet = await backUp(...flags);
  // What only the source has, and whether the target moved below the directory.
  expect(quiet.gitlab).toEqual({ branches: 2, tree: 1, blobs: 1, commits: 2, merge_requests: 1 });
  editCollection(estate, uuid, (body) => {
    body.item?.pop();
  });
  const busy = await backUp(...flags);
  // Where the two parted, both trees, and the manifest that was written: the merge request is told all that differs.
  expect(busy.gitlab).toEqual({
    branches: 2,
    tree: 4,
    blobs: 3,
    commits: 3,
    merge_base: 1,
    merge_requests: 2,
  });
});
