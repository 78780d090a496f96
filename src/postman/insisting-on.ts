/** Asks for a part of a resource, without which the resource is not whole. */
import { KnownError } from '../errors.ts';
import { printable } from '../printable.ts';

/**
 * @param part what is asked for, in words.
 * @throws KnownError RESOURCE_INVALID when the part is not there: that says nothing about whether the resource is.
 */
export async function insistingOn<T>(part: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof KnownError && error.code === 'RESOURCE_NOT_FOUND') {
      throw new KnownError(
        'RESOURCE_INVALID',
        `Postman names ${printable(part)} as a part of it and does not give it`,
      );
    }
    throw error;
  }
}
