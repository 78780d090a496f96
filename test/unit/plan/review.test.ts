/** What a merge request starts from, and what becomes of it. */
import { describe, expect, it } from 'vitest';
import { decideEnd, decideStart, isOthers, type ReviewFacts } from '../../../src/plan/review.ts';

const ours = {
  id: 'a'.repeat(40),
  title: 'Back up',
  message: 'Back up\n\n- x\n\nPostman-Workspace: W\nBackup-Run: 1-1\n',
};
const theirs = { id: 'b'.repeat(40), title: 'Review', message: 'Review\n\nBackup-Run: 1-1 was wrong.\n' };

const none: ReviewFacts = {
  source: 'postman-backup/main',
  target: 'main',
  exists: false,
  ahead: [],
  aheadHere: [],
  targetMoved: false,
  merged: false,
};
const open: ReviewFacts = { ...none, exists: true, open: 7, ahead: [ours], aheadHere: [ours] };
const reviewed: ReviewFacts = { ...open, ahead: [theirs, ours], aheadHere: [ours] };

const fresh = { from: 'target', rebuild: false };
const rebuilt = { from: 'target', rebuild: true };
const goesOn = { from: 'source' };
const stop = (why: string) => ({ from: 'nowhere', why: expect.stringContaining(why) });

describe('a run starts', () => {
  it.each<[string, ReviewFacts, object]>([
    ['from the target when there is no branch yet', none, fresh],
    ['from the branch of the open merge request', open, goesOn],
    ['anew when the target moved', { ...open, targetMoved: true }, rebuilt],
    [
      'anew when nobody has it open: it was merged or closed',
      { ...none, exists: true, ahead: [ours] },
      rebuilt,
    ],
    ['anew when the branch holds nothing of its own', { ...none, exists: true }, rebuilt],
    ['on top of what others committed beside the backup', reviewed, goesOn],
    ['on top also when others are all that is there', { ...reviewed, ahead: [theirs] }, goesOn],
    ['not over an edit by others', { ...reviewed, aheadHere: [theirs, ours] }, stop('would be written over')],
    ['not anew over commits of others', { ...reviewed, targetMoved: true }, stop('"main" has moved')],
    [
      'not over what others left behind',
      { ...none, exists: true, ahead: [theirs] },
      stop('no merge request is open'),
    ],
    ['anew over what was merged', { ...none, exists: true, ahead: [theirs], merged: true }, rebuilt],
  ])('%s', (_, facts, expected) => {
    expect(decideStart(facts)).toEqual(expected);
  });
});

it('takes for ours only what ends with the trailer of a run', () => {
  expect([ours, theirs, { message: '' }].map(isOthers)).toEqual([false, true, true]);
});

describe('the merge request', () => {
  const quiet = { isOpen: false, committed: false, isCertain: true, isEmpty: false };
  const target = { from: 'target', rebuild: true } as const;
  const source = { from: 'source' } as const;
  it.each([
    ['is not opened without a change', target, quiet, 'none'],
    ['is created with the first change', target, { ...quiet, committed: true }, 'created'],
    ['is updated with the next one', source, { ...quiet, isOpen: true, committed: true }, 'updated'],
    ['stays when nothing is new', source, { ...quiet, isOpen: true }, 'unchanged'],
    ['is closed when the target has it all', target, { ...quiet, isOpen: true }, 'closed'],
    ['stays when something failed', target, { ...quiet, isOpen: true, isCertain: false }, 'unchanged'],
    [
      'is closed when it got empty',
      source,
      { ...quiet, isOpen: true, committed: true, isEmpty: true },
      'closed',
    ],
  ] as const)('%s', (_, start, run, expected) => {
    expect(decideEnd(start, run)).toBe(expected);
  });
});
