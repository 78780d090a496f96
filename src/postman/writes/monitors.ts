/** `POST /monitors`, `PUT /monitors/{id}`: what a monitor runs is set once, when and how can be changed. */
import { isObject } from '../../json.ts';
import { pathSegment } from '../path-segment.ts';
import { doneOrThrow, removeAt, sendUntilClear } from './api.ts';
import { createResource } from './create-resource.ts';
import type { KindWrites } from './kind-writes.ts';
import { assertLinkedByUid } from './links.ts';
import { nameOf } from './name-of.ts';
import { pick } from './pick.ts';

const LINKS = ['collection', 'environment'];
// What POST takes besides (OpenAPI 1.45.0, createMonitor).
const FIELDS = [
  'name',
  'active',
  'notificationLimit',
  'retry',
  'options',
  'notifications',
  'distribution',
  'schedule',
];

export const monitors: KindWrites = {
  async create(api, workspace, body) {
    assertLinkedByUid(body);
    return createResource(api, {
      kind: 'monitors',
      workspace,
      path: `monitors?${new URLSearchParams({ workspace: workspace.id })}`,
      body: pick(body, [...FIELDS, ...LINKS]),
      envelope: 'monitor',
      name: nameOf(body),
      sketch: (monitor) => (isObject(monitor) ? [monitor['collectionUid'] ?? monitor['collection']] : []),
      settle: (ref) => monitors.replace(api, ref, body),
    });
  },
  /** "The specified parameter cannot be updated" is the answer to its collection and its environment. */
  async replace(api, ref, body) {
    const path = `monitors/${pathSegment(ref.uuid)}`;
    const monitor = pick(body, FIELDS);
    doneOrThrow(await sendUntilClear(api, { method: 'PUT', path, body: { monitor } }));
  },
  remove: (api, ref) => removeAt(api, `monitors/${pathSegment(ref.uuid)}`),
};
