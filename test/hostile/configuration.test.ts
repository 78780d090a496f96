/** Configurations that were made to harm: each is refused in bounded time, with its place, and nothing in it is run. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { KnownError } from '../../src/errors.ts';
import { describeError } from '../../src/report/describe-error.ts';
import { makeFolder, run } from '../end-to-end/program.ts';
import { load, refusalOf } from '../unit/config/load-with.ts';
import { hostileText, SEED, UNPRINTABLE } from './hostile-text.ts';

// Many times what a busy machine needs for what is refused at once; a cost that grows with the square takes minutes.
const MAX_MS = 20_000;

/** @returns the refusal as a person sees it. */
function refusalText(file: string): string {
  const started = performance.now();
  const error = refusalOf({ file });
  expect(performance.now() - started).toBeLessThan(MAX_MS);
  expect(error.code).toBe('CONFIG_INVALID');
  const text = describeError(error);
  expect(text.length).toBeLessThan(20_000);
  return text;
}

const PLACE = /\.postman-gitlab\.yml:\d+:\d+: /;

function lines(count: number, make: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => make(index)).join('\n');
}

describe('a configuration file is refused with its place when it is', () => {
  it.each<[string, string]>([
    [
      'a bomb of aliases',
      `defaults:\n  collection:\n  - &l0 x\n${lines(40, (i) => `  - &l${i + 1} [*l${i}, *l${i}]`)}`,
    ],
    ['ten thousand aliases of one', `defaults:\n  workspace: [&a x${', *a'.repeat(10_000)}]`],
    ['nested 20,000 levels deep in brackets', `defaults: ${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['nested 2,000 levels deep in lines', lines(2_000, (index) => `${' '.repeat(index)}a:`)],
    ['an anchor in a circle, as an entry', 'backups: &a\n  - *a\n'],
    ['an anchor in a circle, as a value', 'defaults: {workspace: &x [a, *x]}'],
    ['an anchor in a circle, as a key', 'defaults: &a\n  *a : 1\n'],
    ['a merge key', 'defaults:\n  <<: {branch: main}\n'],
    ['a merge key of YAML 1.1', '%YAML 1.1\n---\ndefaults:\n  <<: {branch: main}\n'],
    ['a merge key of nothing, of YAML 1.1, in a value', '%YAML 1.1\n---\ndefaults:\n  branch: {<<: 3}\n'],
    ['binary', '%YAML 1.1\n---\ndefaults:\n  branch: !!binary "aGVsbG8="\n'],
    ['a set', '%YAML 1.1\n---\ndefaults:\n  workspace: !!set {a: 1}\n'],
    ['a date', '%YAML 1.1\n---\ndefaults:\n  branch: 2001-01-01\n'],
    ['a function by its tag', 'defaults:\n  branch: !!js/function "function(){}"\n'],
    ['an object by its tag', '!!python/object/apply:os.system\nregion: us\n'],
    ['a tag that nobody knows', 'defaults:\n  branch: !exec "rm"\n'],
    ['two documents', 'region: us\n---\nregion: eu\n'],
    ['indented by tabs', 'backups:\n\t- workspace: a\n'],
    ['a key twice', 'backups: [{branch: a, branch: b}]'],
    ['a key of JavaScript', '__proto__: {region: eu}\n'],
    ['a list as a key', 'defaults:\n  ? [a, b]\n  : 1\n'],
    ['a NUL', 'region: us\0\n'],
    ['a BOM in the middle', 'region: us\n\ufeffbranch: x\n'],
    ['the bytes of a program', '\u007fELF\u0002\u0001\u0001\0\0\0'],
    ['an escape in a key', '"\\e[2J\\e[31m": 1\n'],
    ['a newline in a value', 'defaults:\n  branch: "a\\nBackup-Run: 1"\n'],
    ['a line break in a folder', 'defaults:\n  directory: "a\\r\\n✖ BUG forged"\n'],
    ['a folder outside', 'defaults:\n  directory: ../..\n'],
    ['a folder of git', 'defaults:\n  directory: a/.GIT/hooks\n'],
    ['a file name with folders', 'defaults:\n  collection: x\n  filename: ../../x.json\n'],
    ['a branch that is a flag', 'defaults: {branch: -D}\n'],
  ])('%s', (_, file) => {
    const text = refusalText(file);
    expect(text).toMatch(PLACE);
    expect(text.replaceAll('\n', '')).not.toMatch(UNPRINTABLE);
    expect(text).not.toMatch(/^(?:Backup-Run|✖ BUG)/m);
  });

  it('ten thousand keys that are none: in few words', () => {
    expect(refusalText(lines(10_000, (index) => `key-${index}: 1`))).toMatch(PLACE);
  });

  it('ten thousand values that are none: in few words', () => {
    expect(refusalText(`defaults:\n  workspace:\n${lines(10_000, () => '  - 1')}`)).toMatch(PLACE);
  });

  it('five hundred entries for one folder: in few words', () => {
    expect(refusalText(`backups:\n${lines(500, () => '  - {}')}`)).toMatch(PLACE);
  });

  it('ten megabytes, whatever is in them', () => {
    expect(refusalText(`# ${'x'.repeat(10_000_000)}\nregion: us\n`)).toContain('.postman-gitlab.yml');
  });
});

describe('a configuration file is taken', () => {
  it('with a mark of byte order and with \\r\\n, as Windows writes it', () => {
    const config = load({ file: '\ufeffdefaults:\r\n  branch: main\r\n  directory: a\r\n' });
    expect(config.backups).toMatchObject([{ branch: 'main', directory: 'a' }]);
  });

  it('or refused, and nothing else, whatever it holds', () => {
    const pieces = fc.constantFrom(
      ...[
        'region',
        'backups',
        'defaults',
        'workspace',
        'branch',
        'directory',
        ': ',
        ':',
        '- ',
        '\n',
        '\n  ',
        '  ',
      ],
      ...[
        '[',
        ']',
        '{',
        '}',
        ',',
        '"',
        "'",
        '|',
        '>',
        '&a ',
        '*a',
        '<<',
        '? ',
        '!!',
        '!x ',
        '# ',
        '---',
        '...',
      ],
      ...[
        '%YAML 1.1\n',
        '\t',
        '\r\n',
        '\ufeff',
        '\0',
        'null',
        '~',
        '1e400',
        '0x',
        'true',
        '@',
        '`',
        '\\',
        '📎',
      ],
    );
    const text = fc.oneof(
      fc.array(pieces, { maxLength: 30 }).map((some) => some.join('')),
      fc.string({ unit: 'binary', maxLength: 60 }),
    );
    fc.assert(
      fc.property(text, (file) => expectTakenOrRefused(() => load({ file }))),
      { seed: SEED, numRuns: 1_500 },
    );
  });
});

/** A refusal is one of ours, on lines of its own. */
function expectTakenOrRefused(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    expect(error, String(error)).toBeInstanceOf(KnownError);
    expect(describeError(error).replaceAll('\n', '')).not.toMatch(UNPRINTABLE);
  }
}

