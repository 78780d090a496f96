/** Merges the members of one node: each by itself, and as a whole. */
import { isObject, isSameJson, type JsonObject } from '../../json.ts';

export type Sides<T> = { readonly base: T | undefined; readonly ours: T; readonly theirs: T };

// These are no values but groups of fields. All else is one value: a URL whose parts came from two sides is none.
const GROUPS = new Set(['info', 'request', 'originalRequest']);

/** @param onConflict hears the name of each member that both sides changed, and not alike. */
export function mergeFields(
  { base, ours, theirs }: Sides<JsonObject>,
  onConflict: (field: string) => void,
): JsonObject {
  const merged = new Map<string, unknown>();
  for (const key of new Set([ours, theirs].flatMap(Object.keys))) {
    const sides = { base: memberOf(base, key), ours: memberOf(ours, key), theirs: memberOf(theirs, key) };
    const value = mergeMember(key, sides, onConflict);
    if (value !== undefined) {
      merged.set(key, value);
    }
  }
  return Object.fromEntries(merged);
}

function mergeMember(key: string, sides: Sides<unknown>, onConflict: (field: string) => void): unknown {
  const { base, ours, theirs } = sides;
  const choice = chooseSide(sides);
  if (choice !== undefined) {
    return sides[choice];
  }
  if (GROUPS.has(key) && isObject(ours) && isObject(theirs)) {
    return mergeFields({ base: isObject(base) ? base : undefined, ours, theirs }, onConflict);
  }
  onConflict(key);
  return ours;
}

/** @returns the side whose value holds; nothing when both changed it, and not alike. */
export function chooseSide({ base, ours, theirs }: Sides<unknown>): 'ours' | 'theirs' | undefined {
  if (isSameJson(base, ours)) {
    return 'theirs';
  }
  return isSameJson(base, theirs) || isSameJson(ours, theirs) ? 'ours' : undefined;
}

function memberOf(object: JsonObject | undefined, key: string): unknown {
  return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
}
