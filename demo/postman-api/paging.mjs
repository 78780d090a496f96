/** Pages by cursor: what stands on one, and the cursor of the next. */

/**
 * @template Row
 * @param {readonly Row[]} rows all of them
 * @param {number} limit
 * @param {string | null} cursor
 * @returns {{ rows: Row[], nextCursor: string | null } | undefined} undefined: this is no cursor.
 */
export function pageOf(rows, limit, cursor) {
  const start = cursor === null ? 0 : positionOf(cursor);
  if (start === undefined) {
    return undefined;
  }
  const end = start + limit;
  return { rows: rows.slice(start, end), nextCursor: end < rows.length ? cursorOf(end) : null };
}

/**
 * @param {URLSearchParams} query
 * @param {{ fallback: number, max: number }} bounds `max` holds silently.
 * @returns {number | undefined} undefined: the `limit` that was sent is no whole number above 0.
 */
export function limitIn(query, { fallback, max }) {
  const limit = Number(query.get('limit') ?? fallback);
  return Number.isInteger(limit) && limit > 0 ? Math.min(limit, max) : undefined;
}

/** @param {number} position */
function cursorOf(position) {
  return Buffer.from(`position ${position}`).toString('base64');
}

/** @param {string} cursor @returns {number | undefined} */
function positionOf(cursor) {
  const match = /^position (\d+)$/.exec(Buffer.from(cursor, 'base64').toString());
  return match === null ? undefined : Number(match[1]);
}
