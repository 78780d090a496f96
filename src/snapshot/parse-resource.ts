/** The files of a resource become a value again, whatever layout they were written in. */
import { isObject, parseJson } from '../json.ts';
import type { Kind } from '../model.ts';
import { formats } from './kinds/registry.ts';

/**
 * @param files path below the resource's own → content; the empty path for a resource that is one file.
 * @returns the normalized resource that was rendered into them; nothing when they are no such files.
 * @throws KnownError RESOURCE_INVALID when files that people may edit do not fit together.
 */
export function parseResource(kind: Kind, files: ReadonlyMap<string, Buffer>): unknown {
  for (const [its, { folder }] of formats) {
    const file = its === kind ? files.get(folder?.indexName ?? '') : undefined;
    if (file !== undefined) {
      const value = parseJson(file);
      return folder === undefined || !isObject(value) ? value : folder.withContents(value, files);
    }
  }
  return undefined;
}
