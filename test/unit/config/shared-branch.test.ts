/** What entries of `backups` that commit to one branch may not do, and which of them do. */
import { describe, expect, it } from 'vitest';
import { type Given, inCi, load, problemsOf } from './load-with.ts';

const HEAD = '.postman-gitlab.yml';
const job = {
  ...inCi,
  CI_DEFAULT_BRANCH: 'main',
  POSTMAN_API_KEY: 'sample-key',
  GITLAB_TOKEN: 'sample-token',
};

/** @returns a file whose entry n begins in line n + 1, column 5. */
function entries(...lines: readonly string[]): string {
  return ['backups:', ...lines.map((line) => `  - {${line}}`), ''].join('\n');
}

describe('two entries of one branch', () => {
  it.each([
    [
      'the default of both',
      ['workspace: A', 'workspace: B'],
      '2:5',
      '3:5',
      '"Postman Collections" is also that',
    ],
    ['the same', ['directory: a', 'directory: ./a/'], '2:17', '3:17', '"a" is also that'],
    [
      'the same to Windows',
      ['directory: Straße/É', 'directory: STRASSE/e\u0301'],
      '2:17',
      '3:17',
      '/e\u0301" is also',
    ],
    ['one inside the other', ['directory: a', 'directory: A/b'], '2:17', '3:17', '"A/b" lies inside "a"'],
    ['one around the other', ['directory: a/b', 'directory: a'], '2:17', '3:17', '"a" holds "a/b"'],
    ['the root', ['directory: a', 'directory: .'], '2:17', '3:17', '"." (the whole repository) holds "a"'],
    [
      'the default of one',
      ['workspace: A', 'directory: Postman Collections/b'],
      '2:5',
      '3:17',
      'lies inside',
    ],
  ])('may not have folders that meet: %s', (_, lines, there, here, relation) => {
    const [problem = '', ...more] = problemsOf({ file: entries(...lines) });
    expect(more).toEqual([]);
    expect(problem).toMatch(
      new RegExp(`^\\${HEAD}:${here}: the folder .* of \\${HEAD}:${there}, on the same branch`),
    );
    expect(problem).toContain(relation);
    expect(problem).toContain('Give each a `directory` of its own, neither inside the other.');
  });

  it('are told by where they begin when a flag gives both their folder', () => {
    expect(problemsOf({ file: entries('branch: x', 'branch: x'), flags: { directory: 'a' } })).toEqual([
      expect.stringMatching(
        /^\.postman-gitlab\.yml:3:5: the folder "a" is also that of \.postman-gitlab\.yml:2:5,/,
      ),
    ]);
  });

  it('are told, each with the first that it meets', () => {
    const file = entries('directory: a', 'directory: a/b', 'directory: c', 'directory: a');
    expect(problemsOf({ file }).map((problem) => problem.split(':').slice(1, 3).join(':'))).toEqual([
      ...['3:17', '5:17'],
    ]);
  });

  it.each([
    ['folders beside each other', ['directory: a', 'directory: ab']],
    ['other branches', ['branch: a', 'branch: b']],
    ['other projects', ['project: a/b', 'project: a/c']],
  ])('may have %s', (_, lines) => {
    expect(load({ env: job, file: entries(...lines) }).backups).toHaveLength(2);
  });

  it('are told together with all else that is wrong', () => {
    const file = entries('directory: a, removed: no-way', 'directory: a, branch: x y', 'directory: a');
    expect(problemsOf({ file }).map((problem) => problem.replace(/^\S+ /, '').slice(0, 24))).toEqual([
      '`removed` must be one of',
      '`branch`: "x y" is no br',
      'the folder "a" is also t',
    ]);
  });

  it.each([
    ['a directory that is none', ['directory: /', 'directory: a']],
    ['a directory that is no text', ['directory: 1', 'workspace: A']],
    ['a branch that is no text', ['branch: 1', 'workspace: A']],
  ])('are compared only when they can be read: %s', (_, lines) => {
    expect(problemsOf({ file: entries(...lines) })).toHaveLength(1);
  });
});

describe('the target', () => {
  const targetsOf = (given: Given) => load(given).backups.map(({ target }) => target);

  it.each([
    ['the project of the job', ['directory: a', 'directory: b, project: 7']],
    ['the project of the job by its path', ['directory: a', 'directory: b, project: platform/backups']],
    ['its default branch by name', ['directory: a', 'directory: b, branch: main, project: 7']],
    ['another project', ['directory: a, project: x/y', 'directory: b, project: x/y']],
  ])('is one for %s', (_, lines) => {
    const [one, other] = targetsOf({ env: job, file: entries(...lines) });
    expect(one).toBe(other);
  });

  it.each([
    ['another branch', ['directory: a', 'directory: b, branch: x']],
    [
      'the default branch of another project, whose name is not known',
      ['directory: a, project: x/y', 'directory: b, project: x/y, branch: main'],
    ],
    ['another project', ['directory: a', 'directory: b, project: 8']],
  ])('is not one for %s', (_, lines) => {
    expect(new Set(targetsOf({ env: job, file: entries(...lines) })).size).toBe(2);
  });

  it('is that of the repository when there is one', () => {
    const flags = { repository: '../x.git' };
    expect(targetsOf({ env: job, file: entries('directory: a', 'branch: main, project: 8'), flags })).toEqual(
      [...['../x.git ', '../x.git main']],
    );
  });
});

describe('one commit', () => {
  it.each([
    ['author', 'A <a@b.example>', 'B <a@b.example>', '"A <a@b.example>"', '"B <a@b.example>"'],
    ['commit-prefix', 'OPS-1', 'OPS-2', '"OPS-1"', '"OPS-2"'],
    ['skip-ci', 'true', 'false', 'true', 'false'],
  ])('has one %s', (name, one, other, shownOne, shownOther) => {
    const file = entries(`directory: a, ${name}: ${one}`, `directory: b, ${name}: ${other}`);
    const column = `  - {directory: a, ${name}: `.length + 1;
    expect(problemsOf({ file })).toEqual([
      `${HEAD}:3:${column}: \`${name}\` is ${shownOther} here and ${shownOne} in ${HEAD}:2:${column}, but backups of one branch share one commit. Give both the same; \`defaults\` holds for all.`,
    ]);
  });

  it('has no author of one entry only', () => {
    const file = entries('directory: a', 'directory: b, author: A <a@b.example>');
    expect(problemsOf({ file })).toEqual([
      expect.stringContaining(`:3:28: \`author\` is "A <a@b.example>" here and not given in ${HEAD}:2:5`),
    ]);
  });

  it.each([
    ['what is said otherwise is the same', ['directory: a, skip-ci: true', 'directory: b']],
    ['the branches differ', ['skip-ci: true, branch: a', 'skip-ci: false, branch: b']],
  ])('is not asked for more when %s', (_, lines) => {
    expect(load({ file: entries(...lines) }).backups).toHaveLength(2);
  });

  it('is not asked for what cannot be read', () => {
    expect(
      problemsOf({ file: entries('directory: a, author: A', 'directory: b, author: B <b@c.example>') }),
    ).toEqual([expect.stringContaining('`author` must look like')]);
  });
});
