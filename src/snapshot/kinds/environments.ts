/** Environments as files: what the API gives, in the form that Postman's import recognises. */
import { omit } from '../../json.ts';
import { bareUuid } from './bare-uuid.ts';
import type { KindFormat } from './kind-format.ts';
import { textOf } from './text-of.ts';

const VOLATILE = new Set(['id', 'uid', 'owner', 'createdAt', 'updatedAt', 'lastUpdatedBy', 'isPublic']);

export const environments: KindFormat = {
  suffix: '.postman_environment.json',
  isBody: (environment) => Array.isArray(environment['values']),
  // Some answers carry the uid in place of the id.
  uuidOf: (environment) => bareUuid(textOf(environment, 'id')),
  nameOf: (environment) => textOf(environment, 'name'),
  normalize(environment, { uuid }) {
    // Postman's import tells an environment from other JSON by its variable scope, which the API leaves out.
    return { id: uuid, _postman_variable_scope: 'environment', ...omit(environment, VOLATILE) };
  },
};
