/** Writing collections: POST, PUT at once or as a task, DELETE. */

/** @import { Answer, CollectionBody, Estate, RouteContext, StoredCollection } from './types.mjs' */

import {
  authNotCreatable,
  collectionIn,
  foreignIds,
  isAnswer,
  tooLarge,
  unreadableForTask,
} from './collection-checks.mjs';
import { findCollection } from './collections.mjs';
import { legacyError, problem } from './errors.mjs';
import { addCollection, giveItemIds, markEdited, removeCollection } from './estate.mjs';
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

/** @param {StoredCollection} stored @returns {Answer} */
function written(stored) {
  return { status: 200, json: { collection: shortRow(collectionRow(stored)) } };
}
