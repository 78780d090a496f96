/** Looks an error code, as an outcome carries it, up in the catalogue. */

import { errorCodes, KnownError } from '../errors.ts';

/** @returns an error with the exit code and the hint of `code`; undefined when the catalogue has no such code. */
export function findKnownCode(code: string | undefined): KnownError | undefined {
  const known = errorCodes.find((candidate) => candidate === code);
  return known === undefined ? undefined : new KnownError(known, '');
}
