/** Values become bytes: the same value gives the same bytes, whatever order its keys came in. */

import { isObject } from '../json.ts';
import type { RenderedFile } from '../model.ts';
import { blobId } from '../object-id.ts';

// The keys that a reader looks for first, in the order of Postman's own exports; all others follow by code unit.
const LEADING_KEYS = [
  ...[
    'info',
    '_postman_id',
    'id',
    'name',
    'key',
    'value',
    'type',
    'enabled',
    'disabled',
    'description',
    'schema',
  ],
  ...[
    'listen',
    'mode',
    'method',
    'url',
    'raw',
    'protocol',
    'host',
    'port',
    'path',
    'query',
    'header',
    'body',
  ],
  ...['originalRequest', 'status', 'code', 'request', 'response', 'item', 'script', 'exec', 'event', 'auth'],
  ...['variable', 'values'],
];
const rankOf: ReadonlyMap<string, number> = new Map(LEADING_KEYS.map((key, index) => [key, index]));

/** @returns the file for a JSON value: 2 spaces, `\n`, fixed key order, a final newline. */
export function serialize(value: unknown): RenderedFile {
  return textFile(`${JSON.stringify(withSortedKeys(value), null, 2)}\n`);
}

/** @returns the file for a text, byte for byte. */
export function textFile(text: string): RenderedFile {
  const content = Buffer.from(text);
  return { content, id: blobId(content) };
}

/** @returns the same value with the keys of all its objects in the order in which files have them. */
export function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withSortedKeys);
  }
  if (!isObject(value)) {
    return value;
  }
  const entries = Object.entries(value).sort(([a], [b]) => compareKeys(a, b));
  return Object.fromEntries(entries.map(([key, entry]) => [key, withSortedKeys(entry)]));
}

function compareKeys(a: string, b: string): number {
  const byRank = (rankOf.get(a) ?? LEADING_KEYS.length) - (rankOf.get(b) ?? LEADING_KEYS.length);
  return byRank !== 0 ? byRank : a < b ? -1 : 1;
}
