/** The files of a collection's folder become the collection again (docs/layout.md, layout `tree`). */
import { posix } from 'node:path';
import { KnownError } from '../../errors.ts';
import { isObject, type JsonObject, parseJson } from '../../json.ts';
import { printable } from '../../printable.ts';
import { textOf } from '../kinds/text-of.ts';
import {
  COLLECTION_NAME,
  DEEP_FOLDER_NAME,
  EXAMPLE,
  EXAMPLES,
  FOLDER_NAME,
  INDEX_NAME,
  partPaths,
  REQUEST,
  stemOf,
} from './endings.ts';
import { readYaml } from './read-yaml.ts';
import type { Tag } from './write-yaml.ts';

type Files = ReadonlyMap<string, Buffer>;

type Reader = {
  readonly files: Files;
  /** Path of a YAML file → the id of what is in it. */
  readonly ids: JsonObject;
  /** What a reference, or a rule, has found its place for. */
  readonly used: Set<string>;
  /** Folder → the YAML files of the items that lie in it, in the order of their paths. */
  readonly itemsIn: ReadonlyMap<string, readonly string[]>;
};

/**
 * @param files path below the collection's folder → content. Files of others among them are left alone.
 * @returns the normalized collection that `renderCollectionTree` was given, or what people made of it since.
 * @throws KnownError RESOURCE_INVALID with the file and what is wrong in it.
 */
export function parseCollectionTree(files: Files): JsonObject {
  const index = readIndex(files);
  const reader: Reader = { files, ids: index.ids, used: new Set(), itemsIn: itemsByFolder(files) };
  const node = readNode(COLLECTION_NAME, reader);
  assertNothingIsLeft(reader);
  const { info } = node;
  return isObject(info) ? { ...node, info: { ...info, _postman_id: index.id } } : node;
}

function readIndex(files: Files): { readonly id: string | undefined; readonly ids: JsonObject } {
  if (!files.has(INDEX_NAME)) {
    throw malformed(INDEX_NAME, 'it is missing; it says which collection this is');
  }
  const index = readJson(INDEX_NAME, files);
  const { ids } = index;
  if (!isObject(ids)) {
    throw malformed(INDEX_NAME, 'it has to have the object `ids`');
  }
  return { id: textOf(index, 'id'), ids };
}

function itemsByFolder(files: Files): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>();
  for (const path of [...files.keys()].sort()) {
    const folder = folderOfItem(path);
    if (folder !== undefined) {
      const paths = folders.get(folder) ?? [];
      paths.push(path);
      folders.set(folder, paths);
    }
  }
  return folders;
}

/** @returns the folder that lists the item in this file; nothing when the file is none of an item. */
function folderOfItem(path: string): string | undefined {
  const folder = posix.dirname(path);
  if (posix.basename(path) === FOLDER_NAME) {
    return folder === '.' ? undefined : posix.dirname(folder);
  }
  return path.endsWith(REQUEST) || path.endsWith(EXAMPLE) ? folder : undefined;
}

/** Reads the file of an item, with everything that belongs to it. */
function readNode(path: string, reader: Reader): JsonObject {
  reader.used.add(path);
  if (posix.basename(path) === DEEP_FOLDER_NAME) {
    return readJson(path, reader.files);
  }
  const read = readYaml(readText(path, reader.files), (tag, to) => follow({ tag, path: to }, path, reader));
  if ('problem' in read) {
    throw malformed(path, read.problem);
  }
  const id = reader.ids[path];
  const node = typeof id === 'string' ? { id, ...read.value } : read.value;
  return withUnlisted(node, path, reader);
}

type Reference = { readonly tag: Tag; readonly path: string };

function follow({ tag, path: to }: Reference, from: string, reader: Reader) {
  const path = posix.join(posix.dirname(from), to);
  if (!reader.files.has(path)) {
    return { problem: `there is no file "${printable(path)}"` };
  }
  if (reader.used.has(path)) {
    return { problem: `"${printable(path)}" is already in use elsewhere` };
  }
  if (tag === '!item') {
    return { value: readNode(path, reader) };
  }
  reader.used.add(path);
  const text = readText(path, reader.files).replace(/\n$/, '');
  return { value: tag === '!text' ? text : text.split('\n') };
}

/** What somebody put beside the others without listing it comes after them, in the order of the names. */
function withUnlisted(node: JsonObject, path: string, reader: Reader): JsonObject {
  const place = listIn(path);
  if (place === undefined) {
    return node;
  }
  const paths = (reader.itemsIn.get(place.folder) ?? []).filter((one) => !reader.used.has(one));
  if (paths.length === 0) {
    return node;
  }
  const listed = node[place.key] ?? [];
  if (!Array.isArray(listed)) {
    throw malformed(path, `\`${place.key}\` has to be a list`);
  }
  return { ...node, [place.key]: [...listed, ...paths.map((one) => readNode(one, reader))] };
}

/** @returns which key of the file lists items, and in which folder those lie. */
function listIn(path: string): { readonly key: string; readonly folder: string } | undefined {
  if (path.endsWith(REQUEST)) {
    return { key: 'response', folder: `${stemOf(path)}${EXAMPLES}` };
  }
  return path.endsWith(EXAMPLE) ? undefined : { key: 'item', folder: posix.dirname(path) };
}

/** What lies where a part or an item belongs, and found no place, would be lost without a word. */
function assertNothingIsLeft({ files, used, itemsIn }: Reader): void {
  for (const path of [...used].filter((one) => one.endsWith('.yaml'))) {
    const unused = partPaths(path).find((part) => files.has(part) && !used.has(part));
    if (unused !== undefined) {
      const name = printable(posix.basename(unused));
      throw malformed(path, `nothing in it refers to "${name}", which lies beside it`);
    }
  }
  const stray = [...itemsIn.values()].flat().find((path) => !used.has(path));
  if (stray !== undefined) {
    throw malformed(
      stray,
      `it belongs to nothing: the folder around it has no "${FOLDER_NAME}", or no request`,
    );
  }
}

function readJson(path: string, files: Files): JsonObject {
  const value = parseJson(files.get(path) ?? Buffer.alloc(0));
  if (!isObject(value)) {
    throw malformed(path, 'it has to be JSON with an object');
  }
  return value;
}

function readText(path: string, files: Files): string {
  const content = files.get(path);
  if (content === undefined) {
    throw malformed(path, 'it is missing');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw malformed(path, 'it is not UTF-8');
  }
}

function malformed(path: string, problem: string): KnownError {
  return new KnownError('RESOURCE_INVALID', `"${printable(path)}": ${problem}`, {
    hint: 'Mend the file, or take the folder from an earlier commit.',
  });
}
