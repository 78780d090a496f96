/** Collections: the list with its quirks, and one body. */

/** @import { Answer, Estate, RouteContext } from './types.mjs' */

import { legacyError, notFoundOnGet } from './errors.mjs';
import { collectionRow, collectionView, uidOf } from './views.mjs';
import { isIn } from './workspaces.mjs';

const DEFAULT_PAGE = 100;

/**
 * An unknown workspace is an empty list, not an error; `meta` comes only with `limit` or `offset`, and
 * `name` counts only without them.
 * @param {RouteContext} context
 * @returns {Answer}
 */
export function listCollections({ estate, query, options }) {
  const workspaceId = query.get('workspace');
  const stored = workspaceId === null ? estate.collections : estate.collections.filter(isIn(workspaceId));
  const rows = stored.map(collectionRow);
  const name = query.get('name');
  const isPaged = query.has('limit') || query.has('offset');
  if (!isPaged) {
    const named = name === null ? rows : rows.filter((row) => row.name === name);
    return { status: 200, json: { collections: named } };
  }
  const maxPageSize = options.maxPageSize ?? DEFAULT_PAGE;
  const limit = Math.min(Number(query.get('limit') ?? maxPageSize), maxPageSize);
  const offset = Number(query.get('offset') ?? 0);
  if (!isCount(limit) || !isCount(offset) || limit === 0) {
    return legacyError(400, 'invalidParamsError', 'limit and offset must be whole numbers.');
  }
  const meta = { total: rows.length, offset, limit };
  return { status: 200, json: { collections: rows.slice(offset, offset + limit), meta } };
}

/** @param {RouteContext} context @returns {Answer} */
export function getCollection({ estate, params, options }) {
  const stored = findCollection(estate, params[0]);
  if (stored === undefined) {
    return notFoundOnGet(options.notFoundStatus ?? 404, 'collection');
  }
  return { status: 200, json: { collection: collectionView(estate, stored) } };
}

/** By id or uid. @param {Estate} estate @param {string | undefined} id */
export function findCollection(estate, id) {
  return estate.collections.find((stored) => stored.uuid === id || uidOf(stored) === id);
}

/** @param {number} value */
function isCount(value) {
  return Number.isInteger(value) && value >= 0;
}
