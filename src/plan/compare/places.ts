/** Where the pieces of a tree lie, and what they hold. */
import type { Piece, PieceCounts } from '../../model.ts';
import type { PieceNode } from './piece-tree.ts';

type Place = {
  /** Absent for the resource itself. */
  readonly parent: PieceNode | undefined;
  /** Its position among the children of `parent`. */
  readonly index: number;
};

/** In the order in which a reader meets them, the resource itself first. */
export type Places = ReadonlyMap<PieceNode, Place>;

// Nobody reads a longer path, and each piece of a deep tree has one.
const MAX_NAMES = 12;

export function placesIn(root: PieceNode): Places {
  const places = new Map<PieceNode, Place>([[root, { parent: undefined, index: 0 }]]);
  const visit = (parent: PieceNode) => {
    for (const [index, child] of parent.children.entries()) {
      places.set(child, { parent, index });
      visit(child);
    }
  };
  visit(root);
  return places;
}

/** @returns the names of what a piece lies in, without the resource's own; of a very deep one, the innermost. */
export function withinOf(node: PieceNode, places: Places): readonly string[] {
  const names: string[] = [];
  for (let above = parentOf(node, places); above !== undefined; above = parentOf(above, places)) {
    if (above.piece === 'resource') {
      return names;
    }
    if (names.length === MAX_NAMES) {
      return ['…', ...names];
    }
    names.unshift(above.name);
  }
  return names;
}

export function parentOf(node: PieceNode, places: Places): PieceNode | undefined {
  return places.get(node)?.parent;
}

/** @param counts whether a piece is to be counted; what lies in others is not looked at. */
export function countPieces(node: PieceNode, counts: (child: PieceNode) => boolean): PieceCounts {
  const found: Partial<Record<Piece, number>> = {};
  const visit = ({ children }: PieceNode) => {
    for (const child of children) {
      if (counts(child)) {
        found[child.piece] = (found[child.piece] ?? 0) + 1;
        visit(child);
      }
    }
  };
  visit(node);
  return found;
}
