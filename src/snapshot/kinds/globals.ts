/** A workspace's global variables as a file that Postman imports: the API gives their values and nothing else. */
import { omit } from '../../json.ts';
import type { KindFormat } from './kind-format.ts';
import { textOf } from './text-of.ts';

const SCOPE = 'globals';
const VOLATILE = new Set(['uid', 'owner', 'createdAt', 'updatedAt', 'lastUpdatedBy']);

export const globals: KindFormat = {
  suffix: '.postman_globals.json',
  isBody: ({ values, _postman_variable_scope: scope = SCOPE }) => Array.isArray(values) && scope === SCOPE,
  uuidOf: (body) => textOf(body, 'id'),
  nameOf: (body) => textOf(body, 'name'),
  normalize(body, { uuid, name }) {
    return { ...omit(body, VOLATILE), id: uuid, name, _postman_variable_scope: SCOPE };
  },
};
