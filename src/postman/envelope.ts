/** Takes a resource out of the envelope that the API puts around it. */
import * as z from 'zod';
import { translateAnswer } from './errors.ts';

/**
 * @param envelope the key under which the answer holds the resource.
 * @throws KnownError RESOURCE_INVALID or RESOURCE_NOT_FOUND when it holds none.
 */
export function unwrap(answer: unknown, envelope: string): unknown {
  const body = z.looseObject({ [envelope]: z.unknown() }).safeParse(answer).data?.[envelope];
  if (body === undefined) {
    throw translateAnswer(answer, envelope);
  }
  return body;
}
