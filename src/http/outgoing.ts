/** Makes the address and the headers of a request, with errors that show neither credentials nor queries. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { KnownError } from '../errors.ts';

/**
 * @param baseUrl origin and, for a server below a path, that path.
 * @param path relative to it, encoded, with or without a query.
 * @throws KnownError CONFIG_INVALID when the base is no address that fetch takes.
 */
export function resolveUrl(baseUrl: string, path: string): URL {
  const address = `${baseUrl.replace(/\/+$/, '')}/${path}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  // Not quoted: whoever puts a password into an address should not find it in a log.
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') {
    throw new KnownError(
      'CONFIG_INVALID',
      'The address of a server must look like https://host[:port][/path], without a user name or a password.',
    );
  }
  return url;
}

/** @returns origin and path: what may be shown. */
export function shownUrl(url: URL): string {
  return url.origin + url.pathname;
}

/**
 * @returns all headers, the later lists over the earlier.
 * @throws KnownError CONFIG_INVALID that names a header which cannot be sent, never its value: fetch would print it.
 */
export function mergeHeaders(...lists: readonly Readonly<Record<string, string>>[]): Headers {
  const merged = new Headers();
  for (const [name, value] of lists.flatMap((list) => Object.entries(list))) {
    merged.set(name, sendable(name, value.trim()));
  }
  return merged;
}

function sendable(name: string, value: string): string {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return value;
  } catch {
    throw new KnownError(
      'CONFIG_INVALID',
      `The value for the HTTP header ${JSON.stringify(name)} has a line break or another character that cannot be sent.`,
    );
  }
}
