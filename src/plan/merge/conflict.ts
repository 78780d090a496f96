/** What two sides did to one place: told by names, never by values. */

import type { Quote } from '../../describe-differences.ts';
import { nameOfKind } from '../../kind-name.ts';
import type { Kind, Piece } from '../../model.ts';
import type { Document, Node, Slot } from './document.ts';

type Doing = 'added' | 'edited' | 'removed' | 'moved' | 'reordered';

/** The repository's side is ours, Postman's theirs. */
export type Conflict = {
  readonly piece: Piece;
  readonly name: string;
  /** Names of what it lies in, the outermost first. */
  readonly within: readonly string[];
  readonly ours: Doing;
  readonly theirs: Doing;
  /** As they are called in the file. */
  readonly fields?: readonly string[];
};

export type Doings = Pick<Conflict, 'ours' | 'theirs' | 'fields'>;

const PIECES: Readonly<Record<Slot, Piece>> = {
  item: 'request',
  response: 'example',
  variable: 'variable',
  values: 'variable',
  files: 'file',
  // Told as a field of what listens.
  event: 'resource',
};
// Nobody reads a longer path.
const MAX_NAMES = 12;

/** @param document a version that holds the node. */
export function conflictAt(node: Node, document: Document, doings: Doings): Conflict {
  const { parent = '', slot, label } = node;
  const above = document.get(parent);
  if (slot === 'event' && above !== undefined) {
    return conflictAt(above, document, { ...doings, fields: [`event ${label}`] });
  }
  return { piece: pieceOf(node), name: label, within: namesAbove(node, document), ...doings };
}

function pieceOf({ slot, fields }: Node): Piece {
  if (slot === 'item' && Array.isArray(fields['item'])) {
    return 'folder';
  }
  return slot === undefined ? 'resource' : PIECES[slot];
}

function namesAbove({ parent }: Node, document: Document): readonly string[] {
  const names: string[] = [];
  let above = parent === undefined ? undefined : document.get(parent);
  while (above?.parent !== undefined && names.length < MAX_NAMES) {
    names.unshift(above.label);
    above = document.get(above.parent);
  }
  return names;
}

/** @returns `request "Create order" in "Orders": body edited here and in Postman`. */
export function describeConflict(kind: Kind, conflict: Conflict, quote: Quote): string {
  const { piece, name, within, ours, theirs, fields = [] } = conflict;
  const what = piece === 'resource' ? nameOfKind(kind) : `${piece} ${quote(name)}`;
  const where = within.length === 0 ? '' : ` in ${quote(within.join(' / '))}`;
  const which = fields.length === 0 ? '' : `${fields.map(quote).join(', ')} `;
  const who = ours === theirs ? `${ours} here and in Postman` : `${ours} here, ${theirs} in Postman`;
  return `${what}${where}: ${which}${who}`;
}
