/** Guards for JSON that somebody else wrote. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @returns `object` without the named keys. Keeps a key called `__proto__` an ordinary key. */
export function omit(object: JsonObject, keys: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.has(key)));
}

/** @returns `object` with `change` applied to the value of `key`, when there is one. */
export function mapKey(object: JsonObject, key: string, change: (value: unknown) => unknown): JsonObject {
  return Object.hasOwn(object, key) ? { ...object, [key]: change(object[key]) } : object;
}

/** @returns the array with `change` applied to each object in it; anything that is no array stays as it is. */
export function mapObjects(value: unknown, change: (object: JsonObject) => unknown): unknown {
  return Array.isArray(value)
    ? value.map((entry: unknown) => (isObject(entry) ? change(entry) : entry))
    : value;
}

/** @returns the value that the bytes spell, or nothing when they are not JSON. */
export function parseJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** @returns whether both give the same bytes when their keys are sorted. */
export function isSameJson(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((entry, index) => isSameJson(entry, other[index]));
  }
  if (!isObject(one) || !isObject(other)) {
    return one === other;
  }
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSameJson(one[key], other[key]))
  );
}
