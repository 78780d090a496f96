/** What a commit does to the files, and what its manifest says afterwards. */
import { describe, expect, it } from 'vitest';
import type { BranchState } from '../../../src/plan/branch-state.ts';
import { planFiles as planFilesWith } from '../../../src/plan/plan-files.ts';
import { applied, branchOf, branchWithSpec, fetched, fetchedSpec, keyTo, pathsOf } from './samples.ts';

const onA = pathsOf({ a: 'a.json' });

function planFiles(input: Omit<Parameters<typeof planFilesWith>[0], 'isArchived'>) {
  return planFilesWith({ ...input, isArchived: (path) => path.startsWith('_archive/') });
}

describe('a resource', () => {
  it('that is new is created', () => {
    const plan = planFiles({
      fetched: [fetched('a', 'blob-1', { reason: 'added' })],
      branch: branchOf({}),
      paths: onA,
    });
    expect(plan.actions).toEqual([{ action: 'create', path: 'a.json', content: Buffer.from('blob-1') }]);
    expect(plan.outcomes).toMatchObject([{ status: 'changed', changes: ['added'], path: 'a.json' }]);
    expect(plan.manifest.get(keyTo('a'))).toMatchObject({ path: 'a.json', id: 'blob-1', uid: '42-a' });
    expect(plan.manifestChanged).toBe(true);
  });

  it('whose content changed is updated', () => {
    const plan = planFiles({
      ...{
        fetched: [fetched('a', 'blob-2', { reason: 'updated' })],
        branch: branchOf({ a: {} }),
        paths: onA,
      },
    });
    expect(plan.actions).toEqual([{ action: 'update', path: 'a.json', content: Buffer.from('blob-2') }]);
    expect(plan.outcomes).toMatchObject([{ status: 'changed', changes: ['updated'] }]);
    expect(plan.outcomes[0]?.hidden).toBeUndefined();
  });

  it('whose content changed though the list did not show it is reported as such', () => {
    const plan = planFiles({ fetched: [fetched('a', 'blob-2')], branch: branchOf({ a: {} }), paths: onA });
    expect(plan.outcomes).toMatchObject([{ changes: ['updated'], hidden: true }]);
  });

  it('that was renamed is moved together with its new content', () => {
    const plan = planFiles({
      ...{ fetched: [fetched('a', 'blob-2', { name: 'b', reason: 'renamed' })], branch: branchOf({ a: {} }) },
      paths: pathsOf({ a: 'b.json' }),
    });
    expect(plan.actions).toEqual([
      { action: 'move', path: 'b.json', previousPath: 'a.json', content: Buffer.from('blob-2') },
    ]);
    expect(plan.outcomes).toMatchObject([
      { changes: ['renamed', 'updated'], previous: 'a.json', path: 'b.json' },
    ]);
  });

  it('that goes elsewhere under the same name is moved, not renamed', () => {
    const plan = planFiles({
      ...{
        fetched: [fetched('a', 'blob-1')],
        branch: branchOf({ a: {} }),
        paths: pathsOf({ a: 'x/a.json' }),
      },
    });
    expect(plan.outcomes).toMatchObject([{ changes: ['moved'] }]);
  });

  it.each([
    ['edited', 'blob-9', 'update'],
    ['deleted', undefined, 'create'],
  ])('whose file was %s by hand is repaired', (_, id, action) => {
    const plan = planFiles({
      ...{ fetched: [fetched('a', 'blob-1', { reason: 'drifted' })], paths: onA },
      branch: branchOf({ a: {} }, { 'a.json': id }),
    });
    expect(plan.actions).toMatchObject([{ action, path: 'a.json' }]);
    expect(plan.outcomes).toMatchObject([{ status: 'changed', changes: ['repaired'] }]);
    expect(plan.manifestChanged).toBe(false);
  });

  it('that was deleted by hand and renamed in Postman is created under its new name', () => {
    const plan = planFiles({
      ...{ fetched: [fetched('a', 'blob-1', { name: 'b' })], paths: pathsOf({ a: 'b.json' }) },
      branch: branchOf({ a: {} }, { 'a.json': undefined }),
    });
    expect(plan.actions).toMatchObject([{ action: 'create', path: 'b.json' }]);
  });

  it('whose file already has the new content changes only the manifest', () => {
    const plan = planFiles({
      ...{
        fetched: [fetched('a', 'blob-2')],
        branch: branchOf({ a: {} }, { 'a.json': 'blob-2' }),
        paths: onA,
      },
    });
    expect(plan.actions).toEqual([]);
    expect(plan.manifestChanged).toBe(true);
    expect(plan.outcomes).toMatchObject([{ status: 'changed', changes: ['updated'] }]);
  });

  it('that has no path fails, and its backup stays what it was', () => {
    const branch = branchOf({ a: {} });
    const plan = planFiles({ fetched: [fetched('a', 'blob-2')], branch, paths: pathsOf({}) });
    expect(plan.actions).toEqual([]);
    expect(plan.manifest).toEqual(branch.manifest);
    expect(plan.outcomes).toMatchObject([{ status: 'failed', code: 'PATH_TAKEN', name: 'a' }]);
  });

  it('carries what was found in it', () => {
    const findings = [{ rule: 'secret-variable', path: '$.values[0].value' }];
    const resource = fetched('a', 'blob-1');
    const plan = planFiles({
      ...{
        fetched: [{ ...resource, rendered: { ...resource.rendered, findings } }],
        branch: branchOf({ a: {} }),
        paths: onA,
      },
    });
    expect(plan.outcomes).toMatchObject([{ status: 'unchanged', findings }]);
  });
});

