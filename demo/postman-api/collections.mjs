/** Collections: the list with its quirks, one body, and writing them. */

/** @import { Answer, CollectionBody, Estate, RouteContext, StoredCollection } from './types.mjs' */

import { alreadyExists, legacyError, malformed, notFoundOnGet, problem } from './errors.mjs';
import { addCollection, giveItemIds, isRecord, markEdited, removeCollection, walkItems } from './estate.mjs';
import { collectionRow, collectionView, shortRow, uidOf } from './views.mjs';
import { isIn, noTargetWorkspace, targetWorkspace } from './workspaces.mjs';

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

/** @param {RouteContext} context @returns {Answer} */
export function createCollection(context) {
  const { estate } = context;
  const body = collectionIn(context.body);
  if (isAnswer(body)) {
    return body;
  }
  const workspace = targetWorkspace(context);
  if (workspace === undefined) {
    return noTargetWorkspace();
  }
  const id = body.info?._postman_id;
  if (id !== undefined && findCollection(estate, id) !== undefined) {
    return alreadyExists('collection', id);
  }
  const taken = takenItemId(estate, body);
  if (taken !== undefined) {
    return alreadyExists('model', taken);
  }
  return written(addCollection(estate, workspace.id, body));
}

/** Items that come without an id are new ones, whatever stood there before. @param {RouteContext} context @returns {Answer} */
export function replaceCollection({ estate, params, body: sent }) {
  const stored = findCollection(estate, params[0]);
  if (stored === undefined) {
    return problem(404, 'not-found', 'Not found', 'We could not find the collection you are looking for');
  }
  const body = collectionIn(sent);
  if (isAnswer(body)) {
    return body;
  }
  const id = body.info?._postman_id;
  if (id !== undefined && id !== stored.uuid) {
    const message = 'The collection ID in the path does not match the collection ID in the request body.';
    return legacyError(400, 'collectionMismatchError', message);
  }
  const taken = takenItemId(estate, body, stored);
  if (taken !== undefined) {
    return alreadyExists('model', taken);
  }
  stored.body = { ...body, info: { ...body.info, _postman_id: stored.uuid } };
  giveItemIds(estate, stored.body.item);
  markEdited(estate, stored);
  return written(stored);
}

/** @param {RouteContext} context @returns {Answer} */
export function deleteCollection({ estate, params }) {
  const stored = findCollection(estate, params[0]);
  if (stored === undefined) {
    const details = { item: 'collection', id: params[0] };
    return legacyError(404, 'instanceNotFoundError', 'The specified item does not exist.', details);
  }
  removeCollection(estate, stored.uuid);
  return { status: 200, json: { collection: { id: stored.uuid, uid: uidOf(stored) } } };
}

/** By id or uid. @param {Estate} estate @param {string | undefined} id */
function findCollection(estate, id) {
  return estate.collections.find((stored) => stored.uuid === id || uidOf(stored) === id);
}

/** @param {unknown} sent @returns {CollectionBody | Answer} */
function collectionIn(sent) {
  const body = isRecord(sent) ? sent['collection'] : undefined;
  if (!isRecord(body)) {
    return malformed('collection', [": must have required property 'collection'"]);
  }
  const info = isRecord(body['info']) ? body['info'] : {};
  const details = [];
  if (!Array.isArray(body['item'])) {
    details.push(": must have required property 'item'");
  }
  if (typeof info['name'] !== 'string') {
    details.push("info: must have required property 'name'");
  }
  if (typeof info['schema'] !== 'string') {
    details.push("info: must have required property 'schema'");
  }
  return details.length > 0 ? malformed('collection', details) : body;
}

/** @param {CollectionBody | Answer} value @returns {value is Answer} */
function isAnswer(value) {
  return typeof value['status'] === 'number';
}

/** The first item id of a body that another collection has. @param {Estate} estate @param {CollectionBody} body @param {StoredCollection} [own] */
function takenItemId(estate, body, own) {
  const others = estate.collections.filter((stored) => stored !== own);
  const taken = new Set(others.flatMap(({ body: { item } }) => itemIds(item)));
  return itemIds(body.item).find((id) => taken.has(id));
}

/** @param {unknown} items */
function itemIds(items) {
  return [...walkItems(items)].flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
}

/** @param {StoredCollection} stored @returns {Answer} */
function written(stored) {
  return { status: 200, json: { collection: shortRow(collectionRow(stored)) } };
}

/** @param {number} value */
function isCount(value) {
  return Number.isInteger(value) && value >= 0;
}
