/** `PUT /workspaces/{id}/global-variables`: "replaces all existing global variables" (OpenAPI 1.45.0). */
import { KnownError } from '../../errors.ts';
import { pathSegment } from '../path-segment.ts';
import { doneOrThrow, sendUntilClear } from './api.ts';
import type { KindWrites } from './kind-writes.ts';
import { withoutNulls } from './without-nulls.ts';

export const globals: KindWrites = {
  /** @throws KnownError NOT_WRITABLE: the workspace has them, and what is there is not to be touched. */
  create: () => Promise.reject(alwaysThere('created')),
  async replace(api, ref, { values }) {
    const path = `workspaces/${pathSegment(ref.uuid)}/global-variables`;
    const put = { method: 'PUT', path, body: { values: withoutNulls(values) } } as const;
    doneOrThrow(await sendUntilClear(api, put));
  },
  /** @throws KnownError NOT_WRITABLE */
  remove: () => Promise.reject(alwaysThere('removed')),
};

function alwaysThere(done: string): KnownError {
  const message = `A workspace always has its global variables: they can be replaced, and not ${done}.`;
  return new KnownError('NOT_WRITABLE', message);
}
