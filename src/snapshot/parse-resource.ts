/** Reads a resource back from its files, in whichever layout they lie. */
import { parseJson } from '../json.ts';
import type { Kind } from '../model.ts';
import type { KindFormat } from './kinds/kind-format.ts';
import { kindFormats } from './kinds/registry.ts';

/**
 * @param files path below the resource's own (empty when it is one file) → content.
 * @returns the resource; of a folder what its index says. Nothing when there is none to be read.
 */
export function parseResource(kind: Kind, files: ReadonlyMap<string, Buffer>): unknown {
  const { folder }: KindFormat = kindFormats[kind];
  const content = files.get(folder === undefined ? '' : folder.indexName);
  return content === undefined ? undefined : parseJson(content);
}
