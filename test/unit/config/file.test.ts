/** The configuration file: everything that is wrong with it at once, each with its place. */
import { describe, expect, it } from 'vitest';
import { parseConfigFile } from '../../../src/config/file.ts';
import { loadBackup, problemsOf } from './load-with.ts';

describe('a configuration file', () => {
  it('has everything that is wrong in it told at once, with the place and the nearest word', () => {
    const file = `backups:
  - workspace: Payments
    directry: postman
    max-removals: many
    branch: 1.5
  - just a text
defaults:
  removed: arkive
rechek-budget: 1
region: mars
`;
    expect(problemsOf({ file })).toEqual([
      '.postman-gitlab.yml:3:5: unknown key "directry". Did you mean "directory"?',
      '.postman-gitlab.yml:4:19: `max-removals` must be a whole number, 0 or more.',
      '.postman-gitlab.yml:5:13: `branch` must be a text; put quotes around what looks like a number.',
      '.postman-gitlab.yml:6:5: an entry of `backups` must be a mapping of keys to values.',
      '.postman-gitlab.yml:8:12: `removed` must be one of keep, archive, delete. Did you mean "archive"?',
      '.postman-gitlab.yml:9:1: unknown key "rechek-budget". Did you mean "recheck-budget"?',
      '.postman-gitlab.yml:10:9: `region` must be one of us, eu.',
    ]);
  });

  it.each(['', '# nothing\n', '---\n', 'backups:\ndefaults:\n'])('may say nothing: %j', (file) => {
    expect(loadBackup({ file }).directory).toBe('Postman Collections');
  });

  it.each([
    ['a list', '- a\n', '.postman-gitlab.yml:1:1: the file must be a mapping of keys to values.'],
    ['a text', 'backup everything', '.postman-gitlab.yml:1:1: the file must be a mapping of keys to values.'],
    [
      'a mapping of backups',
      'backups: {a: 1}',
      '.postman-gitlab.yml:1:10: `backups` must be a list with at least one entry; leave it out to back up everything.',
    ],
    [
      'defaults that are a list',
      'defaults: []',
      '.postman-gitlab.yml:1:11: `defaults` must be a mapping of keys to values.',
    ],
    [
      'an empty entry',
      'backups:\n  -\n',
      '.postman-gitlab.yml:2:4: an entry of `backups` must be a mapping of keys to values.',
    ],
    [
      'a mapping as a value',
      'defaults: {branch: {a: 1}}',
      '.postman-gitlab.yml:1:20: `branch` must be a text; put quotes around what looks like a number.',
    ],
    ['a setting of a backup at the top', 'layout: tree', '.postman-gitlab.yml:1:1: unknown key "layout".'],
    ['the name of the file itself', 'config: other.yml', '.postman-gitlab.yml:1:1: unknown key "config".'],
    ['a key that every object has', 'constructor: 1', '.postman-gitlab.yml:1:1: unknown key "constructor".'],
    ['a merge key', 'defaults:\n  <<: {branch: main}', '.postman-gitlab.yml:2:3: unknown key "<<".'],
    ['a key twice', 'region: us\nregion: eu', '.postman-gitlab.yml:2:1: map keys must be unique'],
    ['a tab', 'backups:\n\t- workspace: a', '.postman-gitlab.yml:2:1: tabs are not allowed as indentation'],
    ['an open quote', 'region: "us', '.postman-gitlab.yml:1:12: missing closing "quote'],
  ])('is refused with its place when it holds %s', (_, file, problem) => {
    expect(problemsOf({ file })).toContain(problem);
  });

  it('has no word suggested for an empty one', () => {
    expect(problemsOf({ file: 'region: ""' })).toEqual([
      '.postman-gitlab.yml:1:9: `region` must be one of us, eu.',
    ]);
  });

  it('may name what it repeats', () => {
    const file =
      'backups:\n  - &payments {workspace: &w [Payments], branch: a}\n  - workspace: *w\n  - *payments\n';
    const { backups, problems } = parseConfigFile(file, 'file.yml');
    expect(problems).toEqual([]);
    expect(backups.map(({ settings }) => settings.get('workspace')?.value)).toEqual([
      ['Payments'],
      ['Payments'],
      ['Payments'],
    ]);
  });

  it.each([
    ['nothing', 'defaults:\n  workspace: *nothing\n'],
    ['itself', 'defaults:\n  workspace: &self [*self]\n'],
  ])('is refused with its place when it repeats %s', (_, file) => {
    expect(problemsOf({ file })).toEqual([
      expect.stringMatching(/^\.postman-gitlab\.yml:2:\d+: `workspace` must be/),
    ]);
  });

  it('is refused, and not opened out, when it is a bomb', () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `  - &l${level + 1} [*l${level}, *l${level}, *l${level}]`,
    );
    const file = `defaults:\n  collection:\n  - &l0 x\n${levels.join('\n')}\n`;
    expect(problemsOf({ file })).toEqual([
      expect.stringContaining('`collection` must be a text or a list of texts'),
    ]);
  });

  it('is refused with few words when it is nested without end', () => {
    const problems = problemsOf({ file: '['.repeat(20_000) });
    expect(problems.length).toBeLessThanOrEqual(5);
    expect(problems[0]).toMatch(/^\.postman-gitlab\.yml:1:\d+: /);
  });

  it('has its place told in characters, also after a mark of byte order and with \\r\\n', () => {
    expect(problemsOf({ file: '\ufeffregion: us\r\n"é": 1\r\n' })).toEqual([
      '.postman-gitlab.yml:2:1: unknown key "é".',
    ]);
  });

  it('has a key shown on one line', () => {
    const [problem = ''] = problemsOf({ file: '"a\\nb\\u202e": 1' });
    expect(problem).toBe('.postman-gitlab.yml:1:1: unknown key "a b".');
  });
});
