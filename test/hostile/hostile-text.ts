/** Texts that somebody chose in order to harm: what a name, an id or a path in Postman may be. */
import fc from 'fast-check';

/** The same cases in every run: a failure names its own counterexample. */
export const SEED = 20_260_304;

/** Each tries one thing that a log, a shell, a file system, git or GitLab might fall for. */
export const HOSTILE_TEXTS: readonly string[] = [
  // Lines and trailers.
  ...['x\nBackup-Run: 1-1', 'x\r\n\r\nSigned-off-by: Eve <eve@example.com>\r\n', 'x\u2028Backup-Run: 1-1'],
  ...['x\u0085Postman-Workspace: Eve (e)', '---\ndiff --git a b', '\n\n\n', '# a comment for git'],
  // What terminals and GitLab's job log act upon.
  ...[
    '\u001b[2J\u001b[31mred',
    '\u009b31mred',
    'a\rb',
    '\b\b\b',
    '\u0007',
    'x\u202egnp.exe',
    '\u2066a\u2069',
  ],
  ...[
    '\u001b[0Ksection_start:1:x\r\u001b[0K',
    'section_end:1:x\r',
    '✖ BUG  forged',
    '! forged',
    '::error::x',
  ],
  // What GitLab acts upon in a commit message.
  ...[
    '[skip ci]',
    '[CI-SKIP]',
    'Fixes #12',
    'Closes group/project#3',
    '/merge',
    '/close',
    '@all',
    '!7',
    '~bug',
  ],
  // Markdown and HTML.
  ...['`', '``` ', '[a](javascript:alert(1))', '![a](https://evil.example/x.png)', '| a | b |', '# Heading'],
  ...[
    '<script>alert(1)</script>',
    '<!--',
    '</details>',
    '&lt;',
    '$$x$$',
    '[[_TOC_]]',
    '<img src=x onerror=y>',
  ],
  // Paths.
  ...[
    '..',
    '.',
    '../../etc/passwd',
    '/etc/passwd',
    'C:\\x',
    '\\\\host\\share',
    '.git',
    '.GIT/config',
    'git~1',
  ],
  ...['.g\u200cit', '.gitlab-ci.yml', '.gitattributes', '.gitmodules', 'CON', 'nul.txt', 'a:b', 'a.', 'a '],
  ...[
    '.postman-gitlab.json',
    '_archive',
    '-rf',
    '--upload-pack=x',
    '"quoted"',
    "'; rm -rf / #",
    '$(id)',
    '`id`',
  ],
  // What JavaScript trips over.
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', ' ', '\0', '\ud800', '\udc00x', '\ufeff'],
  // What is one to a file system.
  ...['Orders', 'ORDERS', 'orders', 'Ŏrders', 'O\u0306rders', 'ﬁle', 'file', 'ß', 'SS', 'İ', 'i̇'],
  'a'.repeat(5_000),
  '界'.repeat(300),
  '🚀'.repeat(200),
  `${'a/'.repeat(500)}b`,
];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.constantFrom(...HOSTILE_TEXTS.filter(({ length }) => length < 50)), {
        minLength: 2,
        maxLength: 4,
      })
      .map((parts) => parts.join('')),
  },
);

/** Everything that would move a cursor, forge a line or turn text round. */
export const UNPRINTABLE = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** GitLab's default pattern for closing issues, with its three forms of reference and the keys of Jira. */
export const CLOSES_AN_ISSUE =
  /\b(?:clos(?:e[sd]?|ing)|fix(?:e[sd]|ing)?|resolv(?:e[sd]?|ing)|implement(?:s|ed|ing)?):? +(?:issues? +)?(?:[\w/.-]*#\d+|https?:\/\/\S+\/issues\/\d+|[A-Z][A-Z0-9_]+-\d+)/i;
