/** Every spelling of rate and retry headers that Postman and GitLab are known to send. */
import { describe, expect, test } from 'vitest';
import { type RateLimit, readRateLimit } from '../../../src/http/rate-limit.ts';

const now = Date.parse('2026-01-05T11:00:00Z');
const epochIn30s = String(now / 1000 + 30);
const dateIn30s = 'Mon, 05 Jan 2026 11:00:30 GMT';

const cases: readonly [title: string, headers: Record<string, string>, expected: RateLimit][] = [
  ['no headers', {}, {}],
  ['Retry-After in seconds', { 'Retry-After': '7' }, { retryAfterMs: 7000 }],
  ['Retry-After as a date', { 'Retry-After': dateIn30s }, { retryAfterMs: 30_000 }],
  ['RetryAfter', { RetryAfter: '7' }, { retryAfterMs: 7000 }],
  ['X-RateLimit-RetryAfter', { 'X-RateLimit-RetryAfter': '7' }, { retryAfterMs: 7000 }],
  ['RateLimit-Reset in seconds', { 'RateLimit-Reset': '30' }, { resetMs: 30_000 }],
  ['RateLimit-Reset as a point in time', { 'RateLimit-Reset': epochIn30s }, { resetMs: 30_000 }],
  ['X-RateLimit-Reset in seconds', { 'X-RateLimit-Reset': '30' }, { resetMs: 30_000 }],
  ['X-RateLimit-Reset as a point in time', { 'X-RateLimit-Reset': epochIn30s }, { resetMs: 30_000 }],
  ['RateLimit-ResetTime', { 'RateLimit-ResetTime': dateIn30s }, { resetMs: 30_000 }],
  ['RateLimit', { RateLimit: 'limit=300, remaining=4, reset=12' }, { remaining: 4, resetMs: 12_000 }],
  [
    'RateLimit without spaces',
    { RateLimit: 'limit=300,remaining=0,reset=12' },
    { remaining: 0, resetMs: 12_000 },
  ],
  ['RateLimit-Remaining', { 'RateLimit-Remaining': '5' }, { remaining: 5 }],
  ['X-RateLimit-Remaining', { 'X-RateLimit-Remaining': '0' }, { remaining: 0 }],
  ["the month's quota, which is another limit", { 'RateLimit-Remaining-Month': '0' }, {}],
  ['the policy, which is no state', { 'RateLimit-Policy': '300;w=60' }, {}],
  ['a moment that has passed', { 'Retry-After': 'Mon, 05 Jan 2026 10:00:00 GMT' }, { retryAfterMs: 0 }],
  ['an epoch that has passed', { 'RateLimit-Reset': '1700000000' }, { resetMs: 0 }],
  ['nonsense', { 'Retry-After': 'soon', 'RateLimit-Reset': '', 'RateLimit-Remaining': 'few' }, {}],
  ['two values in one header', { 'Retry-After': '5, 3' }, {}],
  [
    'nonsense in one spelling, sense in the next',
    { 'Retry-After': '-', RetryAfter: '2' },
    { retryAfterMs: 2000 },
  ],
];

describe('readRateLimit', () => {
  test.each(cases)('understands %s', (_title, headers, expected) => {
    expect(readRateLimit(new Headers(headers), now)).toEqual(expected);
  });
});
