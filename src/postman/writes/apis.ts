/** APIs of the API Builder: Postman v12 ended it, and the OpenAPI 1.45.0 has no path that would write one. */
import { KnownError } from '../../errors.ts';
import type { KindWrites } from './kind-writes.ts';

const refuse = () =>
  Promise.reject(
    new KnownError('NOT_WRITABLE', 'APIs of the API Builder can be backed up, and not written to Postman.'),
  );

/** Every method throws KnownError NOT_WRITABLE. */
export const apis: KindWrites = { create: refuse, replace: refuse, remove: refuse };
