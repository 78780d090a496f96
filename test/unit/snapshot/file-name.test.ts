/** Names from Postman as path segments: legal on every file system, whatever they are. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collisionKey, fileName } from '../../../src/snapshot/file-name.ts';

const SUFFIX = '.postman_collection.json';
const anyName = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        ...[
          '.',
          '..',
          '/',
          '\\',
          ' ',
          '\u00a0',
          '\t',
          '\n',
          '\0',
          '-',
          '~',
          ':',
          '%',
          '\u202e',
          '\u200b',
          '\u206a',
        ],
        ...[
          'CON',
          'aux',
          'nul',
          'COM1',
          'lpt¹',
          '.git',
          'git~1',
          '.json',
          'a',
          'É',
          'e\u0301',
          '🚀',
          '\ud83d',
        ],
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);
const ending = fc.constantFrom('', SUFFIX, ' (0a1b2c3d)', ` (0a1b2c3d)${SUFFIX}`);

function problemsOf(segment: string): string[] {
  const rules: [string, boolean][] = [
    ['empty', segment === ''],
    ['longer than 255 bytes', Buffer.byteLength(segment) > 255],
    ['a folder separator or what Windows refuses', /[\\/:*?"<>|]/.test(segment)],
    ['a control character', /\p{Cc}/u.test(segment)],
    [
      'a mark that shows nothing or turns the direction',
      /[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/.test(segment),
    ],
    ['a dot in front', segment.startsWith('.')],
    ['white space in front', segment !== segment.trimStart()],
    ['a dot or space at the end', /[. ]$/.test(segment)],
    ['a device of Windows', /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³]) *(\.|$)/i.test(segment)],
    ["git's own folder", /^(\.git|git~\d+)$/i.test(segment)],
    ['half a surrogate pair', !segment.isWellFormed()],
    ['not in normal form C', segment !== segment.normalize('NFC')],
  ];
  return rules.filter(([, holds]) => holds).map(([problem]) => problem);
}

describe('the file name of a resource', () => {
  it.each([
    ['Orders', 'Orders'],
    ['Orders v1.2', 'Orders v1.2'],
    ['a/b\\c', 'a-b-c'],
    ['..', '-'],
    ['../../etc/passwd', '-..-etc-passwd'],
    ['.hidden', '-hidden'],
    ['  .hidden', '-hidden'],
    ['name. . ', 'name'],
    ['CON', 'CON-'],
    ['con.v1', 'con-.v1'],
    ['', 'unnamed'],
    [' \u200b ', 'unnamed'],
    ['Zahlungen 💶', 'Zahlungen 💶'],
    ['\u202egnp.exe', 'gnp.exe'],
    ['tab\tand\nline', 'tab and line'],
    ['nul\0byte', 'nul-byte'],
    ['Cafe\u0301', 'Café'],
    ['100% "sure"? <yes>|no*', '100% -sure- -yes-no-'],
  ])('is, for %j, %j', (name, stem) => {
    expect(fileName(name, SUFFIX)).toBe(`${stem}${SUFFIX}`);
  });

  it.each([
    ['.git', '-git'],
    ['.GIT', '-GIT'],
    ['\u206a.git', '-git'],
    ['git~1', 'git~1-'],
    ['.postman-gitlab.json', '-postman-gitlab.json'],
    ['aux', 'aux-'],
    ['trailing...', 'trailing'],
  ])('is, for the folder of a workspace named %j, %j', (name, folder) => {
    expect(fileName(name, '')).toBe(folder);
  });

  it('is cut to 255 bytes, between characters, and keeps its suffix', () => {
    const segment = fileName('🚀'.repeat(300), SUFFIX);
    expect(Buffer.byteLength(segment)).toBeLessThanOrEqual(255);
    expect(Buffer.byteLength(segment)).toBeGreaterThan(250);
    expect(segment).toMatch(/^🚀+\.postman_collection\.json$/u);
  });

  it.each([
    ['the mark behind a device of Windows', `con.${'x'.repeat(300)}`],
    ['a character that normal form C makes longer', '\u0958'.repeat(300)],
  ])('is cut to 255 bytes also with %s', (_, name) => {
    expect(problemsOf(fileName(name, SUFFIX))).toEqual([]);
  });

  it('is no device of Windows either when only the cut makes it one', () => {
    expect(fileName(`con${' '.repeat(300)}x`, SUFFIX)).toBe(`con-${SUFFIX}`);
  });

  it('is legal everywhere, whatever the name', () => {
    fc.assert(
      fc.property(anyName, ending, (name, end) => {
        const segment = fileName(name, end);
        expect(segment.endsWith(end)).toBe(true);
        expect(problemsOf(segment), JSON.stringify(segment)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('is its own file name', () => {
    fc.assert(
      fc.property(anyName, ending, (name, end) => {
        const segment = fileName(name, end);
        expect(fileName(segment.slice(0, segment.length - end.length), end)).toBe(segment);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('two paths', () => {
  it.each([
    ['Orders', 'ORDERS'],
    ['Café', 'Cafe\u0301'],
    ['Straße', 'STRASSE'],
    ['ﬁle', 'FILE'],
    ['Ｗide', 'wide'],
  ])('are one to some file system: %j and %j', (one, other) => {
    expect(collisionKey(one)).toBe(collisionKey(other));
  });

  it('are two when more than case and form differs', () => {
    expect(collisionKey('a/Orders')).not.toBe(collisionKey('a/Order'));
  });
});
