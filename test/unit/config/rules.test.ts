/** What settings mean, beyond their shape. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { loadBackup, problemsOf, refusalOf, withFlags } from './load-with.ts';

describe('the directory', () => {
  it.each([
    ['postman', 'postman'],
    ['a/b/', 'a/b'],
    ['./a//b/.', 'a/b'],
    ['.', ''],
    ['./', ''],
    ['.gitlab/postman', '.gitlab/postman'],
    ['.hidden', '.hidden'],
    ['..a', '..a'],
    ['Ümläut 🚀', 'Ümläut 🚀'],
  ])('may be %j', (directory, expected) => {
    expect(loadBackup({ flags: { directory } }).directory).toBe(expected);
  });

  it.each([
    ...[
      '..',
      '../a',
      'a/../..',
      '/a',
      '/',
      'C:/a',
      'c:a',
      'a\\b',
      '.git',
      'a/.GIT/b',
      'git~1',
      'a\nb',
      'a\u202eb',
    ],
    ...[' a', ' ', './..', './../a', 'a/../b'],
  ])('may not be %j', (directory) => {
    // As the file has it: the ends of a flag are trimmed.
    const file = `defaults: {directory: ${JSON.stringify(directory)}}`;
    expect(problemsOf({ file })).toEqual([
      expect.stringMatching(
        /^\.postman-gitlab\.yml:1:23: `directory` must be a folder inside the repository, not "[^\n\u202e]*"\.$/,
      ),
    ]);
  });
});

describe('the file name', () => {
  const named = (filename: string, more = {}) => withFlags({ collection: ['Orders'], filename, ...more });

  it.each([
    ['orders', 'orders.json'],
    ['orders.json', 'orders.json'],
    ['orders.JSON', 'orders.JSON'],
    ['Orders v1.2', 'Orders v1.2.json'],
  ])('%j becomes %j', (filename, expected) => {
    expect(loadBackup(named(filename)).filename).toBe(expected);
  });

  it.each([
    ['orders', 'orders.postman_collection'],
    ['orders.postman_collection', 'orders.postman_collection'],
    ['Orders v1.2', 'Orders v1.2.postman_collection'],
  ])('%j becomes %j where a collection is a folder', (filename, expected) => {
    expect(loadBackup(named(filename, { layout: 'tree' })).filename).toBe(expected);
  });

  it('may not be that of a file where a collection is a folder', () => {
    expect(problemsOf(named('orders.json', { layout: 'tree' }))).toEqual([
      '--filename: `filename` names a folder with `layout: tree`: write "orders".',
    ]);
  });

  it.each([
    'a/b',
    'a\\b',
    '..',
    '.hidden',
    'a:b',
    'a*',
    'a.',
    'a\0b',
    'CON',
    'nul.json',
    'x\u202egnp',
    'x'.repeat(201),
  ])('may not be %j', (filename) => {
    expect(problemsOf(named(filename))).toEqual([
      expect.stringContaining('`filename` must be a plain file name without folders'),
    ]);
  });

  it('is refused for several collections, told before Postman is asked', () => {
    const file = 'backups:\n  - collection: [Orders, Refunds]\n    filename: orders\n';
    expect(problemsOf({ file })).toEqual([
      '.postman-gitlab.yml:3:15: `filename` is for exactly one collection, and `collection` names 2: leave `filename` out, or give each its own entry of `backups`.',
    ]);
  });

  it.each([
    ['Order*', 'Order\\*'],
    ['[Draft] *', '\\[Draft\\] \\*'],
  ])('is refused for a pattern, with the spelling for that very name: %j', (collection, literal) => {
    const problem = `--collection: \`filename\` is for exactly one collection, and "${collection}" may match several: write "${literal}" if that is the name, or give the id.`;
    expect(problemsOf(named('orders', { collection: [collection] }))).toEqual([problem]);
    expect(loadBackup(named('orders', { collection: [literal] })).filename).toBe('orders.json');
  });

  it('is taken for a name with brackets in it: how many there really are is seen later', () => {
    for (const collection of ['Orders (old)', '[Draft] Orders']) {
      expect(loadBackup(named('orders', { collection: [collection] })).filename).toBe('orders.json');
    }
  });

  it('is refused with more kinds than collections', () => {
    expect(loadBackup(named('orders', { kinds: ['collections'] })).filename).toBe('orders.json');
    expect(problemsOf(named('orders', { kinds: ['all'] }))).toEqual([
      '--kinds: `filename` is for exactly one collection: leave `kinds` out.',
    ]);
  });
});

describe('the branch', () => {
  const candidates = [
    ...[
      'main',
      'feature/postman',
      'a.b',
      'ä🚀',
      'a@b',
      'a{b',
      'user/@',
      'x-1',
      '#12',
      "it's",
      'a"b',
      'a&b|c;d',
    ],
    ...['', 'a b', 'a..b', '/a', 'a/', 'a//b', '.a', 'a/.b', 'a.', 'a.lock', 'a.lock/b', '@', 'a@{b', '-a'],
    ...['a~b', 'a^b', 'a:b', 'a?b', 'a*b', 'a[b', 'a\\b', 'a\u007fb', 'a\tb'],
  ];
  it.each(candidates)('is taken when git takes it: %j', (branch) => {
    const git = spawnSync('git', ['check-ref-format', `refs/heads/${branch}`]);
    // `--branch` refuses a dash in front besides, and `@` is short for HEAD.
    const isTaken = git.status === 0 && !branch.startsWith('-') && branch !== '@';
    const given = { file: `defaults: {branch: ${JSON.stringify(branch)}}` };
    if (isTaken) {
      expect(loadBackup(given).branch).toBe(branch);
    } else {
      expect(problemsOf(given)).toEqual([
        expect.stringMatching(/^\.postman-gitlab\.yml:1:20: `branch`: .* is no branch name that git takes/),
      ]);
    }
  });
});

describe('the author', () => {
  it('is a name and an address', () => {
    const author = ' Jörg "J" O\'Neil <j.oneil+x@example.org> ';
    expect(loadBackup({ flags: { author } }).author).toEqual({
      ...{ name: 'Jörg "J" O\'Neil', email: 'j.oneil+x@example.org' },
    });
  });

  it.each([
    'Name',
    'name@example.org',
    '<a@b>',
    'A <a>',
    'A <a@b> B',
    'A <a@b\nc>',
    'A\nB <a@b>',
    'A <a b@c>',
    'A <<a@b>>',
  ])('is not %j', (author) => {
    expect(problemsOf(withFlags({ author }))).toEqual([
      '--author: `author` must look like "Name <mail@example.com>".',
    ]);
  });
});

describe('a commit', () => {
  it('skips pipelines unless told otherwise', () => {
    expect(loadBackup({}).skipCi).toBe(true);
    expect(loadBackup({ flags: { 'skip-ci': 'false' } }).skipCi).toBe(false);
  });

  it('has a prefix of one line', () => {
    const file = 'defaults: {commit-prefix: "OPS-7:\\nBackup-Run: 1"}';
    expect(loadBackup({ file }).commitPrefix).toBe('OPS-7: Backup-Run: 1');
  });
});

describe('problems', () => {
  it('with a code of their own keep it when they are alone', () => {
    expect(refusalOf({ env: { POSTMAN_GITLAB_REPOSITORY: 'x' } }).code).toBe('POSTMAN_KEY_MISSING');
  });

  it('are told together with what to do about them when they are many', () => {
    const error = refusalOf({ env: {}, flags: { region: 'mars' } });
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.exitCode).toBe(20);
    expect(error.message).toMatch(/^The configuration has 3 problems:\n {2}--region: /);
    expect(error.message).toContain('POSTMAN_API_KEY is empty. Create a key in Postman');
  });

  it('are told once, however many backups they concern', () => {
    const file = 'backups:\n  - directory: a\n  - directory: b\n';
    expect(problemsOf({ file, flags: { removed: 'burn' } })).toEqual([
      '--removed: `removed` must be one of keep, archive, delete.',
    ]);
  });

  it('of one sort have a title of their own', () => {
    expect(refusalOf({ flags: { removed: 'burn' } }).message).toMatch(
      /^The configuration is not right:\n {2}--removed/,
    );
  });
});
