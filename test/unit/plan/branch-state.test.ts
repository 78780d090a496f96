/** What on a branch is not ours. */
import { expect, it } from 'vitest';
import { foreignPaths } from '../../../src/plan/branch-state.ts';
import { branchOf } from './samples.ts';

it('calls every file foreign that no entry of the manifest names', () => {
  expect(foreignPaths(branchOf({ a: {} }, { 'b.json': 'blob-2', 'x/a.json': 'blob-1' }))).toEqual([
    'b.json',
    'x/a.json',
  ]);
});
