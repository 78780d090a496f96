/** Patterns that could never match are told when the configuration is loaded. */
import picomatch from 'picomatch';
import { describe, expect, it } from 'vitest';
import { loadBackup, problemsOf } from './load-with.ts';

// As src/plan/select-resources.ts matches.
const OPTIONS = { bash: true, dot: true, nonegate: true };
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

describe('a pattern', () => {
  it.each([
    ...[
      'Orders',
      'Order*',
      '**',
      '?',
      '{Orders,Refunds} API',
      '[Draft] Orders',
      '[a-z]*',
      'Orders (old)',
      ':)',
      '(x',
    ],
    ...[
      '@(a|b)',
      '!(*-old)',
      '!x',
      'C++',
      'a|b',
      '{{env}} smoke',
      'closing }',
      '"a',
      String.raw`Orders \[v2`,
    ],
    ...['6f0f1d1e-3b0a-4c57-9a61-0d8f5f1f2a10', '7-6f0f1d1e-3b0a-4c57-9a61-0d8f5f1f2a10'],
  ])('is taken: %s', (pattern) => {
    const file = `backups: [{collection: ${quoted(pattern)}, exclude: ${quoted(pattern)}}]`;
    expect(loadBackup({ file })).toMatchObject({ collection: [pattern], exclude: [pattern] });
  });

  it.each([
    ['Orders [v2', String.raw`Orders \[v2`],
    ['Orders v2]', String.raw`Orders v2\]`],
    ['@(Orders', String.raw`@\(Orders`],
    ['{{env}', String.raw`\{\{env\}`],
    ['[z-a]', String.raw`\[z-a\]`],
    ['ends with \\', String.raw`ends with \\`],
    ['a+(b+)+c', String.raw`a+\(b+\)+c`],
  ])('is refused, with the spelling that matches this very name: %s', (pattern, literal) => {
    expect(picomatch(literal, OPTIONS)(pattern)).toBe(true);
    expect(problemsOf({ file: `defaults: {collection: ${quoted(pattern)}}` })).toEqual([
      `.postman-gitlab.yml:1:24: \`collection\`: "${pattern}" is no pattern that can match: a bracket without its partner, or a range that is none. Write "${literal}" if that is the name, or give the id.`,
    ]);
  });

  it('is refused with its own place in a list, wherever patterns are taken', () => {
    const file = `backups:
  - collection:
      - Orders
      - Refunds [
    exclude: ['{x', y]
    allow-secrets:
      - Orders [#basic
`;
    expect(problemsOf({ file }).map((problem) => problem.split(' is no ')[0])).toEqual([
      '.postman-gitlab.yml:4:9: `collection`: "Refunds ["',
      '.postman-gitlab.yml:5:15: `exclude`: "{x"',
      '.postman-gitlab.yml:7:9: `allow-secrets`: "Orders ["',
    ]);
  });

  it('keeps the backslashes that it has', () => {
    const problems = problemsOf({ flags: { collection: [String.raw`a\(b +(c`] } });
    expect(problems).toEqual([expect.stringContaining(String.raw`Write "a\(b +\(c" if`)]);
  });

  it('is refused when it is longer than any name', () => {
    expect(problemsOf({ flags: { exclude: ['x'.repeat(70_000)] } })).toEqual([
      expect.stringMatching(/^--exclude: `exclude`: "x{199}…" .* Give the id\.$/),
    ]);
  });
});
