/** Flag before environment before file before default; and how each of them spells a value. */
import { describe, expect, it } from 'vitest';
import { findReportDirectory, loadConfig } from '../../../src/config/load.ts';
import { inputOf, load, loadBackup, problemsOf } from './load-with.ts';

const minimal = { POSTMAN_API_KEY: 'sample-key', POSTMAN_GITLAB_REPOSITORY: './backup.git' };

describe('a setting', () => {
  const file = 'defaults:\n  branch: from-defaults\nbackups:\n  - branch: from-entry\n';
  const env = { ...minimal, POSTMAN_GITLAB_BRANCH: 'from-env' };

  it.each([
    ['the flag', { flags: { branch: 'from-flag' }, env, file }, 'from-flag'],
    ['the environment, without a flag', { env, file }, 'from-env'],
    ['the entry of the file, without both', { file }, 'from-entry'],
    ['the defaults of the file, without an entry', { file: file.replace(/backups.*/s, '') }, 'from-defaults'],
    ['its default, when nobody says anything', {}, undefined],
  ])('is what %s says', (_, given, expected) => {
    expect(loadBackup(given).branch).toBe(expected);
  });

  it('of the run comes from the same places', () => {
    const runFile = 'recheck-budget: 3\n';
    expect(load({ flags: { 'recheck-budget': '1' }, file: runFile }).recheckBudget).toBe(1);
    const runEnv = { ...minimal, POSTMAN_GITLAB_RECHECK_BUDGET: '2' };
    expect(load({ env: runEnv, file: runFile }).recheckBudget).toBe(2);
    expect(load({ file: runFile }).recheckBudget).toBe(3);
    expect(load({}).recheckBudget).toBe(200);
  });

  it('that is empty in the environment is not given', () => {
    const empty = {
      ...minimal,
      ...{ POSTMAN_GITLAB_BRANCH: '', POSTMAN_GITLAB_REMOVED: ' ', POSTMAN_GITLAB_COLLECTION: '[]' },
      ...{ POSTMAN_GITLAB_MAX_REMOVALS: '', POSTMAN_GITLAB_SKIP_CI: '', POSTMAN_GITLAB_WORKSPACE: '\n\n' },
    };
    const branchFile = 'defaults:\n  branch: from-file\n  removed: archive\n';
    expect(loadBackup({ env: empty, file: branchFile })).toMatchObject({
      ...{ branch: 'from-file', removed: 'archive', collection: [], workspaces: [], skipCi: true },
    });
  });

  it('that nobody knows is warned about, with the nearest one', () => {
    const env = {
      ...minimal,
      POSTMAN_GITLAB_WRKSPACE: 'Payments',
      POSTMAN_GITLAB_SKIP: '1',
      POSTMAN_GITLAB_JOB: 'backup',
    };
    expect(load({ env }).warnings).toEqual([
      expect.stringMatching(
        /^There is no setting for the variable POSTMAN_GITLAB_WRKSPACE\. Did you mean "POSTMAN_GITLAB_WORKSPACE"/,
      ),
    ]);
  });

  it('is a list as GitLab writes one, which is not quite JSON', () => {
    const env = { ...minimal, POSTMAN_GITLAB_WORKSPACE: '["Refunds \\#{eu}", "C:\\\\#1"]' };
    expect(loadBackup({ env }).workspaces).toEqual(['Refunds #{eu}', 'C:\\#1']);
  });

  it('has the defaults of the interface', () => {
    const { backups, ...run } = load({});
    expect(run).toEqual({
      ...{ recheckBudget: 200, dryRun: false, reportDirectory: 'postman-gitlab-report' },
      ...{ secrets: ['sample-key'], warnings: [] },
    });
    expect(backups).toEqual([
      {
        layout: 'json',
        ...{ workspaces: [], collection: [], exclude: [], kinds: ['collections', 'environments'] },
        ...{ directory: 'Postman Collections', changes: 'auto', removed: 'keep', secrets: 'redact' },
        ...{ allowSecrets: [], skipCi: true, commitPrefix: '', target: './backup.git ' },
        destination: { type: 'git', url: './backup.git' },
        postman: { url: 'https://api.postman.com', region: 'us', apiKey: 'sample-key' },
      },
    ]);
  });
});

describe('a list', () => {
  const workspaces = ['Payments', '[Draft] "Orders"'];

  it.each([
    ['the flag repeated', { flags: { workspace: workspaces } }],
    [
      'a JSON array in a variable',
      { env: { ...minimal, POSTMAN_GITLAB_WORKSPACE: JSON.stringify(workspaces) } },
    ],
    [
      'one value a line in a variable',
      { env: { ...minimal, POSTMAN_GITLAB_WORKSPACE: `\r\n${workspaces.join('\r\n')}\n` } },
    ],
    ['a list in the file', { file: `defaults:\n  workspace: ${JSON.stringify(workspaces)}\n` }],
  ])('may be %s', (_, given) => {
    expect(loadBackup(given).workspaces).toEqual(workspaces);
  });

  it('may be one value in the file', () => {
    expect(loadBackup({ file: 'backups:\n  - workspace: Payments\n' }).workspaces).toEqual(['Payments']);
  });

  it('may be one value in a variable that begins with a bracket', () => {
    const env = { ...minimal, POSTMAN_GITLAB_WORKSPACE: '[Draft] Orders' };
    expect(loadBackup({ env }).workspaces).toEqual(['[Draft] Orders']);
  });

  it.each([
    ['in the file', { file: 'backups:\n  - collection: ""\n' }],
    ['in a variable', { env: { ...minimal, POSTMAN_GITLAB_COLLECTION: '[""]' } }],
    ['as a flag', { flags: { collection: [''] } }],
    ['as a number', { file: 'defaults:\n  collection: [1]\n' }],
  ])('holds no empty text and nothing but texts: %s', (_, given) => {
    expect(problemsOf(given)).toEqual([
      expect.stringContaining('`collection` must be a text or a list of texts'),
    ]);
  });
});

