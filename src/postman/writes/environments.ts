/** `POST /environments`, `PUT /environments/{uid}`: at most 30 MB, and only the values that the team shares. */
import { isObject, type JsonObject } from '../../json.ts';
import { pathSegment } from '../path-segment.ts';
import { doneOrThrow, removeAt, sendUntilClear } from './api.ts';
import { createResource } from './create-resource.ts';
import type { KindWrites } from './kind-writes.ts';
import { nameOf } from './name-of.ts';
import { withoutNulls } from './without-nulls.ts';

export const environments: KindWrites = {
  async create(api, workspace, body) {
    const environment = plain(body);
    return createResource(api, {
      kind: 'environments',
      workspace,
      path: `environments?${new URLSearchParams({ workspace: workspace.id })}`,
      body: environment,
      envelope: 'environment',
      name: nameOf(body),
      sketch: keysIn,
      settle: (ref) => environments.replace(api, ref, environment),
    });
  },
  async replace(api, ref, body) {
    const path = `environments/${pathSegment(ref.uid)}`;
    const put = { method: 'PUT', path, body: { environment: plain(body) } } as const;
    doneOrThrow(await sendUntilClear(api, put));
  },
  remove: (api, ref) => removeAt(api, `environments/${pathSegment(ref.uid)}`),
};

function plain(body: JsonObject): JsonObject {
  const environment = withoutNulls(body);
  return isObject(environment) ? environment : {};
}

function keysIn(body: unknown): readonly unknown[] {
  const values = isObject(body) && Array.isArray(body['values']) ? body['values'] : [];
  return values.map((value: unknown) => (isObject(value) ? value['key'] : value));
}
