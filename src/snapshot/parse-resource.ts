/** The files of a resource become a value again. */
import { isObject, parseJson } from '../json.ts';
import type { Kind } from '../model.ts';
import type { KindFormat } from './kinds/kind-format.ts';
import { kindFormats } from './kinds/registry.ts';

/**
 * @param files path below the resource's own → content; the empty path for a resource that is one file.
 * @returns the normalized resource that was rendered into them; nothing when they are no such files.
 */
export function parseResource(kind: Kind, files: ReadonlyMap<string, Buffer>): unknown {
  const { folder }: KindFormat = kindFormats[kind];
  const file = files.get(folder?.indexName ?? '');
  const value = file === undefined ? undefined : parseJson(file);
  return folder === undefined || !isObject(value)
    ? value
    : folder.withContents(value, (path) => files.get(path));
}
