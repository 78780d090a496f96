/** Mock servers as files: their configuration. What they answer with is in the collection that they serve. */
import { isObject, mapKey, omit } from '../../json.ts';
import { bareUuid } from './bare-uuid.ts';
import type { KindFormat } from './kind-format.ts';
import { textOf } from './text-of.ts';

const VOLATILE = new Set([
  'uid',
  'owner',
  'createdAt',
  'updatedAt',
  'createdBy',
  'updatedBy',
  'lastUpdatedBy',
]);
const VOLATILE_IF_ACTIVE = new Set([...VOLATILE, 'deactivated']);

export const mocks: KindFormat = {
  suffix: '.postman_mock.json',
  isBody: (mock) =>
    textOf(mock, 'id') !== undefined && (textOf(mock, 'mockUrl') !== undefined || isObject(mock['config'])),
  uuidOf: (mock) => bareUuid(textOf(mock, 'id')),
  nameOf: (mock) => textOf(mock, 'name'),
  normalize(mock, { uuid }) {
    // Only some answers say of an active one that it is not deactivated (OpenAPI 1.45.0, getMocks and getMock).
    const kept = omit(mock, mock['deactivated'] === false ? VOLATILE_IF_ACTIVE : VOLATILE);
    const withCollection = mapKey({ ...kept, id: uuid }, 'collection', bareUuid);
    const withLinks = mapKey(withCollection, 'environment', bareUuid);
    // That there is none is `""` in a list and null in a single answer.
    return mapKey(withLinks, 'config', (config) =>
      isObject(config) ? mapKey(config, 'serverResponseId', (id) => id ?? '') : config,
    );
  },
};
