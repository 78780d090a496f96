/** The search for the forms of many secrets at once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSecretFinder } from '../../src/secret-forms.ts';

describe('the finder of secrets', () => {
  it('tells where each occurrence is, in which form, and what was registered with it', () => {
    const finder = createSecretFinder<string>();
    finder.add('first-secret', 'one');
    finder.add('other-secret', 'two');
    const text = `first-secret ${Buffer.from('other-secret').toString('base64')}`;
    expect(finder.find(text)).toContainEqual({ start: 0, end: 12, isBase64: false, about: 'one' });
    expect(finder.find(text)).toContainEqual({ start: 13, end: 29, isBase64: true, about: 'two' });
  });

  it('keeps what was registered first with a secret', () => {
    const finder = createSecretFinder<string>();
    finder.add('first-secret', 'one');
    finder.add('first-secret', 'two');
    expect(finder.find('first-secret').map(({ about }) => about)).toEqual(['one']);
  });

  it('finds what a search for one after the other finds', () => {
    // Few characters and short secrets: much that overlaps, and much that nearly matches.
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'ü', '\u{1f511}'), maxLength: 60 });
    const secrets = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'ü'), minLength: 5, maxLength: 7 }));
    fc.assert(
      fc.property(text, secrets, (haystack, needles) => {
        const finder = createSecretFinder<string>();
        for (const needle of needles) {
          finder.add(needle, needle);
        }
        const found = finder.find(haystack).filter(({ isBase64, about, start, end }) => {
          return !isBase64 && haystack.slice(start, end) === about;
        });
        expect(new Set(found.map(({ start, about }) => `${start} ${about}`))).toEqual(
          new Set(
            needles.flatMap((needle) => startsOf(needle, haystack).map((start) => `${start} ${needle}`)),
          ),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('takes thousands of secrets with the same beginning and end without slowing down', () => {
    const finder = createSecretFinder<undefined>();
    const secretOf = (index: number) =>
      `eyJhbGciOiJIUzI1NiJ9.${String(index).padStart(12, '0')}.signature-of-it`;
    for (let index = 0; index < 10_000; index += 1) {
      finder.add(secretOf(index), undefined);
    }
    const before = performance.now();
    for (let index = 0; index < 50_000; index += 1) {
      finder.find(`about eyJhbGciOiJIUzI1NiJ9.${index}.signature-of-it`);
    }
    // A tenth of a second; ten and more when each secret is compared.
    expect(performance.now() - before).toBeLessThan(20_000);
    expect(finder.find(`a ${secretOf(1_234)} b`)).toHaveLength(1);
  });
});

function startsOf(needle: string, haystack: string): readonly number[] {
  const starts = Array.from({ length: haystack.length }, (_, start) => start);
  return starts.filter((start) => haystack.startsWith(needle, start));
}
