/** `GET /environments`: one answer holds all of a workspace. */
import { unwrap } from '../envelope.ts';
import { pathSegment } from '../path-segment.ts';
import { readRefs } from '../refs.ts';
import type { KindEndpoints } from './kind-endpoints.ts';

export const environments: KindEndpoints = {
  async list(get, workspace) {
    const query = new URLSearchParams({ workspace: workspace.id });
    return readRefs({ kind: 'environments', workspace }, await get(`environments?${query}`));
  },
  async fetch(get, ref) {
    return unwrap(await get(`environments/${pathSegment(ref.uid)}`), 'environment');
  },
};
