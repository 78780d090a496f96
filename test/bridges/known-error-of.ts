/** Waits for something that must fail with an error of the catalogue. */
import { KnownError } from '../../src/errors.ts';

export async function knownErrorOf(promise: Promise<unknown>): Promise<KnownError> {
  const error = await promise.then(
    (value) => `the value ${JSON.stringify(value)}`,
    (reason: unknown) => reason,
  );
  if (error instanceof KnownError) {
    return error;
  }
  throw new Error(`no KnownError but ${String(error)}`);
}
