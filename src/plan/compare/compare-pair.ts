/** Says what became of one piece that is in both versions: its name, its place, its fields, the order of what it holds. */
import { isSameJson } from '../../json.ts';
import type { Difference, Piece } from '../../model.ts';
import { type LabelledValue, OTHER_FIELDS, type PieceNode } from './piece-tree.ts';
import { type Places, parentOf, withinOf } from './places.ts';

type Surroundings = {
  readonly before: Places;
  readonly after: Places;
  /** Piece of the older version → the same in the newer one. */
  readonly later: ReadonlyMap<PieceNode, PieceNode>;
};

type Order = Extract<Difference, { change: 'reordered' }>['order'];

// Of files, schemas and attached collections the order means nothing.
const ORDER_OF: Partial<Record<Piece, Order>> = {
  folder: 'items',
  request: 'items',
  example: 'examples',
  variable: 'variables',
};

const ABSENT = -1;

export function comparePair(
  old: PieceNode,
  now: PieceNode,
  surroundings: Surroundings,
): readonly Difference[] {
  const { before, after, later } = surroundings;
  const about = { piece: now.piece, name: now.name, within: withinOf(now, after) };
  const differences: Difference[] = [];
  if (old.name !== now.name) {
    differences.push({ ...about, change: 'renamed', previous: old.name });
  }
  const oldParent = parentOf(old, before);
  if (oldParent !== undefined && later.get(oldParent) !== parentOf(now, after)) {
    differences.push({ ...about, change: 'moved', from: withinOf(old, before) });
  }
  const fields = changedFields(old, now);
  if (fields.length > 0) {
    differences.push({ ...about, change: 'edited', fields });
  }
  for (const order of changedOrders(old, now, surroundings)) {
    differences.push({ ...about, change: 'reordered', order });
  }
  return differences;
}

function changedFields(old: PieceNode, now: PieceNode): readonly string[] {
  const fields = isSameJson(old.content, now.content) ? [] : changedLabels(old, now);
  const isOther = fields.length === 0 && isOtherwiseChanged(old, now);
  return isOther ? [OTHER_FIELDS] : fields;
}

/** A change that no label shows, as that of an address from a text to an object; or a list that came or went empty. */
function isOtherwiseChanged(old: PieceNode, now: PieceNode): boolean {
  const sizes = [...old.lists.keys(), ...now.lists.keys()].map((key) => [
    old.lists.get(key) ?? ABSENT,
    now.lists.get(key) ?? ABSENT,
  ]);
  const cameOrWentEmpty = sizes.some((pair) => Math.max(...pair) === 0 && pair.includes(ABSENT));
  return cameOrWentEmpty || !isSameJson(old.content, now.content);
}

function changedLabels(old: PieceNode, now: PieceNode): readonly string[] {
  const before = byLabel(old.label());
  const after = byLabel(now.label());
  const labels = [...new Set([...before.keys(), ...after.keys()])];
  const changed = labels.filter((label) => !isSameJson(before.get(label), after.get(label)));
  const isOther = (label: string) => label === OTHER_FIELDS;
  return [...changed.filter((label) => !isOther(label)), ...changed.filter(isOther)];
}

function byLabel(values: readonly LabelledValue[]): ReadonlyMap<string, readonly unknown[]> {
  const fields = new Map<string, unknown[]>();
  for (const [label, value] of values) {
    const same = fields.get(label) ?? [];
    same.push(value);
    fields.set(label, same);
  }
  return fields;
}

/** What was there before and is there now: when their order is the same, nothing was reordered. */
function changedOrders(old: PieceNode, now: PieceNode, { after, later }: Surroundings): ReadonlySet<Order> {
  const changed = new Set<Order>();
  const last = new Map<Order, number>();
  for (const child of old.children) {
    const same = later.get(child);
    const place = same === undefined ? undefined : after.get(same);
    const order = ORDER_OF[child.piece];
    if (place?.parent !== now || order === undefined) {
      continue;
    }
    if (place.index < (last.get(order) ?? -1)) {
      changed.add(order);
    }
    last.set(order, place.index);
  }
  return changed;
}
