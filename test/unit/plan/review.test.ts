/** What a merge request starts from, and what becomes of it. */
import { describe, expect, it } from 'vitest';
import {
  decideEnd,
  decideStart,
  directoriesOn,
  isOthers,
  type ReviewFacts,
} from '../../../src/plan/review.ts';

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
};
const left: ReviewFacts = { ...none, exists: true, ahead: [ours], aheadHere: [ours] };
const open: ReviewFacts = { ...left, open: { iid: 7, hasConflicts: false } };
const reviewed: ReviewFacts = { ...open, ahead: [theirs, ours] };
const conflict = { open: { iid: 7, hasConflicts: true } };

const target = { from: 'target' };
const source = { from: 'source' };
const both = { from: 'both' };
const stop = (why: string) => ({ from: 'nowhere', why: expect.stringContaining(why) });

describe('a run starts', () => {
  it.each<[string, ReviewFacts, object]>([
    ['from the target when there is no branch yet', none, target],
    [
      'from the target when the branch holds nothing of its own',
      { ...open, ahead: [], aheadHere: [] },
      target,
    ],
    ['from the branch of the open merge request', open, source],
    ['from a branch for which no run came to open one', left, source],
    ['from both when the target moved: nothing that waits is lost', { ...open, targetMoved: true }, both],
    ['from both when it conflicts', { ...open, ...conflict, targetMoved: true }, both],
    ['from both when no run came to open one', { ...left, targetMoved: true }, both],
    ['from the target when it was merged', { ...left, ended: 'merged', targetMoved: true }, target],
    ['from the target when it was closed', { ...left, ended: 'closed' }, target],
    ['on top of what others committed beside the backup', reviewed, source],
    ['on top also when others are all that is there', { ...reviewed, ahead: [theirs] }, source],
    ['on top also when the target moved', { ...reviewed, targetMoved: true }, source],
    ['on top when others conflict with what is not ours', { ...reviewed, ...conflict }, source],
    ['not over an edit by others', { ...reviewed, aheadHere: [theirs, ours] }, stop('would be written over')],
    ['not anew over commits of others', { ...reviewed, ...conflict, targetMoved: true }, stop('with "main"')],
    ['not over what others left behind', { ...left, ahead: [theirs] }, stop('no merge request is open')],
    [
      'not over what was closed',
      { ...left, ahead: [theirs], ended: 'closed' },
      stop('no merge request is open'),
    ],
    ['from the target when theirs was merged', { ...left, ahead: [theirs], ended: 'merged' }, target],
  ])('%s', (_, facts, expected) => {
    expect(decideStart(facts)).toEqual(expected);
  });
});

it('says whose commits they are', () => {
  const many = { ...reviewed, ahead: [theirs, theirs, ours], aheadHere: [theirs, theirs] };
  expect(decideStart(many)).toEqual(
    stop(': the branch "postman-backup/main" holds bbbbbbbb "Review" and 1 more commits of others (!7).'),
  );
});

it('takes for ours only what ends with the trailer of a run', () => {
  expect([ours, theirs, { message: '' }].map(isOthers)).toEqual([false, true, true]);
});

it('knows from our commits in which directories backups lie, besides those of the run', () => {
  const inside = (directory: string) => ({
    message: `Back up\n\nBackup-Directory: ${directory}\nBackup-Run: 1-1\n`,
  });
  const commits = ['b', 'a/x', 'c d', 'ab', 'b'].map(inside);
  expect(directoriesOn(commits, ['a'])).toEqual(['a', 'b', 'c d', 'ab']);
  expect(directoriesOn([inside('.')], ['a'])).toEqual(['a']);
  expect(directoriesOn([{ message: 'Backup-Directory: b\n' }], ['a'])).toEqual(['a']);
});

describe('the merge request', () => {
  const quiet = { isOpen: false, committed: false, differs: false, hasOthers: false };
  const waiting = { ...quiet, isOpen: true, differs: true };
  it.each([
    ['is not opened without a change', quiet, 'none'],
    ['is created with the first change', { ...quiet, committed: true, differs: true }, 'created'],
    ['is created for what an earlier run left', { ...quiet, differs: true }, 'created'],
    ['is updated with the next one', { ...waiting, committed: true }, 'updated'],
    ['stays when nothing is new', waiting, 'unchanged'],
    ['is closed when nothing is left to bring', { ...waiting, differs: false }, 'closed'],
    ['is closed also when a commit took it back', { ...waiting, committed: true, differs: false }, 'closed'],
    ['stays for what others committed', { ...waiting, differs: false, hasOthers: true }, 'unchanged'],
  ] as const)('%s', (_, run, expected) => {
    expect(decideEnd(run)).toBe(expected);
  });
});
