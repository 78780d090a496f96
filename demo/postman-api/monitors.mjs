/** Monitors: the list by cursor, and one with everything in it that changes by itself. */

/** @import { Answer, Estate, RouteContext, StoredMonitor } from './types.mjs' */

import { legacyError } from './errors.mjs';
import { createDice, uuidFrom } from './ids.mjs';
import { limitIn, pageOf } from './paging.mjs';
import { linkedUid, uidOf } from './views.mjs';
import { findWorkspace, isIn } from './workspaces.mjs';

const MAX_LIMIT = 25;
const MINUTE_MS = 60_000;
const UUID_LENGTH = 36;

/** @param {RouteContext} context @returns {Answer} */
export function listMonitors({ estate, query, options }) {
  const refused = refusalOf(estate, query);
  if (refused !== undefined) {
    return refused;
  }
  const workspaceId = query.get('workspace');
  const stored = workspaceId === null ? estate.monitors : estate.monitors.filter(isIn(workspaceId));
  const max = Math.min(MAX_LIMIT, options.maxPageSize ?? MAX_LIMIT);
  const limit = limitIn(query, { fallback: MAX_LIMIT, max });
  if (limit === undefined) {
    return badRequest('Query param limit must be a number.');
  }
  const page = pageOf(stored, limit, query.get('cursor') || null);
  if (page === undefined) {
    return badRequest('Invalid cursor query parameter passed.');
  }
  const monitors = page.rows.map((monitor) => monitorRow(estate, monitor));
  // The end is "" here, and null elsewhere.
  return { status: 200, json: { monitors, meta: { nextCursor: page.nextCursor ?? '', limit } } };
}

/** @param {RouteContext} context @returns {Answer} */
export function getMonitor({ estate, params, count }) {
  const stored = findMonitor(estate, params[0]);
  if (stored === undefined) {
    return monitorNotFound();
  }
  return { status: 200, json: { monitor: monitorView(estate, stored, count) } };
}

/** @param {Estate} estate @param {URLSearchParams} query @returns {Answer | undefined} */
function refusalOf(estate, query) {
  if (Number(query.get('limit')) > MAX_LIMIT) {
    return badRequest('Query param limit cannot exceed 25.');
  }
  const workspaceId = query.get('workspace');
  if (workspaceId === null || findWorkspace(estate, workspaceId) !== undefined) {
    return undefined;
  }
  return workspaceId.length === UUID_LENGTH
    ? legacyError(404, 'instanceNotFoundError', 'Workspace not found')
    : badRequest(`Workspace ID must be 36 characters (${workspaceId.length}).`);
}

/** By id or uid. @param {Estate} estate @param {string | undefined} id */
export function findMonitor(estate, id) {
  return estate.monitors.find((monitor) => monitor.uuid === id || uidOf(monitor) === id);
}

/** @returns {Answer} */
export function monitorNotFound() {
  return legacyError(404, 'instanceNotFoundError', 'The specified monitor does not exist.');
}

/** @param {string} message */
export function badRequest(message) {
  return legacyError(400, 'badRequest', message);
}

/** @param {Estate} estate @param {StoredMonitor} monitor */
function monitorRow(estate, monitor) {
  const { uuid, name, active, owner, collection, environment } = monitor;
  return {
    id: uuid,
    name,
    active,
    uid: uidOf(monitor),
    owner: Number(owner),
    collectionUid: linkedUid(estate.collections, collection, owner),
    ...(environment === undefined
      ? {}
      : { environmentUid: linkedUid(estate.environments, environment, owner) }),
  };
}

/** @param {Estate} estate @param {StoredMonitor} monitor @param {number} count another run for each answer */
function monitorView(estate, monitor, count) {
  const { schedule, ...settings } = monitor.settings;
  const startedAt = Date.parse(estate.now) + count * MINUTE_MS;
  const dice = createDice(count);
  const jobId = uuidFrom(`job/${monitor.uuid}/${count}`);
  return {
    ...monitorRow(estate, monitor),
    ...settings,
    jobId,
    schedule: { ...schedule, nextRun: isoAt(startedAt + MINUTE_MS) },
    lastRun: {
      status: dice(10) === 0 ? 'failed' : 'success',
      startedAt: isoAt(startedAt),
      finishedAt: isoAt(startedAt + 300 + dice(2000)),
      jobId,
      stats: statsOf(count, dice),
    },
  };
}

/** @param {number} runCount @param {(below: number) => number} dice */
function statsOf(runCount, dice) {
  return {
    assertions: { total: 5, failed: dice(2) },
    requests: { total: 3 },
    runCount,
    errorCount: 0,
    abortedCount: 0,
    responseLatency: 100 + dice(900),
    responseSize: 1000 + dice(9000),
  };
}

/** @param {number} ms */
function isoAt(ms) {
  return new Date(ms).toISOString();
}
