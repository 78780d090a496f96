/** Which backups `push` is about, and what a branch that is tied to a workspace is given. */
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { loadPushConfig } from '../../../src/config/push.ts';

const FILE = `
backups:
  - workspace: Payments
    directory: postman
branches:
  feature-x:
    workspace: Payments (feature x)
`;
const ENV = {
  ...{ POSTMAN_API_KEY: 'key', GITLAB_TOKEN: 'token', CI_SERVER_URL: 'https://gitlab.example' },
  ...{ CI_PROJECT_ID: '7', CI_DEFAULT_BRANCH: 'main' },
};

const input = (env: Readonly<Record<string, string>>, flags = {}, file = FILE) => ({
  ...{ flags, env: { ...ENV, ...env } },
  readFile: () => file,
});
const workspacesOf = (env: Readonly<Record<string, string>>, flags = {}) =>
  loadPushConfig(input(env, flags)).backups.map(({ workspaces, branch, directory }) => ({
    ...{ workspaces, branch, directory },
  }));

describe('a push', () => {
  it.each([
    ['main', 'Payments'],
    ['feature-x', 'Payments (feature x)'],
  ])('of the pipeline of %s is about %s', (branch, workspace) => {
    expect(workspacesOf({ CI_COMMIT_BRANCH: branch })).toEqual([
      { workspaces: [workspace], branch, directory: 'postman' },
    ]);
  });

  it('of a branch that the configuration does not know is about nothing', () => {
    expect(workspacesOf({ CI_COMMIT_BRANCH: 'feature-y' })).toEqual([]);
  });

  it('of a branch that is named is about what goes to the default branch', () => {
    expect(workspacesOf({ CI_COMMIT_BRANCH: 'main' }, { branch: 'feature-y' })).toMatchObject([
      { workspaces: ['Payments'], branch: 'feature-y' },
    ]);
    expect(workspacesOf({ POSTMAN_GITLAB_BRANCH: 'feature-x' })).toMatchObject([
      { workspaces: ['Payments (feature x)'] },
    ]);
  });

  it('records on the branch itself', () => {
    const file = 'backups: [{workspace: Payments, mode: merge-request}]';
    const [backup] = loadPushConfig(input({ CI_COMMIT_BRANCH: 'main' }, {}, file)).backups;
    expect(backup).toBeDefined();
    expect(backup).not.toHaveProperty('mergeRequest');
  });
});

describe('a tied branch', () => {
  it('is backed up too, with the settings of the only backup', () => {
    const { backups } = loadConfig(input({}));
    expect(backups).toMatchObject([
      { workspaces: ['Payments'], directory: 'postman', hasTiedBranches: true },
      { workspaces: ['Payments (feature x)'], directory: 'postman', branch: 'feature-x' },
    ]);
  });

  it.each([
    ['no workspace', 'branches: {a: {directory: x}}', ':1:12: a branch of `branches` needs `workspace`'],
    ['nothing', 'branches:\n  a:\n', ':2:3: a branch of `branches` needs `workspace`'],
    ['a branch of its own', 'branches: {a: {workspace: W, branch: b}}', ':1:30: unknown key "branch".'],
    ['a list', 'branches: [a]', ':1:11: `branches` must be a mapping'],
    [
      'a name that is none',
      'branches: {"a..b": {workspace: W}}',
      ':1:12: `branch`: "a..b" is no branch name',
    ],
    ['the default branch', `${FILE}  main:\n    workspace: W\n`, 'on the same branch'],
  ])('is refused with its place when it has %s', (_, file, problem) => {
    expect(() => loadConfig(input({}, {}, file))).toThrow(problem);
  });
});
