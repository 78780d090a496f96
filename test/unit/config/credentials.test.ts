/** Keys and tokens: where they come from, and that no message ever shows one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KnownError } from '../../../src/errors.ts';
import { inCi, load, loadBackup, problemsOf, refusalOf } from './load-with.ts';

const repository = { POSTMAN_GITLAB_REPOSITORY: './backup.git' };

describe('the Postman API key', () => {
  it('comes from its variable, without the white space around it', () => {
    expect(loadBackup({ env: { ...repository, POSTMAN_API_KEY: ' sample-key\n' } }).postman.apiKey).toBe(
      'sample-key',
    );
  });

  it('comes from the file that POSTMAN_API_KEY_FILE names', () => {
    const env = { ...repository, POSTMAN_API_KEY_FILE: '/run/key' };
    const files = { '/run/key': 'key-in-a-file\n' };
    expect(loadBackup({ env, files }).postman.apiKey).toBe('key-in-a-file');
  });

  it('is the one of the variable when there are both', () => {
    const env = { ...repository, POSTMAN_API_KEY: 'direct', POSTMAN_API_KEY_FILE: '/missing' };
    expect(loadBackup({ env }).postman.apiKey).toBe('direct');
  });

  it.each([
    ['there is none', {}],
    ['it is empty', { POSTMAN_API_KEY: '  ' }],
    ['its file is empty', { POSTMAN_API_KEY_FILE: '/empty' }],
  ])('is missing when %s', (_, env) => {
    const error = refusalOf({ env: { ...repository, ...env }, files: { '/empty': '\n' } });
    expect(error.code).toBe('POSTMAN_KEY_MISSING');
    expect(error.message).toBe('There is no Postman API key: POSTMAN_API_KEY is empty.');
  });

  it('may have another variable for each backup', () => {
    const file = 'backups:\n  - {workspace: A, api-key-variable: KEY_A}\n  - {workspace: B, directory: b}\n';
    const env = { ...repository, KEY_A: 'key-of-a', POSTMAN_API_KEY: 'key-of-all' };
    const { backups, secrets } = load({ env, file });
    expect(backups.map(({ postman }) => postman.apiKey)).toEqual(['key-of-a', 'key-of-all']);
    expect(secrets).toEqual(['key-of-a', 'key-of-all']);
  });

  it('is missed with the place that names its variable', () => {
    const file = 'backups:\n  - {workspace: A, api-key-variable: KEY_A}\n  - {workspace: B, directory: b}\n';
    const error = refusalOf({ env: { ...repository, POSTMAN_API_KEY: 'key-of-all' }, file });
    expect(error.code).toBe('POSTMAN_KEY_MISSING');
    expect(error.message).toBe('.postman-gitlab.yml:2:38: there is no Postman API key: KEY_A is empty.');
  });

  it('in a file that cannot be read is told by the name of the variable', () => {
    expect(problemsOf({ env: { ...repository, POSTMAN_API_KEY_FILE: '/missing' } })).toEqual([
      'POSTMAN_API_KEY_FILE: names a file that cannot be read (ENOENT).',
    ]);
  });

  it.each(['two words', 'cut\nin two', 'smart”quote', 'nul\0'])(
    'is refused when it holds what no key has',
    (key) => {
      expect(problemsOf({ env: { ...repository, POSTMAN_API_KEY: key } })).toEqual([
        'POSTMAN_API_KEY: holds white space or characters that no key has; was it cut or pasted badly?',
      ]);
    },
  );
});

describe('the GitLab token', () => {
  const env = { ...inCi, POSTMAN_API_KEY: 'sample-key' };

  it('comes from the file that GITLAB_TOKEN_FILE names', () => {
    const given = {
      env: { ...env, GITLAB_TOKEN_FILE: '/run/token' },
      files: { '/run/token': 'sample-token\n' },
    };
    expect(loadBackup(given).destination).toMatchObject({ type: 'api', token: 'sample-token' });
  });

  it('may have another variable', () => {
    const given = {
      env: { ...env, BACKUP_TOKEN: 'other-token', GITLAB_TOKEN: 'x' },
      flags: { 'token-variable': 'BACKUP_TOKEN' },
    };
    expect(loadBackup(given).destination).toMatchObject({ token: 'other-token' });
  });

  it.each(['auto', 'api', 'git'])(
    'is missing when its variable is named and empty, and nothing takes its place with `destination: %s`',
    (destination) => {
      const error = refusalOf({ env, flags: { 'token-variable': 'BACKUP_TOKEN', destination } });
      expect(error.code).toBe('TOKEN_MISSING');
      expect(error.message).toBe('--token-variable: `token-variable` names BACKUP_TOKEN, which is empty.');
    },
  );

  it('is masked, and so is the job token, whichever is used', () => {
    expect(load({ env: { ...env, GITLAB_TOKEN: 'sample-token' } }).secrets.toSorted()).toEqual([
      ...['sample-job-token', 'sample-key', 'sample-token'],
    ]);
  });
});

describe('a credential in the place of something else', () => {
  const canary = 'glpat-Canary7f3';
  const base: Readonly<Record<string, string>> = { ...inCi, POSTMAN_API_KEY: 'sample-key' };
  const wrong = [
    ...['POSTMAN_GITLAB_TOKEN_VARIABLE', 'POSTMAN_GITLAB_API_KEY_VARIABLE', 'POSTMAN_API_KEY_FILE'],
    ...[
      'GITLAB_TOKEN_FILE',
      'POSTMAN_GITLAB_REGION',
      'POSTMAN_GITLAB_MAX_REMOVALS',
      'POSTMAN_GITLAB_DRY_RUN',
    ],
  ];

  it.each(wrong)('is not shown: %s', (variable) => {
    const { POSTMAN_API_KEY: _, ...keyless } = base;
    const error = refusalOf({ env: { ...keyless, [variable]: canary } });
    expect(`${error.message} ${error.hint}`).not.toContain(canary);
  });

  it.each([
    ['POSTMAN_API_URL', `https://user:${canary}@api.example`],
    ['POSTMAN_API_URL', `${canary}`],
    ['CI_API_V4_URL', `https://${canary}@gitlab.example/api/v4`],
    ['POSTMAN_GITLAB_REPOSITORY', `https://oauth2:${canary}@gitlab.example/a/b.git`],
    ['POSTMAN_GITLAB_REPOSITORY', `https://${canary}@gitlab.example/a/b.git`],
    ['POSTMAN_GITLAB_REPOSITORY', `ssh://git:${canary}@gitlab.example/a/b.git`],
    ['POSTMAN_GITLAB_REPOSITORY', `-u${canary}`],
    ['POSTMAN_GITLAB_PROJECT', `https://oauth2:${canary}@gitlab.example/a/b`],
  ])('is refused in an address and not shown: %s=%s', (variable, value) => {
    const error = refusalOf({ env: { ...base, [variable]: value } });
    expect(`${error.message} ${error.hint}`).not.toContain(canary);
    expect(error.exitCode).toBe(20);
  });

  it('never shows in any message, whatever else is wrong', () => {
    const secret = fc.string({
      unit: fc.constantFrom(...'abcXYZ019-_+/= \n"é'),
      minLength: 4,
      maxLength: 12,
    });
    const junk = fc.record(
      {
        POSTMAN_GITLAB_REGION: fc.constantFrom('us', 'mars'),
        POSTMAN_GITLAB_DESTINATION: fc.constantFrom('auto', 'api', 'git', 'ftp'),
        POSTMAN_GITLAB_PROJECT: fc.constantFrom('8', 'a/b', 'https://gitlab.example/a'),
        POSTMAN_GITLAB_TOKEN_VARIABLE: fc.constantFrom('GITLAB_TOKEN', 'EMPTY', 'not-a-name'),
        POSTMAN_GITLAB_BRANCH: fc.constantFrom('main', 'a..b'),
        CI_API_V4_URL: fc.constantFrom('', 'gitlab.example', 'https://gitlab.example/api/v4'),
        CI_PROJECT_PATH: fc.constantFrom('', 'a/b'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(secret, fc.boolean(), junk, (random, inUrl, env) => {
        const value = `canary-${random}-canary`;
        const given = {
          ...{ POSTMAN_API_KEY: value, GITLAB_TOKEN: value, CI_JOB_TOKEN: value, ...env },
          ...(inUrl
            ? { POSTMAN_API_URL: `https://x:${value}@api.example`, CI_SERVER_URL: `https://${value}@h` }
            : {}),
        };
        try {
          load({ env: given });
        } catch (error) {
          if (!(error instanceof KnownError)) {
            throw error;
          }
          expect(`${error.message} ${error.hint} ${String(error.cause)}`).not.toContain('canary');
        }
      }),
      { numRuns: 500 },
    );
  });
});