describe('yes or no', () => {
  it.each([
    [true, true],
    ['true', true],
    ['false', false],
  ])('may be the flag %j', (given, expected) => {
    expect(load({ flags: { 'dry-run': given } }).dryRun).toBe(expected);
  });

  it.each(['yes', '1', 'TRUE'])('is not %j', (given) => {
    const env = { ...minimal, POSTMAN_GITLAB_DRY_RUN: given };
    expect(problemsOf({ env })).toEqual(['POSTMAN_GITLAB_DRY_RUN: `dry-run` must be true or false.']);
  });
});

describe('a number', () => {
  it.each(['-1', '1.5', '1e3', '0x10', 'ten', '99999999999999999999'])('is not %j', (given) => {
    expect(problemsOf({ flags: { 'max-removals': given } })).toEqual([
      '--max-removals: `max-removals` must be a whole number, 0 or more.',
    ]);
  });

  it('that nobody gave is told from the default', () => {
    expect(loadBackup({}).maxRemovals).toBeUndefined();
    expect(loadBackup({ flags: { 'max-removals': '10' } }).maxRemovals).toBe(10);
    expect(loadBackup({ flags: { 'max-removals': '0' } }).maxRemovals).toBe(0);
  });
});

describe('a selection', () => {
  const file = `backups:
  - workspace: Payments
    directory: payments
  - collection: Orders
    directory: orders
defaults:
  removed: archive
`;
  it.each([
    ['by flag', { flags: { workspace: ['Other'] }, file }],
    ['by environment', { env: { ...minimal, POSTMAN_GITLAB_WORKSPACE: 'Other' }, file }],
  ])('%s replaces the backups of the file, but not its defaults', (_, given) => {
    expect(load(given).backups).toMatchObject([
      { workspaces: ['Other'], collection: [], directory: 'Postman Collections', removed: 'archive' },
    ]);
  });

  it('of collections does so too', () => {
    expect(load({ flags: { collection: ['Other'] }, file }).backups).toMatchObject([
      { workspaces: [], collection: ['Other'], directory: 'Postman Collections', removed: 'archive' },
    ]);
  });

  it('that is not given leaves every backup of the file', () => {
    const { backups } = load({ flags: { secrets: 'keep' }, file });
    expect(backups).toMatchObject([
      { workspaces: ['Payments'], secrets: 'keep', removed: 'archive' },
      { collection: ['Orders'], secrets: 'keep', removed: 'archive' },
    ]);
  });
});

describe('the configuration file', () => {
  it('may be missing when nobody named it', () => {
    expect(load({}).backups).toHaveLength(1);
  });

  it.each([
    ['--config', { flags: { config: 'missing.yml' } }],
    ['POSTMAN_GITLAB_CONFIG', { env: { ...minimal, POSTMAN_GITLAB_CONFIG: 'missing.yml' } }],
  ])('may not be missing when %s names it', (source, given) => {
    expect(problemsOf(given)).toEqual([
      `${source}: the configuration file "missing.yml" cannot be read (ENOENT).`,
    ]);
  });

  it('is the one that is named', () => {
    const files = { 'other.yml': 'defaults: {branch: other}', '.postman-gitlab.yml': 'nonsense: 1' };
    expect(loadBackup({ flags: { config: 'other.yml' }, files }).branch).toBe('other');
  });

  it('may not be there and unreadable', () => {
    const readFile = () => {
      throw Object.assign(new Error('no'), { code: 'EACCES' });
    };
    expect(() => loadConfig({ flags: {}, env: minimal, readFile })).toThrow(
      '.postman-gitlab.yml: the configuration file ".postman-gitlab.yml" cannot be read (EACCES).',
    );
  });
});

describe('the folder of the report', () => {
  const wrong = 'recheck-budget: never\nreport-dir: from-file\nbogus: 1\n';

  it.each([
    ['a flag', { flags: { 'report-dir': 'from-flag', kinds: ['bogus'] }, file: wrong }, 'from-flag'],
    ['a variable', { env: { POSTMAN_GITLAB_REPORT_DIR: 'from-variable' }, file: wrong }, 'from-variable'],
    ['the file', { env: {}, file: wrong }, 'from-file'],
    ['nothing that can be read', { env: {}, file: 'report-dir: [' }, 'postman-gitlab-report'],
    ['a file that is not there', { flags: { config: 'nowhere.yml' } }, 'postman-gitlab-report'],
  ])('is known from %s although the rest is wrong', (_, given, expected) => {
    expect(problemsOf(given)).not.toEqual([]);
    expect(findReportDirectory(inputOf(given))).toBe(expected);
  });
});
