/** What a mock or a monitor hangs on: it is named by its uid, and by nothing else. */

/** @import { Answer } from './types.mjs' */

import { legacyError } from './errors.mjs';
import { uidOf } from './views.mjs';

/** A bare id is answered with 403 (postman-cs/postman-repo-sync-action). @returns {Answer} */
export function notByUid() {
  return legacyError(403, 'forbiddenError', 'You do not have enough permissions to perform this action.');
}

/**
 * What an element links to, by uuid.
 * @param {{ collections: readonly { uuid: string, owner: string }[], environments: readonly { uuid: string, owner: string }[] }} estate
 * @param {{ collection: unknown, environment: unknown }} named by uid
 * @returns {{ collection: string, environment?: string } | undefined} undefined: one of them is not named by its uid.
 */
export function linksIn(estate, named) {
  const collection = linkedId(estate.collections, named.collection);
  if (collection === undefined || named.environment === undefined) {
    return collection === undefined ? undefined : { collection };
  }
  const environment = linkedId(estate.environments, named.environment);
  return environment === undefined ? undefined : { collection, environment };
}

/**
 * @param {readonly { uuid: string, owner: string }[]} list
 * @param {unknown} uid
 * @returns {string | undefined} its uuid.
 */
function linkedId(list, uid) {
  return list.find((stored) => uidOf(stored) === uid)?.uuid;
}
