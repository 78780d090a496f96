/** The files of a spec, or of an API's definition, as a folder holds them. */
import { isObject, type JsonObject, omit } from '../../json.ts';
import { textOf } from './text-of.ts';

// A file's id, like its name, says nothing that its path does not.
const VOLATILE = new Set(['id', 'name', 'path', 'createdAt', 'updatedAt', 'createdBy', 'updatedBy']);
const CONTENT = new Set(['content']);
const LOCAL_PATH = new Set(['path']);

/**
 * @param files what the API lists, each with its `content`.
 * @returns path → file, in the order of the paths: the API's own order is nobody's concern.
 */
export function normalizeFiles(files: unknown): JsonObject {
  const entries = objectsIn(files).map((file): [string, JsonObject] => [
    textOf(file, 'path') ?? '',
    omit(file, VOLATILE),
  ]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** @returns path and content of each file; `files` is what `normalizeFiles` returned. */
export function contentsOf(files: unknown): readonly { readonly path: string; readonly content: string }[] {
  return Object.entries(isObject(files) ? files : {}).flatMap(([path, file]) => {
    const content = isObject(file) ? textOf(file, 'content') : undefined;
    return content === undefined ? [] : [{ path, content }];
  });
}

/**
 * @param localPath the path in the folder of the file at this path in Postman.
 * @returns what the index says of the files: all but their content, and where they lie, if not at their own path.
 */
export function indexFiles(files: unknown, localPath: (path: string) => string | undefined): JsonObject {
  const entries = Object.entries(isObject(files) ? files : {}).map(([path, file]) => {
    const local = localPath(path) ?? path;
    const about = isObject(file) ? omit(file, CONTENT) : {};
    return [path, local === path ? about : { ...about, path: local }];
  });
  return Object.fromEntries(entries);
}

/** @returns what `indexFiles` was given: `files` is what it returned, and `contents` are the files of the folder. */
export function withContents(files: unknown, contents: ReadonlyMap<string, Buffer>): JsonObject {
  const entries = Object.entries(isObject(files) ? files : {}).map(([path, about]) => {
    const known = isObject(about) ? about : {};
    const content = contents.get(textOf(known, 'path') ?? path)?.toString();
    const file = omit(known, LOCAL_PATH);
    return [path, content === undefined ? file : { ...file, content }];
  });
  return Object.fromEntries(entries);
}

/** @param files what `indexFiles` returned. @returns where each of them lies in the folder. */
export function indexedPaths(files: unknown): readonly string[] {
  return Object.entries(isObject(files) ? files : {}).map(
    ([path, about]) => (isObject(about) ? textOf(about, 'path') : undefined) ?? path,
  );
}

export function objectsIn(list: unknown): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}
