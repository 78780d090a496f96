/** What is new, changed, gone or none of this backup's business. */
import { describe, expect, it } from 'vitest';
import type { Listing, ResourceRef } from '../../../src/model.ts';
import type { BranchState } from '../../../src/plan/branch-state.ts';
import { detectChanges, findLeftovers } from '../../../src/plan/detect-changes.ts';
import { doubtEmptyLists } from '../../../src/plan/doubt-empty-lists.ts';
import { branchOf, entryFor, inventoryOf, keyTo, listingOf, pathsOf, payments, refTo } from './samples.ts';

function reasonFor(ref: ResourceRef, branch: BranchState, path = 'a.json') {
  const [one] = detectChanges([ref], branch, pathsOf({ a: path }));
  return one?.reason;
}

describe('a listed resource', () => {
  it('is added when the manifest does not have it', () => {
    expect(reasonFor(refTo('a'), branchOf({}))).toBe('added');
  });

  it('is quiet when path, file, name and time are what they were', () => {
    expect(reasonFor(refTo('a'), branchOf({ a: {} }))).toBeUndefined();
  });

  it('is renamed when its path changes, or when it has none', () => {
    expect(reasonFor(refTo('a'), branchOf({ a: {} }), 'b.json')).toBe('renamed');
    const [one] = detectChanges([refTo('a')], branchOf({ a: {} }), pathsOf({}));
    expect(one?.reason).toBe('renamed');
  });

  it.each([
    ['was edited', 'blob-2'],
    ['is missing', undefined],
  ])('is drifted when its file %s', (_, id) => {
    expect(reasonFor(refTo('a'), branchOf({ a: {} }, { 'a.json': id }))).toBe('drifted');
  });

  it('is updated when the list shows another time, in whichever direction', () => {
    expect(reasonFor(refTo('a', { updatedAt: '2024-01-01T00:00:00.000Z' }), branchOf({ a: {} }))).toBe(
      'updated',
    );
  });

  it('is updated when the list shows another name, though its path stays', () => {
    expect(reasonFor(refTo('a', { name: 'A' }), branchOf({ a: {} }))).toBe('updated');
  });

  it('is never quiet when the list shows no time at all', () => {
    const { updatedAt: _, ...undated } = refTo('a');
    const { updatedAt: __, ...entry } = entryFor('a');
    const branch = { ...branchOf({ a: {} }), manifest: new Map([[keyTo('a'), entry]]) };
    expect(reasonFor(undated, branch)).toBe('updated');
  });

  it('does not change because its owner or its workspace does', () => {
    const moved = refTo('a', { uid: '7-a', workspace: { id: 'w-other', name: 'Other' } });
    expect(reasonFor(moved, branchOf({ a: {} }))).toBeUndefined();
  });
});

describe('a resource of the manifest that is not selected', () => {
  const branch = branchOf({ a: {}, b: {} });
  const changesWith = (...listings: readonly Listing[]) => {
    const { gone, unselected } = findLeftovers(inventoryOf(...listings), [refTo('a')], branch);
    return { gone: gone.map(({ key }) => key), unselected: unselected.map(({ key }) => key) };
  };
  const gone = { gone: ['collections/b'], unselected: [] };
  const unselected = { gone: [], unselected: ['collections/b'] };

  it('is gone when a complete listing of its own workspace and kind does not show it', () => {
    expect(changesWith(listingOf([refTo('a')]))).toEqual(gone);
  });

  it('is not gone when it is listed and only not selected', () => {
    expect(changesWith(listingOf([refTo('a'), refTo('b')]))).toEqual(unselected);
  });

  it('is not gone when it moved to another workspace', () => {
    const other = { id: 'w-other', name: 'Other' };
    expect(changesWith(listingOf([]), listingOf([refTo('b')], { workspace: other }))).toEqual(unselected);
  });

  it('is not gone when the listing is in doubt', () => {
    expect(changesWith(listingOf([refTo('a')], { doubt: 'it names 1 of 2' }))).toEqual(unselected);
  });

  it('is not gone when only another workspace was listed', () => {
    expect(changesWith(listingOf([], { workspace: { id: 'w-other', name: 'Other' } }))).toEqual(unselected);
  });

  it('is not gone when only another kind was listed', () => {
    expect(changesWith(listingOf([], { kind: 'environments', workspace: payments }))).toEqual(unselected);
  });

  it('is not gone when nothing was listed', () => {
    expect(changesWith()).toEqual(unselected);
  });
});

describe('a list that nothing confirms', () => {
  const { manifest } = branchOf({ a: {} });
  const empty = listingOf([], { unconfirmed: true });
  const notFound = listingOf([], { unconfirmed: true, unavailable: '404' });
  const doubts = (listing: Listing, backup: Partial<Parameters<typeof doubtEmptyLists>[1]> = {}) =>
    doubtEmptyLists(inventoryOf(listing), { manifest, isArchived: () => false, removes: true, ...backup })
      .listings;

  it('is in doubt where something was backed up', () => {
    expect(doubts(empty)).toMatchObject([{ doubt: 'it is empty, and there was something' }]);
  });

  it('is believed where nothing was, or only what is archived, and when the workspace says the same', () => {
    expect(doubts(empty, { manifest: new Map() })).toEqual([empty]);
    expect(doubts(empty, { isArchived: () => true })).toEqual([empty]);
    expect(doubts(listingOf([]))).toEqual([listingOf([])]);
  });

  it('does no harm empty where nothing is removed; not found, it hides what was to be looked at', () => {
    expect(doubts(empty, { removes: false })).toEqual([empty]);
    const doubt = expect.stringMatching(/^it is not found \(404\), .* leave them out of `kinds`/);
    expect(doubts(notFound, { removes: false })).toEqual([{ ...empty, doubt }]);
  });

  it('is not offered when it is not found and nothing was backed up', () => {
    expect(doubts(notFound, { manifest: new Map() })).toEqual([notFound]);
  });
});
