/** Untrusted text on one line: it can neither forge a line nor hide one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from '../../src/printable.ts';

describe('printable text', () => {
  it.each([
    ['Orders', 'Orders'],
    [' padded\t', 'padded'],
    ['two\r\nlines', 'two lines'],
    ['\u001b[31mred\u001b[0m', '[31mred [0m'],
    ['section_start:1:x\r\u001b[0K', 'section_start:1:x [0K'],
    ['a\u2028b\u2029c\u0085d', 'a b c d'],
    ['abc\u202egnp', 'abc gnp'],
    ['half \ud83d', 'half \ufffd'],
    ['Zahlung 💶 é', 'Zahlung 💶 é'],
    ['', ''],
  ])('of %j is %j', (text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  it('is cut to its length, with a mark, and never through a character', () => {
    expect(printable('x'.repeat(200))).toBe('x'.repeat(200));
    expect(printable('x'.repeat(201))).toBe(`${'x'.repeat(199)}…`);
    expect(printable('abc💶def', 5)).toBe('abc\ufffd…');
    expect(printable('abcdef', 3)).toBe('ab…');
  });

  it('is one line without control or direction marks, well-formed and no longer than allowed, whatever it was', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.integer({ min: 1, max: 250 }),
        (text, length) => {
          const line = printable(text, length);
          expect(line.length).toBeLessThanOrEqual(length);
          expect(line.isWellFormed()).toBe(true);
          expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('stays what it is when it is made printable again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const once = printable(text);
        expect(printable(once)).toBe(once);
      }),
    );
  });
});
