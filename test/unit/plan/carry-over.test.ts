/** What a branch changed, done again on a target that moved on. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ManifestEntry } from '../../../src/model.ts';
import { type BranchSide, planCarryOver } from '../../../src/plan/carry-over.ts';

/** @param entries uuid → path and id, as manifest and file; `others`: files of somebody. */
function side(
  entries: Readonly<Record<string, readonly [path: string, id: string]>>,
  others: Readonly<Record<string, string>> = {},
): BranchSide {
  const list = Object.entries(entries);
  return {
    files: new Map([...list.map(([, one]) => one), ...Object.entries(others)]),
    manifest: new Map(list.map(([uuid, [path, id]]) => [`collections/${uuid}` as const, entryOf(path, id)])),
    theirs: new Set(Object.keys(others)),
  };
}

function entryOf(path: string, id: string): ManifestEntry {
  return { uid: '1', name: path, workspace: 'w', path, id };
}

function idsAfter(sides: Parameters<typeof planCarryOver>[0]): Record<string, string> {
  const files = new Map(sides.target.files);
  for (const [path, id] of planCarryOver(sides).files) {
    if (id === undefined) {
      files.delete(path);
    } else {
      files.set(path, id);
    }
  }
  return Object.fromEntries(files);
}

const base = side({ a: ['A', '1'], b: ['B', '1'], c: ['C', '1'] });

describe('carrying over', () => {
  it('does what the branch did, and leaves what the target did', () => {
    const source = side({ a: ['A', '2'], c: ['D', '1'], e: ['E', '1'] });
    const target = side({ a: ['A', '1'], b: ['B', '1'], c: ['C', '1'] }, { README: 'r' });
    expect(idsAfter({ base, source, target })).toEqual({ A: '2', D: '1', E: '1', README: 'r' });
    expect(planCarryOver({ base, source, target }).manifest).toEqual(source.manifest);
  });

  it('keeps what only the target changed, in its manifest too', () => {
    const source = side({ a: ['A', '2'], b: ['B', '1'], c: ['C', '1'] });
    const target = side({ a: ['A', '1'], b: ['B', '5'], f: ['F', '1'] });
    const { manifest } = planCarryOver({ base, source, target });
    expect(idsAfter({ base, source, target })).toEqual({ A: '2', B: '5', F: '1' });
    expect([...manifest.values()].map(({ path, id }) => path + id).sort()).toEqual(['A2', 'B5', 'F1']);
  });

  it('wins where both changed a file of ours', () => {
    const source = side({ a: ['A', '2'], b: ['B', '1'], c: ['C', '1'] });
    const target = { ...base, files: new Map([...base.files, ['A', 'by hand']]) };
    expect(idsAfter({ base, source, target })['A']).toBe('2');
  });

  it('leaves out a resource on whose path the target has got a file of somebody', () => {
    const source = side({ a: ['A', '1'], b: ['B', '1'], c: ['C', '1'], e: ['E', '1'] });
    const target = side({ a: ['A', '1'], b: ['B', '1'], c: ['C', '1'] }, { E: 'somebody' });
    const { manifest, files } = planCarryOver({ base, source, target });
    expect([...files.keys()]).toEqual([]);
    expect(manifest.has('collections/e')).toBe(false);
  });

  it.each([
    ['where the branch has got a folder', { 'E/1': '1' }, 'E'],
    ['in a folder where the branch has got a file', { E: '1' }, 'E/1'],
  ])('leaves out what would take the place of a file of somebody %s', (_, ours, path) => {
    const source = { ...side({ e: ['E', '1'] }), files: new Map(Object.entries(ours)) };
    const plan = planCarryOver({ base: side({}), source, target: side({}, { [path]: 'somebody' }) });
    expect([[...plan.files], [...plan.manifest]]).toEqual([[], []]);
  });

  it('leaves out a folder into which somebody put a file that the branch has, too', () => {
    const source = side({ a: ['A', '2'] }, { 'A/notes': 'ours' });
    const target = side({ a: ['A', '1'] }, { 'A/notes': 'somebody' });
    expect([...planCarryOver({ base: side({ a: ['A', '1'] }), source, target }).files]).toEqual([]);
  });

  it('does nothing when the target has it all, squashed or not', () => {
    const source = side({ a: ['A', '2'], e: ['E', '1'] });
    const plan = planCarryOver({ base, source, target: source });
    expect([...plan.files]).toEqual([]);
    expect(plan.manifest).toEqual(source.manifest);
  });

  it('gives the branch itself, on a target that did not change', () => {
    const content = fc.dictionary(fc.constantFrom(...'abcdef'), fc.constantFrom('1', '2', '3'));
    const sideOf = (ids: Record<string, string>) =>
      side(
        Object.fromEntries(Object.entries(ids).map(([key, id]) => [key, [key.toUpperCase(), id] as const])),
      );
    fc.assert(
      fc.property(content, content, (before, after) => {
        const sides = { base: sideOf(before), source: sideOf(after), target: sideOf(before) };
        expect(idsAfter(sides)).toEqual(Object.fromEntries(sides.source.files));
        expect(new Map(planCarryOver(sides).manifest)).toEqual(sides.source.manifest);
      }),
    );
  });
});
