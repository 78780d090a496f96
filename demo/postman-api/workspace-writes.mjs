/** Writing workspaces and their global variables. */

/** @import { Answer, Estate, RouteContext, Visibility } from './types.mjs' */

import { legacyError, problem } from './errors.mjs';
import { addWorkspace, isRecord, nextMoment, removeFrom } from './estate.mjs';
import { findWorkspace, isIn, VISIBILITIES, workspaceNotFound } from './workspaces.mjs';

/** @param {RouteContext} context @returns {Answer} */
export function createWorkspace({ estate, body }) {
  const sent = workspaceIn(body);
  if (sent === undefined) {
    return workspaceMissing();
  }
  const { name, type, description, about } = sent;
  if (typeof name !== 'string' || !isVisibility(type)) {
    return legacyError(400, 'malformedRequestError', 'name and type are required in the workspace object');
  }
  const text = String(description ?? about ?? '');
  return written(addWorkspace(estate, { name, type, description: text }));
}

/** What is not passed stays. @param {RouteContext} context @returns {Answer} */
export function updateWorkspace({ estate, params, body }) {
  const workspace = findWorkspace(estate, params[0]);
  if (workspace === undefined) {
    return legacyError(404, 'instanceNotFoundError', 'The specified workspace does not exist.');
  }
  const sent = workspaceIn(body);
  if (sent === undefined) {
    return workspaceMissing();
  }
  const { name, type, description } = sent;
  workspace.name = typeof name === 'string' ? name : workspace.name;
  workspace.type = isVisibility(type) ? type : workspace.type;
  workspace.description = typeof description === 'string' ? description : workspace.description;
  workspace.updatedAt = nextMoment(estate);
  return written(workspace);
}

/** With all that is in it; what is not there is a 400 here. @param {RouteContext} context @returns {Answer} */
export function deleteWorkspace({ estate, params }) {
  const workspace = findWorkspace(estate, params[0]);
  if (workspace === undefined) {
    return legacyError(400, 'instanceNotFoundError', 'The specified workspace does not exist.');
  }
  const { collections, environments, specs, mocks, monitors, apis } = estate;
  for (const list of [collections, environments, specs, mocks, monitors, apis]) {
    removeWhere(list, isIn(workspace.id));
  }
  removeFrom(estate, estate.workspaces, workspace);
  return { status: 200, json: { workspace: { id: workspace.id } } };
}

/** "Replaces all existing global variables". @param {RouteContext} context @returns {Answer} */
export function replaceGlobals({ estate, params, body }) {
  const workspace = findWorkspace(estate, params[0]);
  if (workspace === undefined) {
    return workspaceNotFound();
  }
  if (!isRecord(body) || !Array.isArray(body['values'])) {
    return problem(400, 'bad-request', 'Bad Request', "Missing property 'values'");
  }
  workspace.globals = body['values'];
  return { status: 200, json: { values: workspace.globals } };
}

/** @param {unknown} body */
function workspaceIn(body) {
  const workspace = isRecord(body) ? body['workspace'] : undefined;
  return isRecord(workspace) ? workspace : undefined;
}

/** @param {unknown} type @returns {type is Visibility} */
function isVisibility(type) {
  return VISIBILITIES.some((one) => one === type);
}

/** @template T @param {T[]} list @param {(one: T) => boolean} isGone */
function removeWhere(list, isGone) {
  list.splice(0, list.length, ...list.filter((one) => !isGone(one)));
}

function workspaceMissing() {
  return legacyError(400, 'malformedRequestError', "'workspace' object missing in the request");
}

/** @param {{ id: string, name: string }} workspace @returns {Answer} */
function written({ id, name }) {
  return { status: 200, json: { workspace: { id, name } } };
}
