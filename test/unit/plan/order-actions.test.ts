/** Actions in an order that GitLab can follow. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action, Tree } from '../../../src/model.ts';
import { heldBack } from '../../../src/plan/held-back.ts';
import { orderActions } from '../../../src/plan/order-actions.ts';
import { applied, branchOf, fetched, pathsOf } from './samples.ts';

function treeOf(files: Readonly<Record<string, string>>): Tree {
  return { files: new Map(Object.entries(files)) };
}

function moveOf(previousPath: string, path: string): Action {
  return { action: 'move', path, previousPath, content: Buffer.from(`from ${previousPath}`) };
}

function afterwards(actions: readonly Action[], tree: Tree) {
  return Object.fromEntries(applied(orderActions(actions, tree), tree));
}

describe('ordered actions', () => {
  it('let two files swap their places', () => {
    expect(afterwards([moveOf('a', 'b'), moveOf('b', 'a')], treeOf({ a: '', b: '' }))).toEqual({
      a: 'from b',
      b: 'from a',
    });
  });

  it('let a chain of files move on by one, in whichever order it is told', () => {
    const chain = [moveOf('a', 'b'), moveOf('b', 'c'), moveOf('c', 'd')];
    const moved = { b: 'from a', c: 'from b', d: 'from c' };
    expect(afterwards(chain, treeOf({ a: '', b: '', c: '' }))).toEqual(moved);
    expect(afterwards(chain.toReversed(), treeOf({ a: '', b: '', c: '' }))).toEqual(moved);
  });

  it('let a file go where one was deleted', () => {
    const actions: Action[] = [moveOf('a', 'b'), { action: 'delete', path: 'b' }];
    expect(afterwards(actions, treeOf({ a: '', b: '' }))).toEqual({ b: 'from a' });
  });

  it('let a file be created where another one leaves', () => {
    const actions: Action[] = [
      { action: 'create', path: 'a', content: Buffer.from('new') },
      moveOf('a', 'b'),
    ];
    expect(afterwards(actions, treeOf({ a: '' }))).toEqual({ a: 'new', b: 'from a' });
  });

  it('let a file become a folder, and a folder a file', () => {
    expect(afterwards([moveOf('a/x', 'a')], treeOf({ 'a/x': '' }))).toEqual({ a: 'from a/x' });
    expect(afterwards([moveOf('a', 'a/x')], treeOf({ a: '' }))).toEqual({ 'a/x': 'from a' });
  });

  it('move a file as it is, as a move', () => {
    const move: Action = { action: 'move', path: 'archive/a', previousPath: 'a' };
    expect(orderActions([move], treeOf({ a: 'blob' }))).toEqual([move]);
  });

  it('are moves where nothing is in the way', () => {
    expect(orderActions([moveOf('a', 'b')], treeOf({ a: '' }))).toEqual([moveOf('a', 'b')]);
  });

  it('never fail and give the wanted tree, whoever goes where', () => {
    fc.assert(
      fc.property(upheaval, ({ stays, leaves, arrives, order }) => {
        const before = [...stays.map(({ from }) => from), ...leaves];
        const tree = treeOf(Object.fromEntries(before.map((path) => [path, `old ${path}`])));
        const actions: Action[] = [
          ...stays.map(({ from, to }) => changeOf(from, to)),
          ...leaves.map((path): Action => ({ action: 'delete', path })),
          ...arrives.map((path): Action => ({ action: 'create', path, content: Buffer.from('new') })),
        ];
        const wanted = [
          ...stays.map(({ from, to }) => [to, `from ${from}`]),
          ...arrives.map((path) => [path, 'new']),
        ];
        const rankOf = (action: Action) => order[actions.indexOf(action)] ?? 0;
        const told = actions.toSorted((one, other) => rankOf(one) - rankOf(other));
        expect(afterwards(told, tree)).toEqual(Object.fromEntries(wanted));
      }),
      { numRuns: 2000 },
    );
  });
});

function changeOf(from: string, to: string): Action {
  return from === to
    ? { action: 'update', path: to, content: Buffer.from(`from ${from}`) }
    : moveOf(from, to);
}

/** Files that stay somewhere, leave and arrive, and the order in which that is told. A file may become a folder and a folder a file. */
const places = ['a', 'b', 'c', 'd', 'e/x', 'e/y', 'f/z'];
const allPlaces = { minLength: places.length, maxLength: places.length };
const upheaval = fc
  .record({
    from: fc.shuffledSubarray(places, allPlaces),
    to: fc.shuffledSubarray(['a', 'b', 'c', 'd/w', 'e/x', 'e/y', 'f'], allPlaces),
    sizes: fc.tuple(fc.nat(places.length), fc.nat(places.length)),
    order: fc.array(fc.nat(), { minLength: 2 * places.length, maxLength: 2 * places.length }),
  })
  .map(({ from, to, sizes: [one, other], order }) => {
    const [moving, existing] = [Math.min(one, other), Math.max(one, other)];
    return {
      stays: from.slice(0, moving).map((path, index) => ({ from: path, to: to[index] ?? path })),
      ...{ leaves: from.slice(moving, existing), arrives: to.slice(existing), order },
    };
  });

describe('in a run of several commits', () => {
  const branch = branchOf({ a: {}, b: {}, c: {} });

  it('a resource waits until the path it is due on is left', () => {
    const paths = pathsOf({ a: 'b.json', b: 'z.json', c: 'c.json' });
    expect([...heldBack([fetched('a', 'new')], paths, branch)]).toEqual(['collections/a']);
    expect([...heldBack([fetched('a', 'new'), fetched('b', 'new')], paths, branch)]).toEqual([]);
  });

  it('whoever is due on the path of one that waits waits too', () => {
    const paths = pathsOf({ a: 'b.json', b: 'c.json', c: 'z.json' });
    expect([...heldBack([fetched('a', 'new'), fetched('b', 'new')], paths, branch)].sort()).toEqual([
      'collections/a',
      'collections/b',
    ]);
  });

  it('nobody waits who stays, is new or goes to a free path', () => {
    const paths = pathsOf({ a: 'a.json', b: 'free.json', n: 'n.json' });
    expect([...heldBack([fetched('a', '2'), fetched('b', '2'), fetched('n', '2')], paths, branch)]).toEqual(
      [],
    );
  });

  it('two that swap go together', () => {
    const paths = pathsOf({ a: 'b.json', b: 'a.json' });
    expect([...heldBack([fetched('a', '2'), fetched('b', '2')], paths, branch)]).toEqual([]);
  });
});
