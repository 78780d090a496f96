/** What becomes of what is gone, and of what is merely not selected. */
import { describe, expect, it } from 'vitest';
import type { BranchState } from '../../../src/plan/branch-state.ts';
import { planFiles } from '../../../src/plan/plan-files.ts';
import { planRemovals, type RemovalInput, type RemovalRules } from '../../../src/plan/plan-removals.ts';
import { collisionKey } from '../../../src/snapshot/file-name.ts';
import { branchOf, branchWithSpec, fetchedSpec, keyTo, payments, refTo } from './samples.ts';

type Rules = Pick<RemovalRules, 'removed'> & Partial<RemovalRules>;

function removalsOf(
  branch: BranchState,
  rules: Rules,
  more: Partial<Pick<RemovalInput, 'remaining'>> & { unselected?: readonly string[] } = {},
) {
  const { unselected = [], remaining = [refTo('alive')] } = more;
  const entries = [...branch.manifest].map(([key, entry]) => ({ key, entry }));
  const isUnselected = ({ key }: { key: string }) => unselected.some((uuid) => key === keyTo(uuid));
  return planRemovals({
    changes: {
      gone: entries.filter((one) => !isUnselected(one)),
      unselected: entries.filter(isUnselected),
    },
    ...{ remaining, branch, workspaceNames: new Map([[payments.id, payments.name]]) },
    rules: { everyWorkspace: false, removedBefore: 0, ...rules },
    whyUnknown: () => undefined,
    isArchived: (path) => path.startsWith('_archive/'),
    collisionKey,
    archivePaths: (path, uuid) => [`_archive/${path}`, `_archive/${uuid}-${path}`],
  });
}

describe('with `removed: keep`', () => {
  it('the file stays, with its entry, and is reported', () => {
    const branch = branchOf({ a: {} });
    const { actions, entries, outcomes } = removalsOf(branch, { removed: 'keep', maxRemovals: 0 });
    expect(actions).toEqual([]);
    expect(entries.get(keyTo('a'))).toEqual(branch.manifest.get(keyTo('a')));
    expect(outcomes).toMatchObject([{ status: 'kept', note: 'gone from Postman', workspace: 'Payments' }]);
  });

  it('an edit by hand is written down, without the time of the list', () => {
    const { entries } = removalsOf(branchOf({ a: {} }, { 'a.json': 'blob-9' }), { removed: 'keep' });
    expect(entries.get(keyTo('a'))).toMatchObject({ id: 'blob-9', path: 'a.json' });
    expect(entries.get(keyTo('a'))?.updatedAt).toBeUndefined();
  });

  it('what was deleted by hand leaves the manifest', () => {
    const { entries, outcomes } = removalsOf(branchOf({ a: {} }, { 'a.json': undefined }), {
      removed: 'keep',
    });
    expect([...entries]).toEqual([[keyTo('a'), undefined]]);
    expect(outcomes).toEqual([]);
  });
});

describe('with `removed: delete`', () => {
  it('the file and its entry go', () => {
    const { actions, entries, outcomes } = removalsOf(branchOf({ a: {} }), { removed: 'delete' });
    expect(actions).toEqual([{ action: 'delete', path: 'a.json' }]);
    expect([...entries]).toEqual([[keyTo('a'), undefined]]);
    expect(outcomes).toMatchObject([{ status: 'changed', changes: ['removed'], name: 'a' }]);
  });

  it('what is not selected stays', () => {
    const { actions, outcomes } = removalsOf(
      branchOf({ a: {} }),
      { removed: 'delete' },
      { unselected: ['a'] },
    );
    expect(actions).toEqual([]);
    expect(outcomes).toMatchObject([{ status: 'kept', note: 'not selected' }]);
  });

  it('what is archived stays, and is not reported again', () => {
    const branch = branchOf({ a: { path: '_archive/a.json' } });
    const { actions, entries, outcomes } = removalsOf(branch, { removed: 'delete' });
    expect(actions).toEqual([]);
    expect(entries.get(keyTo('a'))).toEqual(branch.manifest.get(keyTo('a')));
    expect(outcomes).toEqual([]);
  });
});

