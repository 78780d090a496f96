/** Waits for a request that must fail. */
import { HttpError } from '../../../src/http/http-error.ts';

export async function failureOf(promise: Promise<unknown>): Promise<HttpError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof HttpError) {
    return error;
  }
  throw new Error(`no HttpError but ${String(error)}`);
}
