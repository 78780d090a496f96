/** Writing monitors. */

/** @import { Answer, MonitorSettings, RouteContext } from './types.mjs' */

import { legacyError, paramMissing } from './errors.mjs';
import { isRecord, markEdited, sentIn } from './estate.mjs';
import { addMonitor, removeMonitor } from './estate-kinds.mjs';
import { linksIn, notByUid } from './links.mjs';
import { badRequest, findMonitor, monitorNotFound } from './monitors.mjs';
import { uidOf } from './views.mjs';
import { noTargetWorkspace, targetWorkspace } from './workspaces.mjs';

const SETTINGS = ['notificationLimit', 'options', 'notifications', 'distribution', 'schedule', 'retry'];
const plainSchedule = { cron: '', timezone: 'UTC' };

/** @param {RouteContext} context @returns {Answer} */
export function createMonitor(context) {
  const { estate, body } = context;
  const sent = sentIn(body, 'monitor');
  const { name, collection, environment, active = true, schedule } = sent;
  const missing = ['name', 'collection', 'schedule'].find((key) => sent[key] === undefined);
  if (missing !== undefined || !isRecord(schedule) || typeof schedule['cron'] !== 'string') {
    return paramMissing(missing ?? 'cron');
  }
  if (typeof active !== 'boolean') {
    return badRequest('Active must be a boolean.');
  }
  const links = linksIn(estate, { collection, environment });
  if (links === undefined) {
    return notByUid();
  }
  const workspace = targetWorkspace(context);
  if (workspace === undefined) {
    return noTargetWorkspace();
  }
  const monitor = {
    name: String(name),
    active,
    ...links,
    settings: settingsIn(sent, { schedule: plainSchedule }),
  };
  return written(addMonitor(estate, workspace.id, monitor));
}

/** What is not passed stays; what it runs cannot change. @param {RouteContext} context @returns {Answer} */
export function updateMonitor({ estate, params, body }) {
  const stored = findMonitor(estate, params[0]);
  if (stored === undefined) {
    return monitorNotFound();
  }
  const sent = sentIn(body, 'monitor');
  const fixed = ['collection', 'environment'].filter((key) => sent[key] !== undefined);
  if (fixed.length > 0) {
    const message = 'The specified parameter cannot be updated.';
    return legacyError(400, 'parameterNotAllowedError', message, { param: fixed });
  }
  stored.name = typeof sent['name'] === 'string' ? sent['name'] : stored.name;
  stored.active = typeof sent['active'] === 'boolean' ? sent['active'] : stored.active;
  stored.settings = settingsIn(sent, stored.settings);
  markEdited(estate, stored);
  return written(stored);
}

/** @param {RouteContext} context @returns {Answer} */
export function deleteMonitor({ estate, params }) {
  const stored = findMonitor(estate, params[0]);
  if (stored === undefined) {
    return monitorNotFound();
  }
  removeMonitor(estate, stored.uuid);
  return { status: 200, json: { monitor: { id: stored.uuid, uid: uidOf(stored) } } };
}

/** @param {Record<string, unknown>} sent @param {MonitorSettings} before @returns {MonitorSettings} */
function settingsIn(sent, before) {
  const given = Object.entries(sent).filter(([key]) => SETTINGS.includes(key));
  const { schedule, ...settings } = Object.fromEntries(given);
  return {
    ...before,
    ...settings,
    schedule: { ...before.schedule, ...(isRecord(schedule) ? schedule : {}) },
  };
}

/** @param {{ uuid: string, owner: string, name: string, active: boolean }} stored @returns {Answer} */
function written(stored) {
  const { uuid, name, active } = stored;
  return { status: 200, json: { monitor: { id: uuid, name, active, uid: uidOf(stored) } } };
}
