/** Environments: the list (never paged), one body, and writing them. */

/** @import { Answer, EnvironmentBody, Estate, RouteContext, StoredEnvironment } from './types.mjs' */

import { alreadyExists, legacyError, malformed, notFoundOnGet, problem } from './errors.mjs';
import { addEnvironment, isRecord, markEdited, removeEnvironment } from './estate.mjs';
import { environmentRow, environmentView, shortRow, uidOf } from './views.mjs';
import { isIn, noTargetWorkspace, targetWorkspace } from './workspaces.mjs';

// "The request body size cannot exceed the maximum allowed size of 30MB" (OpenAPI 1.45.0, createEnvironment).
const MAX_BYTES = 30_000_000;

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
  const sent = environmentIn(context);
  if ('refusal' in sent) {
    return sent.refusal;
  }
  const { body } = sent;
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
export function replaceEnvironment(context) {
  const { estate, params } = context;
  const stored = findEnvironment(estate, params[0]);
  if (stored === undefined) {
    return notFoundOnWrite();
  }
  const sent = environmentIn(context);
  if ('refusal' in sent) {
    return sent.refusal;
  }
  stored.body = { ...sent.body, id: stored.uuid };
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

/**
 * @param {RouteContext} context
 * @returns {{ body: EnvironmentBody } | { refusal: Answer }}
 */
function environmentIn({ body: sent, size }) {
  if (size > MAX_BYTES) {
    return { refusal: problem(413, 'payload-too-large', 'Payload Too Large', 'Request size limit exceeded') };
  }
  const body = isRecord(sent) ? sent['environment'] : undefined;
  if (!isRecord(body) || typeof body['name'] !== 'string') {
    return { refusal: malformed('environment', ["environment: must have required property 'name'"]) };
  }
  const values = Array.isArray(body['values']) ? body['values'] : [];
  const wrong = values.findIndex((value) => !isRecord(value));
  if (wrong >= 0) {
    const message = `Invalid type: null (expected object) at environment.values.${wrong}`;
    return { refusal: legacyError(400, 'malformedRequestError', message) };
  }
  return { body };
}

function notFoundOnWrite() {
  return legacyError(404, 'instanceNotFoundError', 'The specified environment does not exist.');
}

/** @param {StoredEnvironment} stored @returns {Answer} */
function written(stored) {
  return { status: 200, json: { environment: shortRow(environmentRow(stored)) } };
}
