/** How long is waited before the next try, as a table of numbers. */
import { describe, expect, test } from 'vitest';
import { HttpError } from '../../../src/http/http-error.ts';
import { defaultPolicy } from '../../../src/http/policy.ts';
import { waitBeforeRetry } from '../../../src/http/retry.ts';

type Failure = { method?: string; status?: number; headers?: Record<string, string> };

function wait(failure: Failure, { tries = 1, leftMs = 900_000 } = {}): number | undefined {
  const { method = 'GET', status = 503, headers = {} } = failure;
  const error = new HttpError({
    reason: 'status',
    method,
    url: 'https://api.test/x',
    status,
    headers: new Headers(headers),
  });
  return waitBeforeRetry({ error, tries, leftMs, policy: defaultPolicy, isFinal: undefined });
}

describe('waitBeforeRetry', () => {
  test.each([
    [1, 1000],
    [2, 2000],
    [3, 4000],
    [4, 8000],
  ])('after try %i is between half and the whole of %i ms', (tries, full) => {
    const waits = Array.from({ length: 200 }, () => wait({}, { tries }) ?? Number.NaN);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(full / 2);
    expect(Math.max(...waits)).toBeLessThanOrEqual(full);
    expect(new Set(waits).size).toBeGreaterThan(100);
  });

  test('ends after the fifth try', () => {
    expect(wait({}, { tries: 5 })).toBeUndefined();
  });

  test.each<[string, Failure, number]>([
    ['Retry-After of a 503', { headers: { 'Retry-After': '7' } }, 7000],
    ['Retry-After of a 429', { status: 429, headers: { 'Retry-After': '300' } }, 300_000],
    [
      'Retry-After rather than the reset',
      { status: 429, headers: { 'Retry-After': '2', 'RateLimit-Reset': '60' } },
      2000,
    ],
    ['the reset when a 429 says nothing else', { status: 429, headers: { 'RateLimit-Reset': '60' } }, 60_000],
    [
      'Retry-After of a refused write',
      { method: 'POST', status: 429, headers: { 'Retry-After': '3' } },
      3000,
    ],
    ['five seconds after a 429 without headers: a window has to pass', { status: 429 }, 5000],
    [
      'the same for a Retry-After of 0, which says nothing',
      { status: 429, headers: { 'Retry-After': '0' } },
      5000,
    ],
  ])('is %s', (_title, failure, expected) => {
    expect(wait(failure)).toBe(expected);
  });

  test.each<[string, Failure]>([
    ['a reset that has nothing to do with a 503', { headers: { 'RateLimit-Reset': '60' } }],
  ])('is the backoff for %s', (_title, failure) => {
    const ms = wait(failure);
    expect(ms).toBeGreaterThanOrEqual(500);
    expect(ms).toBeLessThanOrEqual(1000);
  });

  test.each<[string, Failure, { leftMs?: number }]>([
    ['the server asks for more than five minutes', { status: 429, headers: { 'Retry-After': '301' } }, {}],
    [
      'the wait would outlast the time that is left',
      { headers: { 'Retry-After': '60' } },
      { leftMs: 59_000 },
    ],
    ['a write was answered with 503', { method: 'POST', headers: { 'Retry-After': '1' } }, {}],
  ])('is none when %s', (_title, failure, options) => {
    expect(wait(failure, options)).toBeUndefined();
  });
});
