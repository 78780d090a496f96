/** What a restore is asked for: one destination, a date as people mean it, and nothing that the backup would not do. */
import { describe, expect, it } from 'vitest';
import { loadBackupConfig, loadRestoreConfig } from '../../../src/config/restore.ts';
import { KnownError } from '../../../src/errors.ts';
import { inCi, inputOf } from './load-with.ts';

const job = { ...inCi, POSTMAN_API_KEY: 'sample-key', CI_DEFAULT_BRANCH: 'main' };

type Asked = readonly [
  flags: Readonly<Record<string, unknown>>,
  env?: Readonly<Record<string, string>>,
  file?: string,
];

function load(...[flags, env = job, file = '']: Asked) {
  return loadRestoreConfig(inputOf({ flags, env, file }));
}

function problemOf(...given: Asked): string {
  try {
    load(...given);
  } catch (error) {
    return error instanceof KnownError ? error.message : String(error);
  }
  return '';
}

const inPlace = { 'in-place': 'true' };

describe('a restore', () => {
  it('has exactly one destination', () => {
    expect(problemOf({})).toContain('where to restore');
    expect(problemOf({ 'to-workspace': 'A', 'in-place': 'true' })).toContain(
      '--in-place: `to-workspace` and',
    );
    expect(load({ 'to-workspace': 'A' }).to).toEqual({ type: 'workspace', name: 'A' });
    expect(load({ 'new-workspace': 'A' }).to).toEqual({ type: 'new-workspace', name: 'A' });
    expect(load(inPlace).to).toEqual({ type: 'in-place' });
  });

  it.each([
    ['2026-11-01', '2026-11-01T23:59:59.999Z'],
    ['2026-11-01T08:00:00Z', '2026-11-01T08:00:00.000Z'],
    ['2026-11-01T08:00+02:00', '2026-11-01T06:00:00.000Z'],
  ])('takes %s for a time', (at, time) => {
    expect(load({ ...inPlace, at }).at?.toISOString()).toBe(time);
  });

  it.each(['yesterday', '2026-13-01', '01.11.2026', '2026-11-01 08:00'])('takes %s for none', (at) => {
    expect(problemOf({ ...inPlace, at })).toContain(`--at: \`at\`: "${at}" is no date`);
  });

  it('is confirmed by `yes`, and by nothing else', () => {
    expect(load(inPlace).isConfirmed).toBe(false);
    expect(load({ ...inPlace, yes: 'true' }).isConfirmed).toBe(true);
    expect(load({ ...inPlace, yes: true }, { ...job, POSTMAN_GITLAB_DRY_RUN: 'true' }).isConfirmed).toBe(
      false,
    );
    expect(load({ ...inPlace, yes: 'false' }, { ...job, POSTMAN_GITLAB_YES: 'true' }).isConfirmed).toBe(
      false,
    );
  });

  it('brings back what is named, and everything when nothing is', () => {
    expect(load(inPlace).selection.kinds).toContain('monitors');
    expect(load({ ...inPlace, item: ['a'] }).selection.kinds).toEqual(['collections']);
    expect(load({ ...inPlace, environment: ['a'] }).selection.kinds).toEqual(['environments']);
    expect(load({ ...inPlace, environment: ['a'], kinds: ['specs'] }).selection.kinds).toEqual(['specs']);
  });

  it('reads the branch that all configured backups go to, or asks which', () => {
    const entry = (branch: string) =>
      `  - { workspace: ${branch}, directory: ${branch}, branch: ${branch} }\n`;
    expect(load(inPlace, job, `backups:\n${entry('a')}`).branch).toBe('a');
    expect(problemOf(inPlace, job, `backups:\n${entry('a')}${entry('b')}`)).toContain('different branches');
  });

  it.each([
    [
      'its own project by the job token',
      job,
      {},
      { type: 'git', url: 'https://gitlab.example/platform/backups.git' },
    ],
    [
      'its own project by a token',
      { ...job, GITLAB_TOKEN: 't' },
      {},
      { type: 'api', project: 'platform/backups' },
    ],
    ['another one', { ...job, GITLAB_TOKEN: 't' }, { project: 'a/b' }, { type: 'api', project: 'a/b' }],
    [
      'any repository',
      { POSTMAN_API_KEY: 'sample-key' },
      { repository: 'x.git' },
      { type: 'git', url: 'x.git' },
    ],
  ])('reads %s', (_, env, flags, repository) => {
    expect(load({ ...inPlace, ...flags }, env).repository).toMatchObject(repository);
  });

  it('needs the path of a project, which git asks for', () => {
    expect(problemOf({ ...inPlace, project: '8' }, { ...job, GITLAB_TOKEN: 't' })).toContain('full path');
  });
});

describe('the backup before a restore in place', () => {
  it('is the configured one, whatever is to be restored', () => {
    const file = 'backups:\n  - { workspace: Payments, directory: pay, secrets: fail }\n';
    const flags = { ...inPlace, workspace: ['Other'], collection: ['Orders'], directory: 'x' };
    const { backups } = loadBackupConfig(
      inputOf({ flags, env: { ...job, POSTMAN_GITLAB_KINDS: 'mocks' }, file }),
    );
    expect(backups).toMatchObject([
      {
        workspaces: ['Payments'],
        collection: [],
        directory: 'pay',
        secrets: 'fail',
        kinds: ['collections', 'environments'],
      },
    ]);
  });
});
