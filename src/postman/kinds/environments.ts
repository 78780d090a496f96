/** `GET /environments`: one answer holds all of a workspace. */
import { readRefs } from '../refs.ts';
import type { KindEndpoints } from './registry.ts';

export const environments: KindEndpoints = {
  path: 'environments',
  envelope: 'environment',
  async list(get, workspace) {
    const answer = await get(`environments?workspace=${encodeURIComponent(workspace.id)}`);
    return readRefs('environments', workspace, answer);
  },
};
