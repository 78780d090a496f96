/** `GET /mocks`: one answer holds all mock servers of a workspace, each as complete as `GET /mocks/{id}` gives it. */
import * as z from 'zod';
import { unwrap } from '../envelope.ts';
import { pathSegment } from '../path-segment.ts';
import { readRefs } from '../refs.ts';
import type { KindEndpoints } from './kind-endpoints.ts';

// What the two documented answers have in common (OpenAPI 1.45.0, getMocks and getMock).
const WholeMock = z.looseObject({
  name: z.string(),
  collection: z.string(),
  mockUrl: z.string(),
  config: z.looseObject({}),
});

export const mocks: KindEndpoints = {
  optional: true,
  /** It names active mock servers only; the workspace itself names the others. */
  async list(get, workspace) {
    const query = new URLSearchParams({ workspace: workspace.id });
    const carriesBody = (row: unknown) => WholeMock.safeParse(row).success;
    return readRefs({ kind: 'mocks', workspace, carriesBody }, await get(`mocks?${query}`));
  },
  async fetch(get, ref) {
    return unwrap(await get(`mocks/${pathSegment(ref.uuid)}`), 'mock');
  },
};
