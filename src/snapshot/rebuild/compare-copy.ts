/** Tells whether something in Postman is the copy that a restore made before. */
import { isObject, isSameJson, type JsonObject, omit } from '../../json.ts';
import type { Kind } from '../../model.ts';
import { apiBody, withoutIds } from './bodies.ts';
import { fillIn } from './fill-in.ts';

const CONTENT = new Set(['item', 'info', 'name']);

/**
 * @param normalized of the backup.
 * @param copy normalized as well, found by the name of the copy; somebody may have filled in what was empty.
 * @returns `begun`: it holds a part of the backup and nothing else.
 */
export function compareCopy(
  kind: Kind,
  normalized: JsonObject,
  copy: JsonObject,
): 'same' | 'begun' | 'other' {
  // What the API takes of them does not come back as it was given: the name has to do.
  if (kind === 'mocks' || kind === 'monitors') {
    return 'same';
  }
  const wanted = comparable(kind, normalized);
  const there = comparable(kind, copy);
  const filled = fillIn(wanted, there).value;
  if (isSameJson(filled, there)) {
    return 'same';
  }
  return kind === 'collections' && isObject(filled) && isPartOf(there, filled) ? 'begun' : 'other';
}

function comparable(kind: Kind, normalized: JsonObject): JsonObject {
  const body = omit(withoutIds(kind, apiBody(kind, normalized, new Map())), new Set(['name']));
  return isObject(body['info']) ? { ...body, info: omit(body['info'], new Set(['name', 'schema'])) } : body;
}

/** Items are made one after the other, so what is there is there in full, but for what it holds. */
function isPartOf(node: JsonObject, whole: JsonObject): boolean {
  const wanted = itemsOf(whole);
  const fields = Object.entries(omit(node, CONTENT));
  return (
    fields.every(([key, value]) => isEmpty(value) || isSameJson(value, whole[key])) &&
    itemsOf(node).every((item) => wanted.some((one) => one['name'] === item['name'] && isPartOf(item, one)))
  );
}

function isEmpty(value: unknown): boolean {
  return value === '' || value === null || (Array.isArray(value) && value.length === 0);
}

function itemsOf({ item }: JsonObject): readonly JsonObject[] {
  return Array.isArray(item) ? item.filter(isObject) : [];
}
