/** The routes of the stand-in: which method and path is answered by what, and under which limits. */

/** @import { Answer, RouteContext } from './types.mjs' */

import {
  createCollection,
  deleteCollection,
  getCollection,
  listCollections,
  replaceCollection,
} from './collections.mjs';
import {
  createEnvironment,
  deleteEnvironment,
  getEnvironment,
  listEnvironments,
  replaceEnvironment,
} from './environments.mjs';
import { problem } from './errors.mjs';
import { getMe } from './me.mjs';
import { getGlobals, getWorkspace, listWorkspaces, replaceGlobals } from './workspaces.mjs';

/**
 * `isList`: has the limit of 10 calls in 10 seconds. `isProblemRoute`: writes its 429 as problem+json.
 * @typedef {{ method: string, path: RegExp, handler: (context: RouteContext) => Answer, isList?: boolean, isProblemRoute?: boolean }} Route
 */

/** @type {readonly Route[]} */
const routes = [
  { method: 'GET', path: /^\/me$/, handler: getMe },
  { method: 'GET', path: /^\/workspaces$/, handler: listWorkspaces, isList: true },
  { method: 'GET', path: /^\/workspaces\/([^/]+)$/, handler: getWorkspace, isList: true },
  { method: 'GET', path: /^\/workspaces\/([^/]+)\/global-variables$/, handler: getGlobals },
  { method: 'PUT', path: /^\/workspaces\/([^/]+)\/global-variables$/, handler: replaceGlobals },
  { method: 'GET', path: /^\/collections$/, handler: listCollections, isList: true },
  { method: 'POST', path: /^\/collections$/, handler: createCollection },
  { method: 'GET', path: /^\/collections\/([^/]+)$/, handler: getCollection },
  { method: 'PUT', path: /^\/collections\/([^/]+)$/, handler: replaceCollection },
  { method: 'DELETE', path: /^\/collections\/([^/]+)$/, handler: deleteCollection },
  { method: 'GET', path: /^\/environments$/, handler: listEnvironments, isProblemRoute: true },
  { method: 'POST', path: /^\/environments$/, handler: createEnvironment, isProblemRoute: true },
  { method: 'GET', path: /^\/environments\/([^/]+)$/, handler: getEnvironment, isProblemRoute: true },
  { method: 'PUT', path: /^\/environments\/([^/]+)$/, handler: replaceEnvironment, isProblemRoute: true },
  { method: 'DELETE', path: /^\/environments\/([^/]+)$/, handler: deleteEnvironment, isProblemRoute: true },
];

/**
 * @param {string} method
 * @param {string} pathname
 * @returns {{ isList: boolean, isProblemRoute: boolean, params: string[], handler: (context: RouteContext) => Answer }}
 */
export function findRoute(method, pathname) {
  for (const route of routes) {
    const match = route.method === method ? route.path.exec(pathname) : null;
    if (match === null) {
      continue;
    }
    const { isList = false, isProblemRoute = false, handler } = route;
    return { isList, isProblemRoute, handler, params: match.slice(1).map(decodeURIComponent) };
  }
  const detail = "The resource you're looking for can't be found. Please check the URL before trying again.";
  return {
    isList: false,
    isProblemRoute: true,
    params: [],
    handler: () => problem(404, 'not-found', 'Not Found', detail),
  };
}
