/** A collection becomes a folder of files: the layout `tree` (docs/layout.md). */
import { posix } from 'node:path';
import { isObject, type JsonObject, mapKey, omit } from '../../json.ts';
import { isFolder } from '../kinds/collections.ts';
import type { FolderFile } from '../kinds/kind-format.ts';
import { textOf } from '../kinds/text-of.ts';
import { withSortedKeys } from '../serialize.ts';
import { assignNames, type Item } from './assign-names.ts';
import {
  COLLECTION_NAME,
  DEEP_FOLDER_NAME,
  EXAMPLE,
  EXAMPLES,
  FOLDER_NAME,
  INDEX_NAME,
  README_NAME,
  REQUEST,
  stemOf,
} from './endings.ts';
import {
  createParts,
  type Parts,
  takeDescription,
  takeExampleParts,
  takeFolderParts,
  takeRequestParts,
} from './take-parts.ts';
import { reference, writeYaml } from './write-yaml.ts';

// Git itself refuses trees that are much deeper (core.maxTreeDepth), and Linux paths of more than 4,096 bytes.
const MAX_DEPTH = 64;
const MAX_FOLDER_BYTES = 2000;

const ID = new Set(['id']);
const COLLECTION_ID = new Set(['_postman_id']);

type Writer = {
  readonly files: FolderFile[];
  /** Path of an item's file → the id that was taken out of it; `null` when there was none. */
  readonly ids: Map<string, string | null>;
};

/**
 * @param collection normalized, secrets taken out.
 * @param identity what the side file says of it.
 * @returns its files; `parseCollectionTree` makes the same collection of them.
 */
export function renderCollectionTree(
  collection: JsonObject,
  identity: { readonly id: string | undefined; readonly name: string | undefined },
): readonly FolderFile[] {
  const writer: Writer = { files: [], ids: new Map() };
  const sorted = withSortedKeys(collection);
  const parts = createParts('');
  const node = mapKey(isObject(sorted) ? sorted : {}, 'info', (info) =>
    isObject(info) ? takeDescription(omit(info, COLLECTION_ID), README_NAME, parts) : info,
  );
  const placed = takeFolderParts(placeItems(node, '', writer), stemOf(COLLECTION_NAME), parts);
  writer.files.push({ path: COLLECTION_NAME, content: writeYaml(placed) }, ...parts.files);
  return [
    { path: INDEX_NAME, content: { ...identity, ids: Object.fromEntries(writer.ids) } },
    ...writer.files,
  ];
}

/** @returns the node with a reference in the place of each item that lies in files of its own. */
function placeItems(node: JsonObject, folder: string, writer: Writer): JsonObject {
  return mapKey(node, 'item', (items) =>
    replaceEach(items, (item, name) => {
      const path = posix.join(folder, name);
      if (!isFolder(item)) {
        writeRequest(item, path, writer);
        return `${name}${REQUEST}`;
      }
      if (isTooDeep(path)) {
        writer.ids.set(`${path}/${DEEP_FOLDER_NAME}`, null);
        writer.files.push({ path: `${path}/${DEEP_FOLDER_NAME}`, content: item });
        return `${name}/${DEEP_FOLDER_NAME}`;
      }
      writeFolder(item, path, writer);
      return `${name}/${FOLDER_NAME}`;
    }),
  );
}

function writeFolder(folder: JsonObject, path: string, writer: Writer): void {
  const parts = createParts(path);
  const node = takeFolderParts(placeItems(folder, path, writer), stemOf(FOLDER_NAME), parts);
  writeNode(node, { path: posix.join(path, FOLDER_NAME), parts }, writer);
}

/** @param path without the ending. */
function writeRequest(item: JsonObject, path: string, writer: Writer): void {
  const { dir, base: stem } = posix.parse(path);
  const examples = `${stem}${EXAMPLES}`;
  const placed = mapKey(item, 'response', (responses) =>
    replaceEach(responses, (example, name) => {
      writeExample(example, posix.join(dir, examples, name), writer);
      return `${examples}/${name}${EXAMPLE}`;
    }),
  );
  const parts = createParts(dir);
  writeNode(takeRequestParts(placed, stem, parts), { path: `${path}${REQUEST}`, parts }, writer);
}

/** @param path without the ending. */
function writeExample(example: JsonObject, path: string, writer: Writer): void {
  const { dir, base: stem } = posix.parse(path);
  const parts = createParts(dir);
  writeNode(takeExampleParts(example, stem, parts), { path: `${path}${EXAMPLE}`, parts }, writer);
}

function writeNode(
  node: JsonObject,
  { path, parts }: { readonly path: string; readonly parts: Parts },
  { files, ids }: Writer,
): void {
  const id = textOf(node, 'id');
  ids.set(path, id ?? null);
  // An id that is no text is data like any other.
  files.push({ path, content: writeYaml(id === undefined ? node : omit(node, ID)) }, ...parts.files);
}

/**
 * @param place puts an item into files, and returns where, relative to the file with the list.
 * @returns the list with a reference in the place of each item; what is no object stays in it.
 */
function replaceEach(items: unknown, place: (item: JsonObject, name: string) => string): unknown {
  if (!Array.isArray(items)) {
    return items;
  }
  const names = assignNames(items.map(aboutItem));
  return items.map((item: unknown, index) =>
    isObject(item) ? reference('!item', place(item, names[index] ?? '')) : item,
  );
}

function aboutItem(item: unknown): Item {
  const { name, id } = isObject(item) ? { name: textOf(item, 'name'), id: textOf(item, 'id') } : {};
  return { name: name ?? '', isFolder: isFolder(item), ...(id === undefined ? {} : { id }) };
}

function isTooDeep(folder: string): boolean {
  return folder.split('/').length > MAX_DEPTH || Buffer.byteLength(folder) > MAX_FOLDER_BYTES;
}
