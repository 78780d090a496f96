/** Where in a resource something is, in words that a person finds it by in Postman. */
import { isObject } from '../../json.ts';
import { textOf } from '../kinds/text-of.ts';
import type { Place } from '../secrets/place.ts';
import { keysOf } from './counterpart.ts';

const PARTS: ReadonlySet<string | number | undefined> = new Set(['item', 'response']);
// They say nothing that what is beside them does not.
const SILENT: ReadonlySet<string | number> = new Set([
  'request',
  'value',
  'info',
  'script',
  'item',
  'response',
]);

/** @returns such as `Payments / Create payment: header Authorization`, `variable client_secret`. */
export function namePlace(place: Place | undefined, resource: unknown): string {
  const parts: string[] = [];
  const words: string[] = [];
  let value = resource;
  let above: string | number | undefined;
  for (const key of keysOf(place)) {
    const inside = memberOf(value, key);
    const isElement = Array.isArray(value);
    const names = isElement && PARTS.has(above) ? parts : words;
    names.push(...(isElement ? [nameOf(inside) ?? String(Number(key) + 1)] : wordsFor(key)));
    value = inside;
    above = key;
  }
  return [parts.join(' / '), words.join(' ')].filter((text) => text !== '').join(': ');
}

function memberOf(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) {
    return value[Number(key)];
  }
  return isObject(value) ? value[key] : undefined;
}

function wordsFor(key: string | number): readonly string[] {
  if (SILENT.has(key)) {
    return [];
  }
  return [key === 'values' ? 'variable' : String(key)];
}

function nameOf(value: unknown): string | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  return ['name', 'key', 'listen'].flatMap((key) => textOf(value, key) ?? []).find((name) => name !== '');
}
