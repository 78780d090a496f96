/** Ids and names from answers become parts of addresses: untrusted text in, one segment out. */
import { KnownError } from '../errors.ts';

/**
 * @returns the text, encoded, as one segment of a path.
 * @throws KnownError RESOURCE_INVALID when no encoding keeps it from being another path: a URL takes `%2e%2e` for `..`.
 */
export function pathSegment(text: string): string {
  if (['', '.', '..'].includes(text)) {
    throw new KnownError('RESOURCE_INVALID', `Postman names it "${text}", which cannot be asked for`);
  }
  return encodeURIComponent(text.toWellFormed());
}
