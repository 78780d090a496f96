/** The name in a body. */
import { isObject } from '../../json.ts';

/** @returns an empty text when it has none: then Postman says what it thinks of that. */
export function nameOf(body: unknown): string {
  const name = isObject(body) ? body['name'] : undefined;
  return typeof name === 'string' ? name : '';
}
