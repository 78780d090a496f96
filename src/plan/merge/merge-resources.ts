/** Merges two edits of one resource: that of its file, and that of Postman. Different items or fields go together. */
import { groupBy } from '../../group-by.ts';
import { isObject, isSameJson } from '../../json.ts';
import type { Kind } from '../../model.ts';
import { type Conflict, conflictAt, type Doings } from './conflict.ts';
import {
  childrenOf,
  type Document,
  type Documents,
  type Node,
  putTogether,
  ROOT,
  takeApart,
} from './document.ts';
import { chooseSide, mergeFields } from './merge-fields.ts';
import { mergeOrder } from './merge-order.ts';
import { recogniseNewcomers } from './recognise-newcomers.ts';

export type Versions = {
  /** What both sides began with. */
  readonly base: unknown;
  /** The edited file; what has no id in it is new. */
  readonly ours: unknown;
  /** What Postman has now. */
  readonly theirs: unknown;
};

/** What was merged, or where that cannot be done; there is at least one conflict then. */
export type Merge = { readonly value: unknown } | { readonly conflicts: readonly Conflict[] };

type OnConflict = (node: Node, document: Document, doings: Doings) => void;

const WHOLE: Conflict = { piece: 'resource', name: '', within: [], ours: 'edited', theirs: 'edited' };
const REMOVED_HERE: Doings = { ours: 'removed', theirs: 'edited' };
const REMOVED_THERE: Doings = { ours: 'edited', theirs: 'removed' };

/**
 * @param versions normalized, and redacted alike: a placeholder is equal to whatever stands there in Postman.
 * @throws RangeError when they are nested too deeply.
 */
export function mergeResources(kind: Kind, versions: Versions): Merge {
  const { base, theirs } = versions;
  const ours =
    kind === 'collections' && isObject(base) && isObject(versions.ours) && isObject(theirs)
      ? recogniseNewcomers({ base, ours: versions.ours, theirs })
      : versions.ours;
  const choice = chooseSide({ base, ours, theirs });
  if (choice !== undefined) {
    return { value: choice === 'ours' ? ours : theirs };
  }
  const documents =
    isObject(base) && isObject(ours) && isObject(theirs)
      ? takeApart(kind, { base, ours, theirs })
      : undefined;
  return documents === undefined ? { conflicts: [WHOLE] } : mergeDocuments(documents);
}

function mergeDocuments(documents: Documents): Merge {
  const conflicts: Conflict[] = [];
  const onConflict: OnConflict = (node, document, doings) => {
    conflicts.push(conflictAt(node, document, doings));
  };
  const merged = mergeNodes(documents, onConflict);
  refuseLost(merged, documents, onConflict);
  const children = orderChildren(merged, documents, onConflict);
  return conflicts.length > 0 ? { conflicts } : { value: putTogether(merged, children) };
}

function mergeNodes(documents: Documents, onConflict: OnConflict): Document {
  const { base, ours, theirs } = documents;
  const merged = new Map<string, Node>();
  for (const key of new Set([...theirs.keys(), ...ours.keys()])) {
    const sides = { base: base.get(key), ours: ours.get(key), theirs: theirs.get(key) };
    const node = mergePresence(sides, documents, onConflict);
    if (node !== undefined) {
      merged.set(key, node);
    }
  }
  return merged;
}

type NodeSides = { readonly [Side in keyof Documents]: Node | undefined };

function mergePresence(sides: NodeSides, documents: Documents, onConflict: OnConflict): Node | undefined {
  const { base, ours, theirs } = sides;
  if (ours !== undefined && theirs !== undefined) {
    return mergeNode({ base, ours, theirs }, documents, onConflict);
  }
  const [node, document] = ours === undefined ? [theirs, documents.theirs] : [ours, documents.ours];
  if (node === undefined || (base !== undefined && isSameNode(node, base))) {
    return undefined;
  }
  if (base !== undefined) {
    onConflict(node, document, ours === undefined ? REMOVED_HERE : REMOVED_THERE);
  }
  return node;
}

function isSameNode(one: Node, other: Node): boolean {
  return one.parent === other.parent && isSameJson(one.fields, other.fields);
}

function mergeNode(
  { base, ours, theirs }: { readonly base: Node | undefined; readonly ours: Node; readonly theirs: Node },
  documents: Documents,
  onConflict: OnConflict,
): Node {
  const fields: string[] = [];
  const merged = mergeFields({ base: base?.fields, ours: ours.fields, theirs: theirs.fields }, (field) =>
    fields.push(field),
  );
  if (fields.length > 0) {
    const doing = base === undefined ? 'added' : 'edited';
    onConflict(ours, documents.ours, { ours: doing, theirs: doing, fields });
  }
  const side = chooseSide({ base: base?.parent, ours: ours.parent, theirs: theirs.parent });
  if (side === undefined) {
    onConflict(ours, documents.ours, { ours: 'moved', theirs: 'moved' });
  }
  return { ...(side === 'theirs' ? theirs : ours), fields: merged };
}

/** What lies in something that the other side removed, or in itself, would be gone from the merged version. */
function refuseLost(merged: Document, { base, ours, theirs }: Documents, onConflict: OnConflict): void {
  const reached = reachedFromRoot(merged);
  const lost = [...merged.values()].filter(({ key }) => !reached.has(key));
  const orphans = lost.filter(({ parent = ROOT }) => !merged.has(parent));
  for (const node of orphans) {
    const isOurs = ours.get(node.key)?.parent === node.parent;
    onConflict(node, isOurs ? ours : theirs, isOurs ? REMOVED_THERE : REMOVED_HERE);
  }
  for (const node of orphans.length > 0 ? [] : lost) {
    if (base.get(node.key)?.parent !== node.parent) {
      onConflict(ours.get(node.key) ?? node, ours, { ours: 'moved', theirs: 'moved' });
    }
  }
}

function reachedFromRoot(document: Document): ReadonlySet<string> {
  const inside = groupBy(document.values(), ({ parent = '' }) => parent);
  // Grows while it is read.
  const reached = new Set([ROOT]);
  for (const key of reached) {
    for (const child of inside.get(key) ?? []) {
      reached.add(child.key);
    }
  }
  return reached;
}

function orderChildren(
  merged: Document,
  documents: Documents,
  onConflict: OnConflict,
): ReadonlyMap<string, readonly string[]> {
  const base = childrenOf(documents.base);
  const ours = childrenOf(documents.ours);
  const theirs = childrenOf(documents.theirs);
  const ordered = new Map<string, readonly string[]>();
  for (const [place, keys] of childrenOf(merged)) {
    const lists = {
      base: base.get(place) ?? [],
      ours: ours.get(place) ?? [],
      theirs: theirs.get(place) ?? [],
    };
    const order = mergeOrder(lists, new Set(keys));
    ordered.set(place, order ?? keys);
    const { parent = ROOT, slot } = merged.get(keys[0] ?? ROOT) ?? {};
    const holder = documents.ours.get(parent);
    if (order === undefined && holder !== undefined && slot !== undefined) {
      onConflict(holder, documents.ours, { ours: 'reordered', theirs: 'reordered', fields: [slot] });
    }
  }
  return ordered;
}
