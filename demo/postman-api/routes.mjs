/** The routes of the stand-in: which method and path is answered by what, and under which limits. */

/** @import { Answer, RouteContext, Unavailable } from './types.mjs' */

import { getApi, getApiCollection, getSchema, getSchemaFile, listApis, listSchemaFiles } from './apis.mjs';
import {
  createCollection,
  deleteCollection,
  replaceCollection,
  updateCollection,
} from './collection-writes.mjs';
import { getCollection, listCollections } from './collections.mjs';
import { createElement, deleteElement, updateElement } from './elements.mjs';
import {
  createEnvironment,
  deleteEnvironment,
  getEnvironment,
  listEnvironments,
  replaceEnvironment,
} from './environments.mjs';
import { featureUnavailable, noSuchRoute } from './errors.mjs';
import { getMe } from './me.mjs';
import { createMock, deleteMock, updateMock } from './mock-writes.mjs';
import { getMock, listMocks, listServerResponses } from './mocks.mjs';
import { createMonitor, deleteMonitor, updateMonitor } from './monitor-writes.mjs';
import { getMonitor, listMonitors } from './monitors.mjs';
import {
  createSpec,
  createSpecFile,
  deleteSpec,
  deleteSpecFile,
  updateSpec,
  updateSpecFile,
} from './spec-writes.mjs';
import { getSpec, getSpecFile, listSpecFiles, listSpecs } from './specs.mjs';
import { getUpdateTask } from './update-tasks.mjs';
import { createWorkspace, deleteWorkspace, replaceGlobals, updateWorkspace } from './workspace-writes.mjs';
import { getGlobals, getWorkspace, listWorkspaces } from './workspaces.mjs';

/**
 * `path`: `:name` is one encoded segment, `*` all the rest. `isList`: has the limit of 10 calls in 10 seconds (OpenAPI 1.45.0, "Rate and usage limits", which counts
 * monitors among them). `isProblemRoute`: writes its 429 as problem+json. `kind`: of what may be unavailable.
 * @typedef {{ method: string, path: string, handler: (context: RouteContext) => Answer, kind?: Unavailable['kind'], isList?: boolean, isProblemRoute?: boolean }} Route
 */

