/** Writing mock servers. Their URL and most of their configuration are Postman's to give. */

/** @import { Answer, RouteContext } from './types.mjs' */

import { paramMissing } from './errors.mjs';
import { isRecord, markEdited, sentIn } from './estate.mjs';
import { addMock, removeMock } from './estate-kinds.mjs';
import { linksIn, notByUid } from './links.mjs';
import { findMock, mockNotFound, mockView } from './mocks.mjs';
import { linkedUid, uidOf } from './views.mjs';
import { noTargetWorkspace, targetWorkspace } from './workspaces.mjs';

/** @param {RouteContext} context @returns {Answer} */
export function createMock(context) {
  const { estate, body } = context;
  const { collection, environment, name, private: isPrivate } = sentIn(body, 'mock');
  if (collection === undefined) {
    return paramMissing('collection');
  }
  if (typeof name !== 'string') {
    return paramMissing('name');
  }
  const links = linksIn(estate, { collection, environment });
  if (links === undefined) {
    return notByUid();
  }
  const workspace = targetWorkspace(context);
  if (workspace === undefined) {
    return noTargetWorkspace();
  }
  const mock = addMock(estate, workspace.id, { name, ...links, isPublic: isPrivate !== true });
  return { status: 200, json: { mock: mockView(estate, mock) } };
}

/** What is not passed stays; of the configuration only the response that it always gives. @param {RouteContext} context @returns {Answer} */
export function updateMock({ estate, params, body }) {
  const mock = findMock(estate, params[0]);
  if (mock === undefined) {
    return mockNotFound();
  }
  const { collection, environment, name, private: isPrivate, config } = sentIn(body, 'mock');
  const own = linkedUid(estate.collections, mock.collection, mock.owner);
  const links = linksIn(estate, { collection: collection ?? own, environment });
  if (links === undefined) {
    return notByUid();
  }
  Object.assign(mock, links);
  mock.name = typeof name === 'string' ? name : mock.name;
  mock.isPublic = typeof isPrivate === 'boolean' ? !isPrivate : mock.isPublic;
  if (isRecord(config) && config['serverResponseId'] !== undefined) {
    const { serverResponseId } = config;
    mock.config.serverResponseId = typeof serverResponseId === 'string' ? serverResponseId : null;
  }
  markEdited(estate, mock);
  return { status: 200, json: { mock: mockView(estate, mock) } };
}

/** @param {RouteContext} context @returns {Answer} */
export function deleteMock({ estate, params }) {
  const mock = findMock(estate, params[0]);
  if (mock === undefined) {
    return mockNotFound();
  }
  removeMock(estate, mock.uuid);
  return { status: 200, json: { mock: { id: mock.uuid, uid: uidOf(mock) } } };
}