describe('with `removed: archive`', () => {
  it('the file moves as it is, and its entry with it', () => {
    const { actions, entries, outcomes } = removalsOf(branchOf({ a: {} }), { removed: 'archive' });
    expect(actions).toEqual([{ action: 'move', path: '_archive/a.json', previousPath: 'a.json' }]);
    expect(entries.get(keyTo('a'))).toMatchObject({ path: '_archive/a.json', id: 'blob-1' });
    expect(outcomes).toMatchObject([{ changes: ['archived'], path: '_archive/a.json', previous: 'a.json' }]);
  });

  it('a place that is taken is not taken again, also when only its case differs', () => {
    const branch = branchOf({ a: {} }, { '_archive/A.json': 'blob-7' });
    expect(removalsOf(branch, { removed: 'archive' }).actions).toMatchObject([{ path: '_archive/a-a.json' }]);
  });

  it('two that go to one place in one run get two', () => {
    const branch = branchOf({ a: { path: 'x.json' }, b: { path: 'X.json' } });
    expect(removalsOf(branch, { removed: 'archive' }).actions).toMatchObject([
      { path: '_archive/x.json' },
      { path: '_archive/b-X.json' },
    ]);
  });

  it('the file stays when every place is taken', () => {
    const branch = branchOf({ a: {} }, { '_archive/a.json': 'x', '_archive/a-a.json': 'y' });
    const { actions, outcomes } = removalsOf(branch, { removed: 'archive' });
    expect(actions).toEqual([]);
    expect(outcomes).toMatchObject([{ status: 'kept', path: 'a.json' }]);
  });

  it('a run after that has nothing to do, also when the file had been edited by hand', () => {
    const branch = branchOf({ a: {} }, { 'a.json': 'blob-9' });
    const { entries } = removalsOf(branch, { removed: 'archive' });
    const entry = entries.get(keyTo('a'));
    expect(entry).toMatchObject({ path: '_archive/a.json', id: 'blob-9' });
    const after = branchOf({ a: entry ?? {} });
    const plan = planFiles({
      ...{ fetched: [], branch: after, paths: new Map(), isArchived: () => true },
      removals: removalsOf(after, { removed: 'archive' }),
    });
    expect(plan).toMatchObject({ actions: [], manifestChanged: false });
  });
});

describe('the guard', () => {
  const many = (count: number) =>
    branchOf(Object.fromEntries(Array.from({ length: count }, (_, index) => [`r${index}`, {}])));
  const statuses = (branch: BranchState, rules: Rules, remaining = [refTo('alive')]) =>
    new Set(removalsOf(branch, rules, { remaining }).outcomes.map(({ status, code }) => code ?? status));

  it('lets ten go by itself, and not one of eleven', () => {
    expect(statuses(many(10), { removed: 'delete' })).toEqual(new Set(['changed']));
    const { actions, entries, outcomes } = removalsOf(many(11), { removed: 'delete' });
    expect(actions).toEqual([]);
    expect([...entries.values()].filter((entry) => entry === undefined)).toEqual([]);
    expect(outcomes[0]).toMatchObject({ status: 'refused', code: 'REMOVAL_REFUSED' });
    expect(outcomes[0]?.note).toContain('11 resources are gone');
  });

  it('lets as many go as the user says', () => {
    expect(statuses(many(11), { removed: 'archive', maxRemovals: 11 })).toEqual(new Set(['changed']));
    expect(statuses(many(3), { removed: 'archive', maxRemovals: 2 })).toEqual(new Set(['REMOVAL_REFUSED']));
  });

  it('lets none go with `max-removals: 0`', () => {
    expect(statuses(many(1), { removed: 'delete', maxRemovals: 0 })).toEqual(new Set(['REMOVAL_REFUSED']));
  });

  it('keeps the last of a kind in a workspace, unless `max-removals` is set', () => {
    expect(statuses(many(1), { removed: 'delete' }, [])).toEqual(new Set(['REMOVAL_REFUSED']));
    expect(statuses(many(1), { removed: 'delete', maxRemovals: 10 }, [])).toEqual(new Set(['changed']));
  });

  it.each([
    ['of another kind', refTo('x', { kind: 'environments' })],
    ['in another workspace', refTo('x', { workspace: { id: 'w-other', name: 'Other' } })],
  ])('does not count what is left %s', (_, ref) => {
    expect(statuses(many(1), { removed: 'delete' }, [ref])).toEqual(new Set(['REMOVAL_REFUSED']));
  });

  it('counts neither what is archived already nor what was deleted by hand', () => {
    const archived = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`r${index}`, { path: `_archive/r${index}.json` }]),
    );
    const branch = branchOf({ ...archived, a: {}, b: {} }, { 'b.json': undefined });
    expect(statuses(branch, { removed: 'archive', maxRemovals: 1 })).toEqual(new Set(['changed']));
  });
});

