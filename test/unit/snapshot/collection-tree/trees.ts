/** Collections and their folders, for the tests of the layout `tree`. */

import type { JsonObject } from '../../../../src/json.ts';
import { parseCollectionTree } from '../../../../src/snapshot/collection-tree/parse-tree.ts';
import { collectionTrees } from '../../../../src/snapshot/kinds/collection-trees.ts';
import { collections } from '../../../../src/snapshot/kinds/collections.ts';
import { serialize } from '../../../../src/snapshot/serialize.ts';
import { ORDERS } from '../samples.ts';

export type Files = ReadonlyMap<string, string>;

/** @returns path → text, of the collection as the API gives it. */
export function treeOf(body: JsonObject): Files {
  const files = collectionTrees.folder?.filesOf(normalized(body)) ?? [];
  return new Map(
    files.map(({ path, content }) => [
      path,
      typeof content === 'string' ? content : serialize(content).content.toString(),
    ]),
  );
}

/** @returns the collection, as a file of the layout `json` holds it. */
export function parsed(files: Files): string {
  const contents = [...files].map(([path, text]) => [path, Buffer.from(text)] as const);
  return serialize(parseCollectionTree(new Map(contents))).content.toString();
}

/** @returns what the layout `json` makes of the collection. */
export function jsonOf(body: JsonObject): string {
  return serialize(normalized(body)).content.toString();
}

function normalized(body: JsonObject): JsonObject {
  return collections.normalize(body, { uuid: ORDERS, name: 'Orders' });
}

export function collectionOf(...item: readonly unknown[]): JsonObject {
  return { info: { _postman_id: ORDERS, name: 'Orders' }, item };
}

export function request(name: string, more: JsonObject = {}): JsonObject {
  return { name, request: { method: 'GET', url: '{{host}}/orders' }, ...more };
}
