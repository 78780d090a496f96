/** Workspaces: the list with cursors, one with its complete lists, its global variables; where something new goes. */

/** @import { Answer, Estate, RouteContext, StoredWorkspace } from './types.mjs' */

import { legacyError } from './errors.mjs';
import { pageOf } from './paging.mjs';
import { collectionRow, elementRow, environmentRow, isDeactivated, shortRow } from './views.mjs';

export const VISIBILITIES = ['personal', 'private', 'team', 'public', 'partner'];
const MAX_LIMIT = 100;

/** Pages only when `limit` is sent; without it, all and no `meta`. @param {RouteContext} context @returns {Answer} */
export function listWorkspaces({ estate, query }) {
  const type = query.get('type');
  if (type !== null && !VISIBILITIES.includes(type)) {
    return invalidType();
  }
  const rows = estate.workspaces
    .filter((workspace) => type === null || workspace.type === type)
    .map((workspace) => workspaceRow(estate, workspace));
  const limitText = query.get('limit');
  if (limitText === null) {
    return { status: 200, json: { workspaces: rows } };
  }
  const limit = Number(limitText);
  if (limit > MAX_LIMIT) {
    return legacyError(400, 'badRequestError', 'The limit parameter must not exceed 100.');
  }
  if (!Number.isInteger(limit) || limit < 1) {
    return legacyError(400, 'badRequestError', 'Invalid limit.');
  }
  const page = pageOf(rows, limit, query.get('cursor'));
  if (page === undefined) {
    return legacyError(400, 'badRequestError', 'Invalid cursor.');
  }
  return { status: 200, json: { workspaces: page.rows, meta: { nextCursor: page.nextCursor } } };
}

/** Deactivated mocks only when asked for. @param {RouteContext} context @returns {Answer} */
export function getWorkspace({ estate, params, query }) {
  const stored = findWorkspace(estate, params[0]);
  if (stored === undefined) {
    return workspaceNotFound();
  }
  const { id } = stored;
  const workspace = {
    ...workspaceRow(estate, stored),
    description: stored.description,
    updatedBy: String(estate.user.id),
    collections: estate.collections.filter(isIn(id)).map((one) => shortRow(collectionRow(one))),
    environments: estate.environments.filter(isIn(id)).map((one) => shortRow(environmentRow(one))),
    mocks: mockRows(estate, id, query),
    monitors: estate.monitors
      .filter(isIn(id))
      .map((one) => ({ ...elementRow(one), deactivated: !one.active })),
    apis: estate.apis.filter(isIn(id)).map(elementRow),
    specs: estate.specs.filter(isIn(id)).map(elementRow),
  };
  return { status: 200, json: { workspace } };
}

/** @param {RouteContext} context @returns {Answer} */
export function getGlobals({ estate, params }) {
  const workspace = findWorkspace(estate, params[0]);
  if (workspace === undefined) {
    return workspaceNotFound();
  }
  return { status: 200, json: { values: workspace.globals } };
}

/** @param {Estate} estate @param {string} workspaceId @param {URLSearchParams} query */
function mockRows(estate, workspaceId, query) {
  const included = (query.get('include') ?? '').split(',');
  const rows = estate.mocks
    .filter(isIn(workspaceId))
    .map((mock) => ({ ...elementRow(mock), deactivated: isDeactivated(estate, mock) }));
  return included.includes('mocks:deactivated') ? rows : rows.filter(({ deactivated }) => !deactivated);
}

/** @param {string} workspaceId @returns {(stored: { workspaceId: string }) => boolean} */
export function isIn(workspaceId) {
  return (stored) => stored.workspaceId === workspaceId;
}

/**
 * Where something new goes: without a `workspace`, into the oldest personal one.
 * @param {RouteContext} context
 * @returns {StoredWorkspace | undefined}
 */
export function targetWorkspace({ estate, query }) {
  const id = query.get('workspace');
  return id === null ? estate.workspaces.find(({ type }) => type === 'personal') : findWorkspace(estate, id);
}

/** @returns {Answer} */
export function noTargetWorkspace() {
  return legacyError(404, 'instanceNotFoundError', 'The specified workspace does not exist.');
}

/** @param {Estate} estate @param {string | null | undefined} id */
export function findWorkspace(estate, id) {
  return estate.workspaces.find((workspace) => workspace.id === id);
}

/** @returns {Answer} */
export function workspaceNotFound() {
  const error = { name: 'workspaceNotFoundError', message: 'Workspace not found', statusCode: 404 };
  return { status: 404, json: { error } };
}

/** `type` knows only two words, `visibility` all five. @param {Estate} estate @param {StoredWorkspace} workspace */
function workspaceRow(estate, { id, name, type, description, createdAt, updatedAt }) {
  return {
    id,
    name,
    type: type === 'personal' ? 'personal' : 'team',
    visibility: type,
    createdBy: String(estate.user.id),
    about: description,
    createdAt,
    updatedAt,
  };
}

/** @returns {Answer} */
function invalidType() {
  const message = `visibilityStatus must be one of ${VISIBILITIES.join('/')}`;
  return { status: 400, json: { error: { name: 'invalidParamError', message }, statusCode: 400 } };
}
