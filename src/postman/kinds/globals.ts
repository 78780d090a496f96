/** `GET /workspaces/{id}/global-variables`: each workspace has one set of globals, without an id or a name of its own. */
import { pathSegment } from '../path-segment.ts';
import type { Get } from '../source.ts';
import type { KindEndpoints } from './kind-endpoints.ts';

export const globals: KindEndpoints = {
  optional: true,
  /** There is nothing to list: the one call gives the body, or says that there are none on this plan. */
  async list(get, { id, name }) {
    const body = await readGlobals(get, id);
    return { refs: [{ kind: 'globals', uid: id, uuid: id, name, workspace: { id, name }, body }] };
  },
  fetch: (get, ref) => readGlobals(get, ref.uuid),
};

function readGlobals(get: Get, workspaceId: string): Promise<unknown> {
  return get(`workspaces/${pathSegment(workspaceId)}/global-variables`);
}
