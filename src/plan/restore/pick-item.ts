/** One folder or request out of a collection. */
import { isObject, type JsonObject } from '../../json.ts';

export type PickedItem = {
  readonly item: JsonObject;
  /** What it lies in, the outermost first. */
  readonly within: readonly JsonObject[];
};

/** @returns the names of what an item lies in and its own, with slashes between. */
export function pathOfItem({ item, within }: PickedItem): string {
  return [...within, item].map(({ name }) => String(name ?? '')).join('/');
}

/**
 * @param selector an id, or names with slashes between.
 * @returns the items that are meant: an id decides over a name, and several may have the same names.
 */
export function findItems(collection: JsonObject, selector: string): readonly PickedItem[] {
  const all = listItems(collection);
  const byId = all.filter(({ item }) => item['id'] === selector);
  return byId.length > 0 ? byId : all.filter((one) => pathOfItem(one) === selector);
}

/** @returns all folders and requests, in the order of the collection. */
export function listItems(node: JsonObject, within: readonly JsonObject[] = []): readonly PickedItem[] {
  return itemsOf(node).flatMap((item) => [{ item, within }, ...listItems(item, [...within, item])]);
}

/** @returns the collection with nothing in it but one item and what it lies in: it inherits from that. */
export function onlyItem(collection: JsonObject, { item, within }: PickedItem): JsonObject {
  const content = [...within].reverse().reduce((inner, folder) => ({ ...folder, item: [inner] }), item);
  return { ...collection, item: [content] };
}

/**
 * @param collection as it is now.
 * @returns the collection with the item as it was: in the place of the one with its id, else at the end of its folder,
 * else at the end of the collection.
 */
export function putItem(collection: JsonObject, { item, within }: PickedItem): JsonObject {
  const replaced = replaceItem(collection, item);
  if (replaced !== undefined) {
    return replaced;
  }
  for (const folder of [...within].reverse()) {
    const added = addTo(collection, folder, item);
    if (added !== undefined) {
      return added;
    }
  }
  return { ...collection, item: withItem(collection, item) };
}

function replaceItem(node: JsonObject, wanted: JsonObject): JsonObject | undefined {
  return changeItems(node, (item) => (isSame(item, wanted) ? wanted : replaceItem(item, wanted)));
}

function addTo(node: JsonObject, folder: JsonObject, item: JsonObject): JsonObject | undefined {
  return changeItems(node, (one) =>
    isSame(one, folder) && isFolder(one) ? { ...one, item: withItem(one, item) } : addTo(one, folder, item),
  );
}

/** Postman has folders before requests. */
function withItem(node: JsonObject, item: JsonObject): readonly JsonObject[] {
  const items = [...itemsOf(node), item];
  return [...items.filter(isFolder), ...items.filter((one) => !isFolder(one))];
}

function isFolder({ item }: JsonObject): boolean {
  return Array.isArray(item);
}

/** @param change returns nothing for what it leaves alone. @returns nothing when nothing was changed. */
function changeItems(
  node: JsonObject,
  change: (item: JsonObject) => JsonObject | undefined,
): JsonObject | undefined {
  const items = itemsOf(node);
  const changed = items.map(change);
  return changed.some((item) => item !== undefined)
    ? { ...node, item: items.map((item, index) => changed[index] ?? item) }
    : undefined;
}

function isSame(one: JsonObject, other: JsonObject): boolean {
  return one['id'] !== undefined && one['id'] === other['id'];
}

function itemsOf({ item }: JsonObject): readonly JsonObject[] {
  return Array.isArray(item) ? item.filter(isObject) : [];
}
