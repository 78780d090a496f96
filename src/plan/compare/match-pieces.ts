/** Finds what became of each piece of the older version in the newer one. */
import { groupBy } from '../../group-by.ts';
import { isSameJson } from '../../json.ts';
import type { Piece } from '../../model.ts';
import type { PieceNode } from './piece-tree.ts';

export type Matches = {
  /** Piece of the older version → the same in the newer one. */
  readonly later: ReadonlyMap<PieceNode, PieceNode>;
  readonly earlier: ReadonlyMap<PieceNode, PieceNode>;
};

/**
 * By id, wherever it went. What has no id of its own, or has another one now, is the one of the same name in the same
 * place; or, without ids, what has nothing but another name there.
 */
export function matchPieces(before: PieceNode, after: PieceNode): Matches {
  const later = new Map<PieceNode, PieceNode>();
  const earlier = new Map<PieceNode, PieceNode>();
  const pairs: (readonly [PieceNode, PieceNode])[] = [];
  const match = (old: PieceNode, now: PieceNode) => {
    later.set(old, now);
    earlier.set(now, old);
    pairs.push([old, now]);
  };

  match(before, after);
  const byId = uniqueById(after);
  for (const [id, old] of uniqueById(before)) {
    const now = byId.get(id);
    if (now !== undefined) {
      match(old, now);
    }
  }
  // Grows while it is read: whose parents have been matched, can be matched in their place.
  for (const [old, now] of pairs) {
    const gone = () => old.children.filter((child) => !later.has(child));
    const added = () => now.children.filter((child) => !earlier.has(child));
    matchByName(gone(), added(), match);
    // What else came or went among them has no say in it.
    const [left, right] = [byPiece(gone()), byPiece(added())];
    for (const [piece, olds] of left) {
      for (const [index, there] of olds.entries()) {
        const child = right.get(piece)?.[index];
        if (child !== undefined && isRenamed(there, child)) {
          match(there, child);
        }
      }
    }
  }
  return { later, earlier };
}

/** An id that stands twice tells nothing. */
function uniqueById(root: PieceNode): ReadonlyMap<string, PieceNode> {
  const found = new Map<string, PieceNode>();
  const doubled = new Set<string>();
  const visit = ({ children }: PieceNode) => {
    for (const child of children) {
      if (child.id !== undefined) {
        const key = `${child.piece} ${child.id}`;
        if (found.has(key)) {
          doubled.add(key);
        }
        found.set(key, child);
      }
      visit(child);
    }
  };
  visit(root);
  for (const key of doubled) {
    found.delete(key);
  }
  return found;
}

/** Of several with one name, the first is the first. */
function matchByName(
  olds: readonly PieceNode[],
  nows: readonly PieceNode[],
  match: (old: PieceNode, now: PieceNode) => void,
): void {
  const waiting = new Map<string, PieceNode[]>();
  for (const now of nows.toReversed()) {
    const key = `${now.piece} ${now.name}`;
    const same = waiting.get(key);
    if (same === undefined) {
      waiting.set(key, [now]);
    } else {
      same.push(now);
    }
  }
  for (const old of olds) {
    const now = waiting.get(`${old.piece} ${old.name}`)?.pop();
    if (now !== undefined) {
      match(old, now);
    }
  }
}

function byPiece(nodes: readonly PieceNode[]): ReadonlyMap<Piece, readonly PieceNode[]> {
  return groupBy(nodes, ({ piece }) => piece);
}

function isRenamed(old: PieceNode, now: PieceNode): boolean {
  return old.id === undefined && now.id === undefined && isSame({ ...old, name: '' }, { ...now, name: '' });
}

function isSame(one: PieceNode, other: PieceNode): boolean {
  return (
    one.piece === other.piece &&
    one.name === other.name &&
    one.children.length === other.children.length &&
    isSameJson(one.content, other.content) &&
    one.children.every((child, index) => {
      const its = other.children[index];
      return its !== undefined && isSame(child, its);
    })
  );
}
