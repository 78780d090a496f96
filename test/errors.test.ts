/** The catalogue of errors: each has an exit code of the interface, a way out and a heading in the documentation. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorCodes, KnownError } from '../src/errors.ts';

const documentation = readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8');

describe('docs/errors.md', () => {
  it('has one heading for each code, and none for anything that looks like one', () => {
    const headings = [...documentation.matchAll(/^## ([A-Z_]+)$/gm)].map(([, code]) => code);
    expect(headings.toSorted()).toEqual(errorCodes.toSorted());
  });
});

describe.each(errorCodes)('%s', (code) => {
  const error = new KnownError(code, 'what happened');

  it('has an exit code of the interface that is neither success nor a bug of ours', () => {
    expect([20, 21, 22, 23, 24, 25, 26, 27, 143]).toContain(error.exitCode);
  });

  it('says what to do next, in whole sentences', () => {
    expect(error.hint).toMatch(/^[A-Z][^\n]+\.$/);
  });
});

describe('a known error', () => {
  it('is an error with a code, a message, a hint and the cause', () => {
    const cause = new Error('below');
    const error = new KnownError('PARTIAL', 'Two are missing.', { hint: 'Look again.', cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      ...{ name: 'KnownError', code: 'PARTIAL', exitCode: 25, message: 'Two are missing.' },
      ...{ hint: 'Look again.', cause },
    });
  });

  it('has no cause when nothing caused it', () => {
    expect('cause' in new KnownError('PARTIAL', 'Two are missing.')).toBe(false);
  });
});
