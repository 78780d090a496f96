/** The files of a resource become a value again, whatever layout they were written in. */
import { isObject, parseJson } from '../json.ts';
import type { Kind } from '../model.ts';
import type { FolderFormat } from './kinds/kind-format.ts';
import { formats } from './kinds/registry.ts';

type Files = ReadonlyMap<string, Buffer>;

/**
 * @param files path below the resource's own → content; the empty path for a resource that is one file.
 * @returns the normalized resource that was rendered into them; nothing when they are no such files.
 * @throws KnownError RESOURCE_INVALID when files that people may edit do not fit together.
 */
export function parseResource(kind: Kind, files: Files): unknown {
  const { folder, value } = readIndex(kind, files);
  return folder === undefined || !isObject(value) ? value : folder.withContents(value, files);
}

/** The same of what was written alone: what others put into the folder is left out. */
export function parseOwnFiles(kind: Kind, files: Files): unknown {
  const { folder, value } = readIndex(kind, files);
  const own = folder === undefined || !isObject(value) ? [] : [folder.indexName, ...folder.pathsIn(value)];
  const isOwn = new Set(['', ...own]);
  return parseResource(kind, new Map([...files].filter(([path]) => isOwn.has(path))));
}

/** @returns the value of the one file, or of the index of the folder; nothing when there is neither. */
function readIndex(kind: Kind, files: Files): { readonly folder?: FolderFormat; readonly value?: unknown } {
  for (const [its, { folder }] of formats) {
    const file = its === kind ? files.get(folder?.indexName ?? '') : undefined;
    if (file !== undefined) {
      return { ...(folder === undefined ? {} : { folder }), value: parseJson(file) };
    }
  }
  return {};
}