describe('a run that finds nothing new', () => {
  it('has no action and no reason for a commit', () => {
    const plan = planFiles({
      fetched: [fetched('a', 'blob-1')],
      branch: branchOf({ a: {}, b: {} }),
      paths: onA,
    });
    expect(plan).toMatchObject({ actions: [], manifestChanged: false });
    expect(plan.outcomes).toMatchObject([{ status: 'unchanged' }]);
    expect(plan.outcomes).toHaveLength(1);
  });

  it.each([
    ['time', { updatedAt: '2026-01-01T00:00:00.000Z' }],
    ['owner', { uid: '7-a' }],
    ['workspace', { workspace: { id: 'w-other', name: 'Other' } }],
  ])('takes another %s along, which is no reason for a commit', (_, about) => {
    const branch = branchOf({ a: {} });
    const plan = planFiles({ fetched: [fetched('a', 'blob-1', about)], branch, paths: onA });
    expect(plan.manifestChanged).toBe(false);
    expect(plan.manifest).not.toEqual(branch.manifest);
    expect(plan.outcomes).toMatchObject([{ status: 'unchanged' }]);
  });

  it('commits a name that the manifest has wrong', () => {
    const plan = planFiles({
      ...{ fetched: [fetched('a', 'blob-1')], branch: branchOf({ a: { name: 'old' } }), paths: onA },
    });
    expect(plan).toMatchObject({ actions: [], manifestChanged: true });
  });

  it('commits a manifest that was rebuilt', () => {
    const plan = planFiles({
      fetched: [],
      branch: { ...branchOf({}), manifestIsCommitted: false },
      paths: onA,
    });
    expect(plan.manifestChanged).toBe(true);
  });
});

describe('two resources', () => {
  it('that swapped their names are on their new paths afterwards', () => {
    const branch = branchOf({ a: { id: 'old-a' }, b: { id: 'old-b' } });
    const { actions } = planFiles({
      fetched: [fetched('a', 'new-a', { name: 'b' }), fetched('b', 'new-b', { name: 'a' })],
      ...{ branch, paths: pathsOf({ a: 'b.json', b: 'a.json' }) },
    });
    expect(Object.fromEntries(applied(actions, branch.tree))).toEqual({
      'a.json': 'new-b',
      'b.json': 'new-a',
    });
  });

  it('of which one is gone and the other takes its name fit into one commit', () => {
    const branch = branchOf({ a: {}, b: {} });
    const plan = planFiles({
      ...{ fetched: [fetched('b', 'new-b', { name: 'a' })], branch, paths: pathsOf({ b: 'a.json' }) },
      removals: {
        actions: [{ action: 'delete', path: 'a.json' }],
        entries: new Map([[keyTo('a'), undefined]]),
        outcomes: [],
      },
    });
    expect(Object.fromEntries(applied(plan.actions, branch.tree))).toEqual({ 'a.json': 'new-b' });
    expect([...plan.manifest.keys()]).toEqual([keyTo('b')]);
    expect(plan.manifestChanged).toBe(true);
  });
});

