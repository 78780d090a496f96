/** The settings of a merge request: what they mean, and when they are refused. */
import { describe, expect, it } from 'vitest';
import { inCi, load, loadBackup, problemsOf, withFlags } from './load-with.ts';

const env = { ...inCi, POSTMAN_API_KEY: 'sample-key', GITLAB_TOKEN: 'sample-token' };
const mode = { mode: 'merge-request' };

describe('the mode merge-request', () => {
  it('says what changed, and bothers nobody, unless told otherwise', () => {
    expect(loadBackup({ env, flags: mode }).mergeRequest).toEqual({
      labels: [],
      reviewers: [],
      assignees: [],
      autoMerge: false,
    });
    expect(loadBackup({ env }).mergeRequest).toBeUndefined();
  });

  it('takes all that a merge request has', () => {
    const flags = {
      ...mode,
      title: 'Night\nly',
      labels: ['backup', 'api::v2'],
      reviewers: ['@mara', 'li.wei'],
      assignees: ['mara'],
      'auto-merge': 'true',
      'source-branch': 'postman/next',
    };
    expect(loadBackup({ env, flags }).mergeRequest).toEqual({
      sourceBranch: 'postman/next',
      title: 'Night ly',
      labels: ['backup', 'api::v2'],
      reviewers: ['mara', 'li.wei'],
      assignees: ['mara'],
      autoMerge: true,
    });
  });

  it('lets pipelines run, unless told otherwise', () => {
    expect(loadBackup({ env, flags: mode }).skipCi).toBe(false);
    expect(loadBackup({ env, flags: { ...mode, 'skip-ci': 'true' } }).skipCi).toBe(true);
  });

  it('is refused where no merge request can be opened', () => {
    const problem =
      '`mode: merge-request` needs the `api` destination and a token in GITLAB_TOKEN: neither the job token nor git can open a merge request.';
    expect(problemsOf(withFlags(mode))).toEqual([`--mode: ${problem}`]);
    expect(problemsOf({ env: { ...env, GITLAB_TOKEN: '' }, flags: mode })).toEqual([`--mode: ${problem}`]);
  });

  it('needs two branches, each of which git takes', () => {
    const flags = { ...mode, branch: 'main', 'source-branch': 'main' };
    expect(problemsOf({ env, flags })).toEqual([
      '--source-branch: `source-branch` and `branch` are the same: a merge request needs two branches.',
    ]);
    expect(problemsOf({ env, flags: { ...mode, 'source-branch': 'a..b' } })).toEqual([
      '--source-branch: `source-branch`: "a..b" is no branch name that git takes.',
    ]);
  });

  it.each([
    ['labels', ['a,b'], 'a label or a list of labels, without commas in them'],
    ['reviewers', ['Mara Lindqvist'], 'a username of GitLab or a list of them'],
    [
      'title',
      'x'.repeat(256),
      'a text of at most 255 characters; put quotes around what looks like a number',
    ],
  ])('refuses %s that GitLab would not take', (name, value, expected) => {
    expect(problemsOf({ env, flags: { ...mode, [name]: value } })).toEqual([
      `--${name}: \`${name}\` must be ${expected}.`,
    ]);
  });
});

it('is told when a setting of merge requests would do nothing', () => {
  expect(problemsOf({ env, flags: { labels: ['a'], 'auto-merge': 'true' } })).toEqual([
    '--labels: `labels` is about a merge request; give `mode: merge-request` with it, or leave it out.',
    '--auto-merge: `auto-merge` is about a merge request; give `mode: merge-request` with it, or leave it out.',
  ]);
});

it('is one for all backups of a branch', () => {
  const file = [
    'backups:',
    '  - {directory: a, mode: merge-request}',
    '  - {directory: b}',
    '  - {directory: c, mode: merge-request, labels: x}',
  ].join('\n');
  expect(problemsOf({ env, file })).toEqual([
    expect.stringContaining('`mode` is commit here and merge-request in'),
    expect.stringContaining('`labels` is "x" here and none in'),
  ]);
});

it.each([
  [
    'two targets',
    '{branch: a, source-branch: x}',
    '{branch: b, source-branch: x}',
    'source-branch',
    'source-branch',
  ],
  [
    'a target, by default',
    '{branch: a}',
    '{branch: b, source-branch: postman-backup/a}',
    'source-branch',
    'source-branch',
  ],
  [
    'what is itself a target',
    '{branch: x, mode: commit}',
    '{branch: b, source-branch: x}',
    'source-branch',
    'branch',
  ],
  [
    'what is a target later on',
    '{branch: b, source-branch: x}',
    '{branch: x, mode: commit}',
    'branch',
    'source-branch',
  ],
])('has a branch for itself alone, and not one that is for %s', (_, one, other, here, there) => {
  const file = `defaults: {mode: merge-request}\nbackups:\n  - ${one}\n  - ${other}\n`;
  expect(problemsOf({ env, file })).toEqual([
    expect.stringMatching(
      new RegExp(
        `^\\.postman-gitlab\\.yml:4:\\d+: \`${here}\`: ".+" is also the \`${there}\` of \\.postman-gitlab\\.yml:3:\\d+\\.`,
      ),
    ),
  ]);
});

it('may come from a branch of the same name in another project, and share it with backups of its target', () => {
  const entry = (more: string) => `  - {mode: merge-request, source-branch: x, branch: main, ${more}}\n`;
  const file = `backups:\n${entry('directory: a')}${entry('directory: b')}${entry('project: g/other')}`;
  expect(load({ env, file }).backups).toHaveLength(3);
});
