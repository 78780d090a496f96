/** Writing collections: POST, PUT at once or as a task, DELETE. */

/** @import { Answer, CollectionBody, Estate, RouteContext, StoredCollection } from './types.mjs' */

import {
  authNotCreatable,
  collectionIn,
  foreignIds,
  isAnswer,
  partsIn,
  refusalOfPatch,
  tooLarge,
  unreadableForTask,
} from './collection-checks.mjs';
import { findCollection } from './collections.mjs';
import { legacyError, problem } from './errors.mjs';
import { addCollection, giveItemIds, isRecord, markEdited, removeCollection } from './estate.mjs';
import { collectionRow, shortRow, uidOf } from './views.mjs';
import { noTargetWorkspace, targetWorkspace } from './workspaces.mjs';

/** @param {RouteContext} context @returns {Answer} */
export function createCollection(context) {
  const { estate, size, options } = context;
  const body = collectionIn(context.body);
  if (isAnswer(body)) {
    return body;
  }
  const workspace = targetWorkspace(context);
  if (workspace === undefined) {
    return noTargetWorkspace();
  }
  const refused = tooLarge(size, options) ?? authNotCreatable(body) ?? foreignIds(estate, body);
  return refused ?? written(addCollection(estate, workspace.id, body));
}

/** Items that come without an id are new ones, whatever stood there before. @param {RouteContext} context @returns {Answer} */
export function replaceCollection(context) {
  const { estate, params, tasks, isAsync } = context;
  const stored = findCollection(estate, params[0]);
  if (stored === undefined) {
    return problem(404, 'not-found', 'Not found', 'We could not find the collection you are looking for');
  }
  if (tasks.isRunning(stored.uuid)) {
    const detail = 'Deep update operation is already in progress for this collection.';
    return problem(409, 'conflict', 'Conflict', detail);
  }
  return isAsync ? replaceLater(context, stored) : replaceNow(context, stored);
}

/** "Unsupported properties are rejected"; secret variables are. @param {RouteContext} context @returns {Answer} */
export function updateCollection({ estate, params, body: sent }) {
  const stored = findCollection(estate, params[0]);
  if (stored === undefined) {
    return notThere(params[0]);
  }
  const refused = refusalOfPatch(sent);
  if (refused !== undefined) {
    return refused;
  }
  const { info, events, ...rest } = partsIn(sent);
  Object.assign(stored.body, rest, events === undefined ? {} : { event: events });
  stored.body.info = { ...stored.body.info, ...(isRecord(info) ? info : {}) };
  markEdited(estate, stored);
  const { name, description } = stored.body.info;
  return { status: 200, json: { collection: { id: stored.uuid, name, description } } };
}

/** @param {RouteContext} context @returns {Answer} */
export function deleteCollection({ estate, params }) {
  const stored = findCollection(estate, params[0]);
  if (stored === undefined) {
    return notThere(params[0]);
  }
  removeCollection(estate, stored.uuid);
  return { status: 200, json: { collection: { id: stored.uuid, uid: uidOf(stored) } } };
}

/** @param {RouteContext} context @param {StoredCollection} stored @returns {Answer} */
function replaceNow({ estate, body, size, options }, stored) {
  return tooLarge(size, options) ?? replaceWith(estate, stored, body);
}

/** @param {RouteContext} context @param {StoredCollection} stored @returns {Answer} */
function replaceLater({ estate, body, size, options, params, tasks, count }, stored) {
  const large = tooLarge(size, options);
  const inTasks = options.bodyLimit?.inTasks;
  const refused = (inTasks === undefined ? large : undefined) ?? unreadableForTask(body, params[0]);
  if (refused !== undefined) {
    return refused;
  }
  const fails = large !== undefined && inTasks === 'failed';
  const { id, status } = tasks.start(stored.uuid, count, () =>
    !fails && replaceWith(estate, stored, body).status === 200 ? 'successful' : 'failed',
  );
  return { status: 202, json: { task: { id, status } } };
}

/** @param {Estate} estate @param {StoredCollection} stored @param {unknown} sent @returns {Answer} */
function replaceWith(estate, stored, sent) {
  const body = collectionIn(sent);
  if (isAnswer(body)) {
    return body;
  }
  const refused = foreignIds(estate, body, stored);
  if (refused !== undefined) {
    return refused;
  }
  stored.body = { ...body, info: { ...body.info, _postman_id: stored.uuid } };
  giveItemIds(estate, stored.body.item);
  markEdited(estate, stored);
  return written(stored);
}

/** @param {string | undefined} id */
function notThere(id) {
  const details = { item: 'collection', id };
  return legacyError(404, 'instanceNotFoundError', 'The specified item does not exist.', details);
}

/** @param {StoredCollection} stored @returns {Answer} */
function written(stored) {
  return { status: 200, json: { collection: shortRow(collectionRow(stored)) } };
}
