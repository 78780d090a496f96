/** Ids as Postman writes them become the one part of them that stays. */

/**
 * @param id a uuid, or a uid (`<owner's number>-<uuid>`), which changes with the owner.
 * @returns the uuid; what is no text, or no uid, stays as it is.
 */
export function bareUuid<T>(id: T): T | string {
  return typeof id === 'string' ? id.replace(/^\d+-(?=[0-9a-f]{8}-)/i, '') : id;
}
