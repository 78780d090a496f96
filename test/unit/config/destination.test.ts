/** Where commits go, and with which credential. */
import { describe, expect, it } from 'vitest';
import { inCi, loadBackup, problemsOf, refusalOf } from './load-with.ts';

const key = { POSTMAN_API_KEY: 'sample-key' };
const token = { GITLAB_TOKEN: 'sample-token' };
const api = { type: 'api', serverUrl: 'https://gitlab.example', project: '7', token: 'sample-token' };
const jobPush = {
  ...{ type: 'git', url: 'https://gitlab.example/platform/backups.git', jobToken: 'sample-job-token' },
  webUrl: 'https://gitlab.example/platform/backups',
};
const desk = { CI_SERVER_URL: 'https://gitlab.example/', ...token };

describe('the destination', () => {
  it.each([
    ['auto, with a token', { ...inCi, ...token }, {}, api],
    [
      'auto, with a token for another project',
      { ...inCi, ...token },
      { project: 'a/b' },
      { ...api, project: 'a/b' },
    ],
    ['auto, without a token', inCi, {}, jobPush],
    ['auto, without a token, own project by id', inCi, { project: '7' }, jobPush],
    ['auto, without a token, own project by path', inCi, { project: 'platform/backups' }, jobPush],
    ['api', { ...inCi, ...token }, { destination: 'api' }, api],
    ['git, although there is a token', { ...inCi, ...token }, { destination: 'git' }, jobPush],
    ['a desk with a token and a project', desk, { project: 'a/b' }, { ...api, project: 'a/b' }],
    [
      'a repository, although there is a token',
      { ...inCi, ...token },
      { repository: '../x.git' },
      { type: 'git', url: '../x.git' },
    ],
    [
      'a repository over ssh',
      {},
      { repository: 'git@host:a/b.git' },
      { type: 'git', url: 'git@host:a/b.git' },
    ],
    [
      'a repository over ssh, as a URL',
      {},
      { repository: 'ssh://git@host/a.git' },
      { type: 'git', url: 'ssh://git@host/a.git' },
    ],
    [
      'a repository whose path has an @',
      {},
      { repository: 'https://host/@a/b.git' },
      { type: 'git', url: 'https://host/@a/b.git' },
    ],
  ])('is resolved: %s', (_, env, flags, expected) => {
    expect(loadBackup({ env: { ...key, ...env }, flags }).destination).toEqual(expected);
  });

  it('keeps the path of a GitLab that lies below one', () => {
    const env = { ...key, ...inCi, CI_API_V4_URL: 'https://example.org/gitlab/api/v4' };
    expect(loadBackup({ env }).destination).toMatchObject({
      url: 'https://example.org/gitlab/platform/backups.git',
    });
  });

  it.each([
    [
      'nothing is there',
      {},
      {},
      'Nowhere to commit to: there is no GitLab token, no job token and no `repository`.',
    ],
    [
      'git is wanted and only a token is there',
      desk,
      { destination: 'git' },
      '--destination: nowhere to commit to: there is no job token and no `repository`.',
    ],
    [
      'api is wanted without a token',
      inCi,
      { destination: 'api' },
      "--destination: to commit through GitLab's API, a token in GITLAB_TOKEN is missing.",
    ],
    [
      'a token alone is there',
      token,
      {},
      "To commit through GitLab's API, `project` and GitLab's address in CI_SERVER_URL is missing.",
    ],
    [
      'another project is wanted without a token',
      inCi,
      { project: 'a/b' },
      '--project: the job token can push only to the job\'s own project, not to "a/b".',
    ],
  ])('is missing when %s', (_, env, flags, message) => {
    const error = refusalOf({ env: { ...key, ...env }, flags });
    expect(error.code).toBe('DESTINATION_MISSING');
    expect(error.message).toBe(message);
  });

  it('may not be both the API and a repository', () => {
    expect(problemsOf({ flags: { destination: 'api' } })).toEqual([
      'POSTMAN_GITLAB_REPOSITORY: `destination: api` needs a GitLab project; leave `repository` out.',
    ]);
  });

  it.each(['', '-o'])('is no repository named %j', (repository) => {
    expect(problemsOf({ env: key, flags: { repository } })).toEqual([
      '--repository: `repository` must be a path or a URL.',
    ]);
  });

  it.each(['gitlab.example', 'ftp://gitlab.example'])('is no GitLab at %j', (CI_SERVER_URL) => {
    expect(problemsOf({ env: { ...key, ...token, CI_SERVER_URL }, flags: { project: '7' } })).toEqual([
      'CI_SERVER_URL (or CI_API_V4_URL): must be an http(s) URL without a user or password in it.',
    ]);
  });
});

describe('the project', () => {
  it.each(['0', '7', 'a/b', 'group/sub.group/my_project-1'])('may be %j', (project) => {
    const env = { ...key, ...inCi, ...token };
    expect(loadBackup({ env, flags: { project } }).destination).toMatchObject({ project });
  });

  it('may be a number in the file', () => {
    const file = 'defaults:\n  project: 8\n';
    expect(loadBackup({ env: { ...key, ...inCi, ...token }, file }).destination).toMatchObject({
      project: '8',
    });
  });

  it.each(['name', '/a/b', 'a/b/', 'a%2Fb', 'https://gitlab.example/a/b', ''])('is not %j', (project) => {
    expect(problemsOf({ env: { ...key, ...inCi, ...token }, flags: { project } })).toEqual([
      '--project: `project` must be the id or the full path (group/name) of a GitLab project.',
    ]);
  });
});

describe('the Postman API', () => {
  it.each([
    [{}, 'https://api.postman.com'],
    [{ POSTMAN_GITLAB_REGION: 'eu' }, 'https://api.eu.postman.com'],
    [{ POSTMAN_API_URL: 'http://localhost:4010/' }, 'http://localhost:4010'],
    [{ POSTMAN_API_URL: ' ' }, 'https://api.postman.com'],
  ])('with %j is at %s', (env, url) => {
    const all = { ...key, POSTMAN_GITLAB_REPOSITORY: 'x', ...env };
    expect(loadBackup({ env: all }).postman.url).toBe(url);
  });
});
