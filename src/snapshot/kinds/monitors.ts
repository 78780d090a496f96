/** Monitors as files: what they run, when, from where and whom they tell, without what became of their runs. */
import { isObject, mapKey, omit } from '../../json.ts';
import { bareUuid } from './bare-uuid.ts';
import type { KindFormat } from './kind-format.ts';
import { textOf } from './text-of.ts';

const VOLATILE = new Set([
  ...['uid', 'owner', 'createdAt', 'updatedAt', 'createdBy', 'updatedBy', 'lastUpdatedBy'],
  ...['jobId', 'lastRun', 'nextRun', 'stats'],
]);

export const monitors: KindFormat = {
  suffix: '.postman_monitor.json',
  isBody: (monitor) =>
    textOf(monitor, 'id') !== undefined &&
    (isObject(monitor['schedule']) || textOf(monitor, 'collectionUid') !== undefined),
  uuidOf: (monitor) => bareUuid(textOf(monitor, 'id')),
  nameOf: (monitor) => textOf(monitor, 'name'),
  normalize(monitor, { uuid }) {
    let normalized = mapKey({ ...omit(monitor, VOLATILE), id: uuid }, 'schedule', withoutVolatile);
    for (const key of ['collectionUid', 'environmentUid']) {
      normalized = mapKey(normalized, key, bareUuid);
    }
    return normalized;
  },
};

function withoutVolatile(value: unknown): unknown {
  return isObject(value) ? omit(value, VOLATILE) : value;
}
