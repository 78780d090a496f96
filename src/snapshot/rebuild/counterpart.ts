/** What stands at the same place in another version of a resource: items and saved responses are found by their ids. */
import { isObject, isSameJson, omit } from '../../json.ts';
import { textOf } from '../kinds/text-of.ts';
import type { Place } from '../secrets/place.ts';

/** By what Postman tells the elements of its lists apart. */
const IDENTITIES = ['id', 'key', 'listen', 'name', 'path'];

const VALUE = new Set(['value']);

/** @returns for a place in `version` what `other` has there; nothing when it has no such place. */
export function counterpartsIn(version: unknown, other: unknown): (place: Place | undefined) => unknown {
  const items = itemsById(other);
  return (place) => {
    let here = version;
    let there = other;
    for (const key of keysOf(place)) {
      if (Array.isArray(here)) {
        const one: unknown = here[Number(key)];
        there = itemOf(one, items) ?? elementLike(here, Number(key), there);
        here = one;
      } else {
        there = memberOf(there, key);
        here = memberOf(here, key);
      }
    }
    return there;
  };
}

/** @returns the keys that lead to a place, the outermost first. */
export function keysOf(place: Place | undefined): readonly (string | number)[] {
  const keys: (string | number)[] = [];
  for (let current = place; current !== undefined; current = current.parent) {
    keys.push(current.key);
  }
  return keys.reverse();
}

function itemsById(node: unknown, known = new Map<string, unknown>()): ReadonlyMap<string, unknown> {
  const items = isObject(node) ? node['item'] : undefined;
  for (const item of Array.isArray(items) ? items : []) {
    const id = isObject(item) ? textOf(item, 'id') : undefined;
    if (id !== undefined && !known.has(id)) {
      known.set(id, item);
    }
    itemsById(item, known);
  }
  return known;
}

/** An item may lie in another folder now. */
function itemOf(element: unknown, items: ReadonlyMap<string, unknown>): unknown {
  const isItem = isObject(element) && (isObject(element['request']) || Array.isArray(element['item']));
  return isItem ? items.get(textOf(element, 'id') ?? '') : undefined;
}

/** Of as many elements with the same name, the first belongs to the first, the second to the second. */
function elementLike(list: readonly unknown[], index: number, others: unknown): unknown {
  if (!Array.isArray(others)) {
    return undefined;
  }
  const element = list[index];
  const identity = isObject(element)
    ? IDENTITIES.find((key) => textOf(element, key) !== undefined)
    : undefined;
  if (!isObject(element) || identity === undefined) {
    return others[index];
  }
  const isNamesake = (one: unknown) => isObject(one) && one[identity] === element[identity];
  const ours = list.filter(isNamesake);
  const theirs = others.filter(isNamesake);
  if (ours.length === theirs.length) {
    return theirs[list.slice(0, index).filter(isNamesake).length];
  }
  // One came or went, and a secret of the wrong one would be worse than none.
  const isAlike = (one: unknown) => isObject(one) && isSameJson(omit(one, VALUE), omit(element, VALUE));
  const [only, ...more] = theirs.filter(isAlike);
  return more.length > 0 || ours.filter(isAlike).length > 1 ? undefined : only;
}

function memberOf(value: unknown, key: string | number): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
