/** `POST /mocks`, `PUT /mocks/{id}`: URL and configuration are Postman's to give, but for the answer that it always gives. */
import { isObject, type JsonObject } from '../../json.ts';
import { pathSegment } from '../path-segment.ts';
import { doneOrThrow, removeAt, sendUntilClear } from './api.ts';
import { createResource } from './create-resource.ts';
import type { KindWrites } from './kind-writes.ts';
import { assertLinkedByUid } from './links.ts';
import { nameOf } from './name-of.ts';
import { pick } from './pick.ts';

// What POST takes (OpenAPI 1.45.0, createMock).
const FIELDS = ['name', 'collection', 'environment', 'private'];

export const mocks: KindWrites = {
  async create(api, workspace, body) {
    assertLinkedByUid(body);
    return createResource(api, {
      kind: 'mocks',
      workspace,
      path: `mocks?${new URLSearchParams({ workspace: workspace.id })}`,
      body: pick(body, FIELDS),
      envelope: 'mock',
      name: nameOf(body),
      sketch: (mock) => (isObject(mock) ? [mock['collection'], mock['environment']] : []),
      settle: (ref) => mocks.replace(api, ref, pick(body, FIELDS)),
    });
  },
  async replace(api, ref, body) {
    assertLinkedByUid(body);
    const mock = { ...pick(body, FIELDS), ...configOf(body) };
    const path = `mocks/${pathSegment(ref.uuid)}`;
    doneOrThrow(await sendUntilClear(api, { method: 'PUT', path, body: { mock } }));
  },
  remove: (api, ref) => removeAt(api, `mocks/${pathSegment(ref.uuid)}`),
};

/** "To deactivate a server response, pass a null value": a list says "" in its place (OpenAPI 1.45.0, updateMock). */
function configOf({ config }: JsonObject): JsonObject {
  const id = isObject(config) ? config['serverResponseId'] : undefined;
  return id === undefined ? {} : { config: { serverResponseId: id === '' ? null : id } };
}
