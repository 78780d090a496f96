/** A resource as a flat set of nodes that are known by their ids: what is merged, whatever kind the resource is of. */
import { isObject, type JsonObject } from '../../json.ts';
import type { Kind } from '../../model.ts';

/** The member of a node that holds other nodes. */
export type Slot = 'item' | 'response' | 'variable' | 'event' | 'values' | 'files';

export type Node = {
  /** The same in each version, wherever the node lies. */
  readonly key: string;
  /** Absent: it is the resource itself. */
  readonly parent?: string;
  readonly slot?: Slot;
  /** What it is called in its slot: a key, a path, the event it listens to. */
  readonly label: string;
  /** All its members; of a slot, only that it is there. */
  readonly fields: JsonObject;
};

/** In the order in which a reader meets them, the resource itself first. */
export type Document = ReadonlyMap<string, Node>;

/** The versions of one resource: what both sides began with, the repository's, Postman's. */
export type Documents = { readonly base: Document; readonly ours: Document; readonly theirs: Document };

type Entry = { readonly label: string; readonly id?: string; readonly value: JsonObject };

const SLOTS: Readonly<Partial<Record<Kind, readonly Slot[]>>> = {
  collections: ['item', 'response', 'variable', 'event'],
  environments: ['values'],
  globals: ['values'],
  specs: ['files'],
};
const LABELS: Readonly<Record<Exclude<Slot, 'files'>, string>> = {
  item: 'name',
  response: 'name',
  variable: 'key',
  values: 'key',
  event: 'listen',
};
/** The key of the resource itself. */
export const ROOT = '';

/**
 * Takes the versions of one resource apart, all alike: a list whose entries cannot be told from each other in one of
 * them (variables with one key, requests of one name without ids) is one field in each.
 * @returns nothing when an id stands twice in one of them.
 */
export function takeApart(
  kind: Kind,
  { base, ours, theirs }: Readonly<Record<keyof Documents, JsonObject>>,
): Documents | undefined {
  const opaque = new Set<string>();
  for (const version of [base, ours, theirs]) {
    flatten(kind, version, opaque);
  }
  const [ofBase, ofOurs, ofTheirs] = [base, ours, theirs].map((version) => flatten(kind, version, opaque));
  return ofBase === undefined || ofOurs === undefined || ofTheirs === undefined
    ? undefined
    : { base: ofBase, ours: ofOurs, theirs: ofTheirs };
}

/** @param opaque lists that are one field; grows by those of this version. */
function flatten(kind: Kind, version: JsonObject, opaque: Set<string>): Document | undefined {
  const nodes = new Map<string, Node>();
  const ambiguous = new Set<string>();

  function visit(value: JsonObject, about: Omit<Node, 'fields'>): void {
    if (nodes.has(about.key)) {
      ambiguous.add(about.key);
    }
    const slots = isHolder(about) ? (SLOTS[kind] ?? []) : [];
    const lists = slots.flatMap((slot) => {
      const entries = readSlot(slot, value[slot], slotKey(about.key, slot), opaque);
      return entries === undefined ? [] : { slot, entries };
    });
    const markers = lists.map(({ slot }) => [slot, slot === 'files' ? {} : []]);
    nodes.set(about.key, { ...about, fields: { ...value, ...Object.fromEntries(markers) } });
    for (const { slot, entries } of lists) {
      for (const { value: child, ...entry } of entries) {
        visit(child, { key: keyOf(entry, about.key, slot), parent: about.key, slot, label: entry.label });
      }
    }
  }

  visit(version, { key: ROOT, label: '' });
  return ambiguous.size > 0 ? undefined : nodes;
}

function isHolder({ slot }: Pick<Node, 'slot'>): boolean {
  return slot === undefined || slot === 'item';
}

/** Items and examples go by their ids, wherever they lie; all else by its name, where it lies. */
function keyOf({ label, id }: Omit<Entry, 'value'>, parent: string, slot: Slot): string {
  return id === undefined
    ? `${slotKey(parent, slot)} ${JSON.stringify(label)}`
    : `${slot} ${JSON.stringify(id)}`;
}

/** @returns nothing when it is a field like others. */
function readSlot(
  slot: Slot,
  value: unknown,
  place: string,
  opaque: Set<string>,
): readonly Entry[] | undefined {
  const entries = slot === 'files' ? readFiles(value) : readList(slot, value);
  const names = entries?.map(({ label, id }) => id ?? `\n${label}`);
  if (entries === undefined || new Set(names).size < entries.length) {
    if (value !== undefined) {
      opaque.add(place);
    }
    return undefined;
  }
  return opaque.has(place) ? undefined : entries;
}

function readFiles(value: unknown): readonly Entry[] | undefined {
  const entries = isObject(value) ? Object.entries(value) : undefined;
  return entries?.every((entry): entry is [string, JsonObject] => isObject(entry[1]))
    ? entries.map(([label, file]) => ({ label, value: file }))
    : undefined;
}

function readList(slot: Exclude<Slot, 'files'>, value: unknown): readonly Entry[] | undefined {
  if (!Array.isArray(value) || !value.every(isObject)) {
    return undefined;
  }
  const hasIds = slot === 'item' || slot === 'response';
  const entries = value.map((entry) => {
    const { [LABELS[slot]]: label, id } = entry;
    const ownId = hasIds && typeof id === 'string' && id !== '' ? { id } : {};
    return { value: entry, label: typeof label === 'string' ? label : undefined, ...ownId };
  });
  return entries.every((entry): entry is Entry => entry.label !== undefined) ? entries : undefined;
}

/** @returns the children of each node in each slot, in their order; by `slotKey`. */
export function childrenOf(document: Document): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>();
  for (const { key, parent, slot } of document.values()) {
    if (parent !== undefined && slot !== undefined) {
      const place = slotKey(parent, slot);
      const siblings = children.get(place) ?? [];
      siblings.push(key);
      children.set(place, siblings);
    }
  }
  return children;
}

function slotKey(parent: string, slot: Slot): string {
  return `${parent}\n${slot}`;
}

/** @param children by `slotKey`, in the order in which they are to stand. */
export function putTogether(document: Document, children: ReadonlyMap<string, readonly string[]>): unknown {
  function build(key: string): JsonObject {
    const { fields = {}, label = '' } = document.get(key) ?? {};
    const members = new Map(Object.entries(fields));
    for (const slot of ['item', 'response', 'variable', 'event', 'values'] as const) {
      const list = children.get(slotKey(key, slot)) ?? [];
      if (list.length > 0) {
        members.set(slot, list.map(build));
      }
    }
    const files = children.get(slotKey(key, 'files')) ?? [];
    if (files.length > 0) {
      const entries = files.map((file) => [document.get(file)?.label ?? label, build(file)]);
      members.set('files', Object.fromEntries(entries));
    }
    return Object.fromEntries(members);
  }
  return build(ROOT);
}
