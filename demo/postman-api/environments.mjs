/** Environments: the list (never paged), one body, and writing them. */

/** @import { Answer, EnvironmentBody, Estate, RouteContext, StoredEnvironment } from './types.mjs' */

import { alreadyExists, legacyError, malformed, notFoundOnGet } from './errors.mjs';
import { addEnvironment, isRecord, markEdited, removeEnvironment } from './estate.mjs';
import { environmentRow, environmentView, shortRow, uidOf } from './views.mjs';
import { isIn, noTargetWorkspace, targetWorkspace } from './workspaces.mjs';

/** An unknown workspace is an empty list, not an error. @param {RouteContext} context @returns {Answer} */
export function listEnvironments({ estate, query }) {
  const workspaceId = query.get('workspace');
  const stored = workspaceId === null ? estate.environments : estate.environments.filter(isIn(workspaceId));
  return { status: 200, json: { environments: stored.map(environmentRow) } };
}

/** @param {RouteContext} context @returns {Answer} */
export function getEnvironment({ estate, params, options }) {
  const stored = findEnvironment(estate, params[0]);
  if (stored === undefined) {
    return notFoundOnGet(options.notFoundStatus ?? 404, 'environment');
  }
  return { status: 200, json: { environment: environmentView(stored) } };
}

/** @param {RouteContext} context @returns {Answer} */
export function createEnvironment(context) {
  const { estate } = context;
  const body = environmentIn(context.body);
  if (body === undefined) {
    return nameMissing();
  }
  const workspace = targetWorkspace(context);
  if (workspace === undefined) {
    return noTargetWorkspace();
  }
  const id = body['id'];
  if (typeof id === 'string' && findEnvironment(estate, id) !== undefined) {
    return alreadyExists('environment', id);
  }
  return written(addEnvironment(estate, workspace.id, body));
}

/** @param {RouteContext} context @returns {Answer} */
export function replaceEnvironment({ estate, params, body: sent }) {
  const stored = findEnvironment(estate, params[0]);
  if (stored === undefined) {
    return notFoundOnWrite();
  }
  const body = environmentIn(sent);
  if (body === undefined) {
    return nameMissing();
  }
  stored.body = { ...body, id: stored.uuid };
  markEdited(estate, stored);
  return written(stored);
}

/** @param {RouteContext} context @returns {Answer} */
export function deleteEnvironment({ estate, params }) {
  const stored = findEnvironment(estate, params[0]);
  if (stored === undefined) {
    return notFoundOnWrite();
  }
  removeEnvironment(estate, stored.uuid);
  return { status: 200, json: { environment: { id: stored.uuid, uid: uidOf(stored) } } };
}

/** By id or uid. @param {Estate} estate @param {string | undefined} id */
function findEnvironment(estate, id) {
  return estate.environments.find((stored) => stored.uuid === id || uidOf(stored) === id);
}

/** @param {unknown} sent @returns {EnvironmentBody | undefined} */
function environmentIn(sent) {
  const body = isRecord(sent) ? sent['environment'] : undefined;
  return isRecord(body) && typeof body['name'] === 'string' ? body : undefined;
}

function nameMissing() {
  return malformed('environment', ["environment: must have required property 'name'"]);
}

function notFoundOnWrite() {
  return legacyError(404, 'instanceNotFoundError', 'The specified environment does not exist.');
}

/** @param {StoredEnvironment} stored @returns {Answer} */
function written(stored) {
  return { status: 200, json: { environment: shortRow(environmentRow(stored)) } };
}
