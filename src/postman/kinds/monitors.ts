/** `GET /monitors`: pages of 25, chained by cursors; a row says little more than the name. */
import { unwrap } from '../envelope.ts';
import { listByCursor } from '../list-by-cursor.ts';
import { pathSegment } from '../path-segment.ts';
import type { KindEndpoints } from './kind-endpoints.ts';

// More is answered with 400 (OpenAPI 1.45.0, getMonitors).
const PAGE_SIZE = 25;

export const monitors: KindEndpoints = {
  optional: true,
  list: (get, workspace) =>
    listByCursor(get, {
      kind: 'monitors',
      workspace,
      query: { workspace: workspace.id, limit: String(PAGE_SIZE) },
    }),
  async fetch(get, ref) {
    return unwrap(await get(`monitors/${pathSegment(ref.uuid)}`), 'monitor');
  },
};