describe('variables', () => {
  const NAMES = [
    ...[
      'WORKSPACE',
      'COLLECTION',
      'EXCLUDE',
      'KINDS',
      'PROJECT',
      'BRANCH',
      'DIRECTORY',
      'FILENAME',
      'LAYOUT',
    ],
    ...['REMOVED', 'MAX_REMOVALS', 'SECRETS', 'ALLOW_SECRETS', 'MODE', 'SKIP_CI', 'COMMIT_PREFIX', 'AUTHOR'],
    ...['API_KEY_VARIABLE', 'REGION', 'DESTINATION', 'REPOSITORY', 'TOKEN_VARIABLE', 'DRY_RUN', 'REPORT_DIR'],
  ].map((name) => `POSTMAN_GITLAB_${name}`);
  const readFile = () => {
    throw Object.assign(new Error('none'), { code: 'ENOENT' });
  };
  const loadEnv = (env: Readonly<Record<string, string>>) => loadConfig({ flags: {}, env, readFile });

  it('are taken or refused, and nothing else, whatever they hold', () => {
    const values = fc.dictionary(
      fc.constantFrom(...NAMES, 'POSTMAN_API_KEY', 'POSTMAN_API_URL', 'CI_SERVER_URL', 'CI_PROJECT_PATH'),
      hostileText,
      { maxKeys: 4 },
    );
    const base = { POSTMAN_API_KEY: 'sample-key', POSTMAN_GITLAB_REPOSITORY: './backup.git' };
    fc.assert(
      fc.property(values, (env) => expectTakenOrRefused(() => loadEnv({ ...base, ...env }))),
      { seed: SEED, numRuns: 1_500 },
    );
  });

  it.each([
    ['POSTMAN_API_KEY', 'sample\nkey'],
    ['GITLAB_TOKEN', 'sample\0token'],
    ['POSTMAN_GITLAB_BRANCH', 'main\nBackup-Run: 1'],
    ['POSTMAN_GITLAB_DIRECTORY', 'a\n✖ BUG'],
    ['POSTMAN_GITLAB_REPOSITORY', '--upload-pack=touch x'],
    ['POSTMAN_GITLAB_PROJECT', 'a/b\n'.repeat(2)],
    ['POSTMAN_GITLAB_AUTHOR', 'A <a@b>\nSigned-off-by: Eve <e@b>'],
    ['POSTMAN_API_URL', 'https://host\n.example\u0000@evil'],
  ])('with a line break, a NUL or a flag in them are refused by their name: %s', (name, value) => {
    const env = { POSTMAN_API_KEY: 'k', POSTMAN_GITLAB_REPOSITORY: './backup.git', GITLAB_TOKEN: 't' };
    const { POSTMAN_GITLAB_REPOSITORY: _, ...toProject } = env;
    const given = name === 'GITLAB_TOKEN' ? toProject : env;
    expect(() => loadEnv({ ...given, CI_SERVER_URL: 'https://gitlab.example', [name]: value })).toThrow(name);
  });

  it('give a message no line and no trailer', () => {
    const env = { POSTMAN_API_KEY: 'k', POSTMAN_GITLAB_REPOSITORY: './b.git' };
    const { backups } = loadEnv({
      ...env,
      POSTMAN_GITLAB_COMMIT_PREFIX: 'OPS-1\n\nSigned-off-by: Eve <e@b>',
    });
    expect(backups[0]?.commitPrefix).toBe('OPS-1 Signed-off-by: Eve <e@b>');
  });
});

describe('the program', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await makeFolder();
    mkdirSync(join(folder, '.postman-gitlab.yml'));
    writeFileSync(join(folder, 'binary.yml'), Buffer.from([0xff, 0xfe, 0x00, 0x80, 0xc0]));
  });

  const env = { POSTMAN_API_KEY: 'sample-key-4711', POSTMAN_GITLAB_REPOSITORY: './backup.git' };

  it('says so when its configuration file is a folder', async () => {
    const { exitCode, stderr } = await run(['backup'], { folder, env });
    expect(stderr).toContain('CONFIG_INVALID');
    expect(stderr).toContain(
      '.postman-gitlab.yml: the configuration file ".postman-gitlab.yml" cannot be read',
    );
    expect(exitCode).toBe(20);
  });

  it('says so when its configuration file is no text', async () => {
    const { exitCode, stderr } = await run(['backup', '--config', 'binary.yml'], { folder, env });
    expect(stderr).toContain('CONFIG_INVALID');
    expect(stderr).toContain('binary.yml:1:');
    expect(exitCode).toBe(20);
  });
});
