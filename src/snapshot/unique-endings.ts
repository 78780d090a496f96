/** What tells equal names apart. */

/**
 * Of equal names, the one that comes later carries eight digits of its uuid; the whole uuid settles the rest.
 * @returns what may follow the name, best first.
 */
export function uniqueEndings(id: string): readonly string[] {
  // An id is no more to be trusted than a name: nothing of it may be a part of a path but what ids are made of.
  const uuid = id.replace(/[^\w-]/g, '').slice(0, 36);
  return ['', ` (${uuid.slice(0, 8)})`, ` (${uuid})`];
}
