/** Whether a backup is older than allowed: a quiet team's is not, as long as it misses nothing. */
import { expect, it } from 'vitest';
import { isOverdue } from '../../../../src/plan/verify/is-overdue.ts';
import type { ComparedWithPostman } from '../../../../src/verified.ts';

const HOUR = 3_600_000;
const now = new Date('2026-11-10T12:00:00Z');
const ago = (hours: number) => new Date(now.getTime() - hours * HOUR);
const newer = (hours: number): ComparedWithPostman => ({
  state: 'newer',
  changedAt: ago(hours).toISOString(),
});
const same: ComparedWithPostman = { state: 'same' };

it.each<[string, number | undefined, boolean, ComparedWithPostman, boolean]>([
  ['a young commit', 2, true, newer(100), false],
  ['a young commit, not compared', 2, false, same, false],
  ['an old commit of what has not changed since', 200, true, same, false],
  ['an old commit, and a change of just now', 200, true, newer(1), false],
  ['an old commit, and a change that should have been backed up', 200, true, newer(48), true],
  ['an old commit, and a change of nobody knows when', 200, true, { state: 'newer' }, true],
  ['an old commit, not compared', 200, false, same, true],
  ['no commit, not compared', undefined, false, same, true],
])('%s', (_, age, isCompared, postman, expected) => {
  const newest = age === undefined ? undefined : ago(age);

  expect(isOverdue({ newest, isCompared, now, resources: [{ postman }], maxAge: 26 * HOUR })).toBe(expected);
});
