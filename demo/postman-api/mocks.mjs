/** Mock servers: the active ones as a list, one, and the names of its server responses. */

/** @import { Answer, Estate, RouteContext, StoredMock } from './types.mjs' */

import { legacyError } from './errors.mjs';
import { isDeactivated, linkedUid, uidOf } from './views.mjs';
import { isIn } from './workspaces.mjs';

/**
 * "Gets all active mock servers"; without a workspace, those of the key's user. An unknown workspace is an empty
 * list: no 404 is documented.
 * @param {RouteContext} context
 * @returns {Answer}
 */
export function listMocks({ estate, query }) {
  const workspaceId = query.get('workspace');
  const active = estate.mocks.filter((mock) => !isDeactivated(estate, mock));
  const own = String(estate.user.id);
  const listed =
    workspaceId === null ? active.filter(({ owner }) => owner === own) : active.filter(isIn(workspaceId));
  return { status: 200, json: { mocks: listed.map((mock) => mockRow(estate, mock)) } };
}

/** @param {RouteContext} context @returns {Answer} */
export function getMock({ estate, params }) {
  const mock = findMock(estate, params[0]);
  if (mock === undefined) {
    return mockNotFound();
  }
  return {
    status: 200,
    json: { mock: { ...mockView(estate, mock), deactivated: isDeactivated(estate, mock) } },
  };
}

/** A bare array, without headers and bodies: those only the route of one response gives. @param {RouteContext} context @returns {Answer} */
export function listServerResponses({ estate, params }) {
  const mock = findMock(estate, params[0]);
  if (mock === undefined) {
    const header = 'Unable to find mock';
    const error = { name: 'mockNotFoundError', header, message: 'Please refresh and try again.' };
    return { status: 404, json: { error } };
  }
  const { createdAt, updatedAt, owner } = mock;
  const stamps = { createdAt, updatedAt, createdBy: owner, updatedBy: owner };
  return { status: 200, json: mock.serverResponses.map((response) => ({ ...response, ...stamps })) };
}

/** @returns {Answer} */
export function mockNotFound() {
  return legacyError(404, 'instanceNotFoundError', 'The specified mock does not exist.', {});
}

/** By id or uid. @param {Estate} estate @param {string | undefined} id */
export function findMock(estate, id) {
  return estate.mocks.find((mock) => mock.uuid === id || uidOf(mock) === id);
}

/** As complete as the one, but for `deactivated`; no server response is "" here, null there. @param {Estate} estate @param {StoredMock} mock */
function mockRow(estate, mock) {
  const view = mockView(estate, mock);
  return { ...view, config: { ...view.config, serverResponseId: view.config.serverResponseId ?? '' } };
}

/** @param {Estate} estate @param {StoredMock} mock */
export function mockView(estate, mock) {
  const { uuid, owner, name, collection, environment, config, createdAt, updatedAt, isPublic } = mock;
  return {
    id: uuid,
    owner,
    uid: uidOf(mock),
    collection: linkedUid(estate.collections, collection, owner),
    mockUrl: `https://${uuid}.mock.pstmn.io`,
    name,
    config,
    createdAt,
    updatedAt,
    isPublic,
    ...(environment === undefined ? {} : { environment: linkedUid(estate.environments, environment, owner) }),
  };
}
