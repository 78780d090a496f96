/** Reads a text out of JSON that somebody else wrote. */
import type { JsonObject } from '../../json.ts';

export function textOf(object: JsonObject, key: string): string | undefined {
  const value = object[key];
  return typeof value === 'string' ? value : undefined;
}
