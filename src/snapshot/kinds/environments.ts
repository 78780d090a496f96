/** Environments as files: what the API gives, in the form that Postman's import recognises. */
import { omit } from '../json.ts';
import type { KindFormat } from './kind-format.ts';

const VOLATILE = new Set(['id', 'uid', 'owner', 'createdAt', 'updatedAt', 'lastUpdatedBy', 'isPublic']);

export const environments: KindFormat = {
  suffix: '.postman_environment.json',
  isBody: (environment) => Array.isArray(environment['values']),
  uuidOf(environment) {
    const id = environment['id'];
    // Some answers carry the uid, `<owner>-<uuid>`, in place of the id.
    return typeof id === 'string' ? id.replace(/^\d+-(?=[0-9a-f]{8}-)/i, '') : undefined;
  },
  nameOf(environment) {
    return typeof environment['name'] === 'string' ? environment['name'] : undefined;
  },
  normalize(environment, uuid) {
    // Postman's import tells an environment from other JSON by its variable scope, which the API leaves out.
    return { id: uuid, _postman_variable_scope: 'environment', ...omit(environment, VOLATILE) };
  },
};