describe('a workspace that is not listed any more', () => {
  const inLostWorkspace = () => branchOf({ a: { workspace: 'lost' } });
  const rules = { removed: 'delete' } as const;

  it('fails the run when every workspace is backed up: nobody chose to leave it out', () => {
    const { actions, entries, outcomes } = removalsOf(
      inLostWorkspace(),
      { ...rules, everyWorkspace: true },
      { unselected: ['a'] },
    );
    expect(actions).toEqual([]);
    expect(entries.get(keyTo('a'))?.workspace).toBe('lost');
    expect(outcomes).toMatchObject([{ status: 'failed', code: 'WORKSPACE_NOT_VISIBLE' }]);
  });

  it('is merely not selected when workspaces are named', () => {
    const { outcomes } = removalsOf(inLostWorkspace(), rules, { unselected: ['a'] });
    expect(outcomes).toMatchObject([{ status: 'kept', note: 'not selected' }]);
  });

  it('is settled once its files are deleted on the branch', () => {
    const branch = branchOf({ a: { workspace: 'lost' } }, { 'a.json': undefined });
    const { entries, outcomes } = removalsOf(
      branch,
      { ...rules, everyWorkspace: true },
      { unselected: ['a'] },
    );
    expect([entries.get(keyTo('a')), outcomes]).toEqual([undefined, []]);
  });
});

describe('a folder that is gone from Postman', () => {
  const spec = fetchedSpec('s', { '.postman-spec.json': '{}', 'openapi.yaml': 'a' });
  const rules = { maxRemovals: 5 };

  it('is deleted with all its files', () => {
    const { actions, entries } = removalsOf(branchWithSpec(spec), { removed: 'delete', ...rules });
    expect(actions).toEqual([
      { action: 'delete', path: 's.spec/.postman-spec.json' },
      { action: 'delete', path: 's.spec/openapi.yaml' },
    ]);
    expect([...entries]).toEqual([[spec.key, undefined]]);
  });

  it('stays when its index is lost: nobody can tell whose is whose', () => {
    const branch = { ...branchWithSpec(spec), unindexed: new Set(['s.spec']) };
    const { actions, outcomes } = removalsOf(branch, { removed: 'delete', ...rules });
    expect(actions).toEqual([]);
    expect(outcomes).toMatchObject([{ status: 'kept', note: expect.stringContaining('lost its index') }]);
  });

  it('moves to the archive with all its files', () => {
    const { actions, entries } = removalsOf(branchWithSpec(spec), { removed: 'archive', ...rules });
    expect(actions).toEqual([
      {
        action: 'move',
        previousPath: 's.spec/.postman-spec.json',
        path: '_archive/s.spec/.postman-spec.json',
      },
      { action: 'move', previousPath: 's.spec/openapi.yaml', path: '_archive/s.spec/openapi.yaml' },
    ]);
    expect(entries.get(spec.key)).toMatchObject({ path: '_archive/s.spec', id: spec.rendered.id });
  });
});

it('what the run removed elsewhere counts for the most that it may remove', () => {
  const branch = branchOf({ a: {}, b: {} });
  const rules = { removed: 'delete', maxRemovals: 5 } as const;
  expect(removalsOf(branch, { ...rules, removedBefore: 3 }).actions).toHaveLength(2);
  const { actions, outcomes } = removalsOf(branch, { ...rules, removedBefore: 4 });
  expect(actions).toEqual([]);
  expect(outcomes).toMatchObject([
    { status: 'refused' },
    { note: expect.stringContaining('4 have been removed') },
  ]);
});
