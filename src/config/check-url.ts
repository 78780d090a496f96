/** Addresses of the two APIs, as variables give them. */
import { KnownError } from '../errors.ts';

/**
 * @param variable where the address comes from.
 * @returns the address without a slash at its end.
 * @throws KnownError CONFIG_INVALID without the address: it may hold a password.
 */
export function checkUrl(variable: string, address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new KnownError(
      'CONFIG_INVALID',
      `${variable}: must be an http(s) URL without a user or password in it.`,
    );
  }
  return address.replace(/\/+$/, '');
}
