/** Takes out the nulls that GET gives and a write refuses. */
import { isObject } from '../../json.ts';

// 400 for each of them (postman-app-support#4305, #4813, #4229). Others say something: `auth: null` inherits.
const REFUSED: ReadonlySet<string> = new Set(['responseTime', 'header', 'description']);

/** @returns `value` without those fields, at any depth; what people put into a `value` stays as it is. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNulls);
  }
  if (!isObject(value)) {
    return value;
  }
  const kept = Object.entries(value).filter(([key, field]) => field !== null || !REFUSED.has(key));
  return Object.fromEntries(kept.map(([key, field]) => [key, key === 'value' ? field : withoutNulls(field)]));
}
