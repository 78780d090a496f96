/** What mocks and monitors refer to. */
import { KnownError } from '../../errors.ts';
import type { JsonObject } from '../../json.ts';
import { printable } from '../../printable.ts';

const UID = /^\d+-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * A bare id is answered with a 403 that does not say why (postman-cs/postman-repo-sync-action).
 * @throws KnownError POSTMAN_WRITE_REFUSED when what the body refers to is not named by its uid.
 */
export function assertLinkedByUid(body: JsonObject): void {
  for (const key of ['collection', 'environment']) {
    const id = body[key];
    if (id !== undefined && !(typeof id === 'string' && UID.test(id))) {
      throw new KnownError(
        'POSTMAN_WRITE_REFUSED',
        `Its ${key} is not in Postman${typeof id === 'string' ? ` (${printable(id)})` : ''}: it has to be named by its uid.`,
        { hint: `Restore the ${key} together with it.` },
      );
    }
  }
}
