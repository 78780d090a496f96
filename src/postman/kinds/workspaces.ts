/** A workspace's description of itself: what `GET /workspaces/{id}` gave when the workspace was looked up. */
import * as z from 'zod';
import { unwrap } from '../envelope.ts';
import { pathSegment } from '../path-segment.ts';
import type { KindEndpoints } from './kind-endpoints.ts';

const Described = z.looseObject({ id: z.string() });

export const workspaces: KindEndpoints = {
  async list(_get, { id, name, content }) {
    // A workspace that could not be opened was listed with a doubt of its own, and has no content.
    const body = Described.safeParse(content).data;
    return body === undefined
      ? { refs: [] }
      : { refs: [{ kind: 'workspaces', uid: id, uuid: id, name, workspace: { id, name }, body }] };
  },
  async fetch(get, ref) {
    return unwrap(await get(`workspaces/${pathSegment(ref.uuid)}`), 'workspace');
  },
};
