/** Chooses fields. */
import type { JsonObject } from '../../json.ts';

/** @returns the named fields of `object`, those that are null left out. */
export function pick(object: JsonObject, keys: readonly string[]): JsonObject {
  const present = keys.filter((key) => object[key] !== undefined && object[key] !== null);
  return Object.fromEntries(present.map((key) => [key, object[key]]));
}