describe('a resource that is a folder', () => {
  const spec = fetchedSpec('s', { '.postman-spec.json': '{}', 'openapi.yaml': 'a', 'parts/x.yaml': 'x' });
  const paths = new Map([[spec.key, 's.spec']]);
  const next = (contents: Readonly<Record<string, string>>) =>
    fetchedSpec('s', { '.postman-spec.json': '{}', ...contents }, 'updated');
  const filesAfter = (plan: ReturnType<typeof planFiles>, { tree }: BranchState) =>
    [...applied(plan.actions, tree).keys()].sort();

  it('is created file by file, under one entry', () => {
    const branch = branchOf({});
    const plan = planFiles({ fetched: [spec], branch, paths });
    expect(filesAfter(plan, branch)).toEqual([
      's.spec/.postman-spec.json',
      's.spec/openapi.yaml',
      's.spec/parts/x.yaml',
    ]);
    expect(plan.manifest.get(spec.key)).toMatchObject({ path: 's.spec', id: spec.rendered.id });
  });

  it('has no action when its tree is the same', () => {
    const plan = planFiles({ fetched: [spec], branch: branchWithSpec(spec), paths });
    expect(plan).toMatchObject({ actions: [], manifestChanged: false });
    expect(plan.outcomes).toMatchObject([{ status: 'unchanged' }]);
  });

  it('loses the files that it has no more, and only the changed ones are written', () => {
    const branch = branchWithSpec(spec);
    const plan = planFiles({ fetched: [next({ 'openapi.yaml': 'b' })], branch, paths });
    expect(plan.actions).toMatchObject([
      { action: 'delete', path: 's.spec/parts/x.yaml' },
      { action: 'update', path: 's.spec/openapi.yaml' },
    ]);
  });

  it('turns a file into a folder of that name', () => {
    const branch = branchWithSpec(spec);
    const plan = planFiles({ fetched: [next({ 'openapi.yaml/inside.yaml': 'b' })], branch, paths });
    expect(filesAfter(plan, branch)).toEqual([
      's.spec/.postman-spec.json',
      's.spec/openapi.yaml/inside.yaml',
    ]);
  });

  it('moves with all its files when it is renamed', () => {
    const branch = branchWithSpec(spec);
    const plan = planFiles({ fetched: [spec], branch, paths: new Map([[spec.key, 'new/t.spec']]) });
    expect(plan.actions.map(({ action }) => action)).toEqual(['move', 'move', 'move']);
    expect(filesAfter(plan, branch)).toEqual([
      'new/t.spec/.postman-spec.json',
      'new/t.spec/openapi.yaml',
      'new/t.spec/parts/x.yaml',
    ]);
    expect(plan.outcomes).toMatchObject([{ changes: ['moved'], previous: 's.spec' }]);
  });

  it('is repaired when one of its files was deleted by hand', () => {
    const branch = branchWithSpec(spec, { 's.spec/openapi.yaml': undefined });
    const plan = planFiles({ fetched: [spec], branch, paths });
    expect(plan.actions).toMatchObject([{ action: 'create', path: 's.spec/openapi.yaml' }]);
    expect(plan.outcomes).toMatchObject([{ status: 'changed', changes: ['repaired'] }]);
  });

  it('deletes nothing when its index is lost: what is left over may be somebody else’s', () => {
    const branch = {
      ...branchWithSpec(spec, { 's.spec/.postman-spec.json': undefined }),
      unindexed: new Set(['s.spec']),
    };
    const plan = planFiles({ fetched: [next({ 'openapi.yaml': 'b' })], branch, paths });
    expect(filesAfter(plan, branch)).toContain('s.spec/parts/x.yaml');
  });
});

it('says of what returns from the archive that it was restored', () => {
  const branch = branchOf({ a: { path: '_archive/a.json' } });
  const plan = planFiles({ fetched: [fetched('a', 'blob-1')], branch, paths: onA });
  expect(plan.actions).toMatchObject([{ action: 'move', previousPath: '_archive/a.json', path: 'a.json' }]);
  expect(plan.outcomes).toMatchObject([{ changes: ['restored'] }]);
});