/** @type {readonly Route[]} */
const routes = [
  { method: 'GET', path: '/me', handler: getMe },
  { method: 'GET', path: '/workspaces', handler: listWorkspaces, isList: true },
  { method: 'POST', path: '/workspaces', handler: createWorkspace },
  { method: 'GET', path: '/workspaces/:id', handler: getWorkspace, isList: true },
  { method: 'PUT', path: '/workspaces/:id', handler: updateWorkspace },
  { method: 'DELETE', path: '/workspaces/:id', handler: deleteWorkspace },
  { method: 'GET', path: '/workspaces/:id/global-variables', handler: getGlobals, kind: 'globals' },
  { method: 'PUT', path: '/workspaces/:id/global-variables', handler: replaceGlobals, kind: 'globals' },
  { method: 'GET', path: '/collections', handler: listCollections, isList: true },
  { method: 'POST', path: '/collections', handler: createCollection },
  { method: 'GET', path: '/collections/:id', handler: getCollection },
  { method: 'PUT', path: '/collections/:id', handler: replaceCollection },
  { method: 'PATCH', path: '/collections/:id', handler: updateCollection },
  { method: 'DELETE', path: '/collections/:id', handler: deleteCollection },
  { method: 'GET', path: '/collection-updates-tasks/:id', handler: getUpdateTask },
  ...elementRoutes('folder'),
  ...elementRoutes('request'),
  ...elementRoutes('response'),
  { method: 'GET', path: '/environments', handler: listEnvironments, isProblemRoute: true },
  { method: 'POST', path: '/environments', handler: createEnvironment, isProblemRoute: true },
  { method: 'GET', path: '/environments/:id', handler: getEnvironment, isProblemRoute: true },
  { method: 'PUT', path: '/environments/:id', handler: replaceEnvironment, isProblemRoute: true },
  { method: 'DELETE', path: '/environments/:id', handler: deleteEnvironment, isProblemRoute: true },
  { method: 'GET', path: '/specs', handler: listSpecs, kind: 'specs' },
  { method: 'POST', path: '/specs', handler: createSpec, kind: 'specs' },
  { method: 'GET', path: '/specs/:id', handler: getSpec, kind: 'specs' },
  { method: 'PATCH', path: '/specs/:id', handler: updateSpec, kind: 'specs' },
  { method: 'DELETE', path: '/specs/:id', handler: deleteSpec, kind: 'specs' },
  { method: 'GET', path: '/specs/:id/files', handler: listSpecFiles, kind: 'specs' },
  { method: 'POST', path: '/specs/:id/files', handler: createSpecFile, kind: 'specs' },
  { method: 'GET', path: '/specs/:id/files/:path', handler: getSpecFile, kind: 'specs' },
  { method: 'PATCH', path: '/specs/:id/files/:path', handler: updateSpecFile, kind: 'specs' },
  { method: 'DELETE', path: '/specs/:id/files/:path', handler: deleteSpecFile, kind: 'specs' },
  { method: 'GET', path: '/mocks', handler: listMocks, kind: 'mocks' },
  { method: 'POST', path: '/mocks', handler: createMock, kind: 'mocks' },
  { method: 'GET', path: '/mocks/:id', handler: getMock, kind: 'mocks' },
  { method: 'PUT', path: '/mocks/:id', handler: updateMock, kind: 'mocks' },
  { method: 'DELETE', path: '/mocks/:id', handler: deleteMock, kind: 'mocks' },
  { method: 'GET', path: '/mocks/:id/server-responses', handler: listServerResponses, kind: 'mocks' },
  { method: 'GET', path: '/monitors', handler: listMonitors, kind: 'monitors', isList: true },
  { method: 'POST', path: '/monitors', handler: createMonitor, kind: 'monitors', isList: true },
  { method: 'GET', path: '/monitors/:id', handler: getMonitor, kind: 'monitors', isList: true },
  { method: 'PUT', path: '/monitors/:id', handler: updateMonitor, kind: 'monitors', isList: true },
  { method: 'DELETE', path: '/monitors/:id', handler: deleteMonitor, kind: 'monitors', isList: true },
  { method: 'GET', path: '/apis', handler: listApis, kind: 'apis' },
  { method: 'GET', path: '/apis/:id', handler: getApi, kind: 'apis' },
  { method: 'GET', path: '/apis/:id/schemas/:id', handler: getSchema, kind: 'apis' },
  { method: 'GET', path: '/apis/:id/schemas/:id/files', handler: listSchemaFiles, kind: 'apis' },
  { method: 'GET', path: '/apis/:id/schemas/:id/files/*', handler: getSchemaFile, kind: 'apis' },
  { method: 'GET', path: '/apis/:id/collections/:id', handler: getApiCollection, kind: 'apis' },
];

/**
 * @param {string} method
 * @param {string} pathname
 * @param {readonly Unavailable[]} [unavailable]
 * @returns {{ isList: boolean, isProblemRoute: boolean, params: string[], handler: (context: RouteContext) => Answer }}
 */
export function findRoute(method, pathname, unavailable = []) {
  // Some programs put a slash at the end, and Postman answers them.
  const path = pathname.replace(/(?<=.)\/$/, '');
  for (const route of routes) {
    const match = route.method === method ? patternOf(route).exec(path) : null;
    if (match === null) {
      continue;
    }
    const { kind, isList = false, isProblemRoute = isOfNewKind(route) } = route;
    const lacking = unavailable.find((one) => one.kind === kind);
    const handler = lacking === undefined ? route.handler : () => refusal(lacking);
    return { isList, isProblemRoute, handler, params: match.slice(1).map(decodeURIComponent) };
  }
  return { isList: false, isProblemRoute: true, handler: noSuchRoute, params: [] };
}

/** @param {'folder' | 'request' | 'response'} model @returns {Route[]} */
function elementRoutes(model) {
  const path = `/collections/:id/${model}s`;
  return [
    { method: 'POST', path, handler: createElement(model) },
    { method: 'PUT', path: `${path}/:id`, handler: updateElement(model) },
    { method: 'DELETE', path: `${path}/:id`, handler: deleteElement(model) },
  ];
}

/** @param {Route} route */
function patternOf({ path }) {
  return new RegExp(`^${path.replace(/:\w+/g, '([^/]+)').replace('*', '(.+)')}$`);
}

/** Their documented errors are problem+json, and so must be a 429. @param {Route} route */
function isOfNewKind({ kind }) {
  return kind === 'specs' || kind === 'apis';
}

/** @param {Unavailable} lacking */
function refusal({ status }) {
  return status === 403 ? featureUnavailable() : noSuchRoute();
}
