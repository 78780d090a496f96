/** Spec Hub: `GET /specs` lists by cursor; a spec is its own answer and one more for each of its files. */
import * as z from 'zod';
import { readDefinitionFiles } from '../definition-files.ts';
import { translateAnswer } from '../errors.ts';
import { listByCursor } from '../list-by-cursor.ts';
import { pathSegment } from '../path-segment.ts';
import type { KindEndpoints } from './kind-endpoints.ts';

// The documented default; no maximum is documented. A spec takes three calls or more, its list a tenth of one.
const PAGE_SIZE = 10;

const Spec = z.looseObject({ id: z.string() });

export const specs: KindEndpoints = {
  optional: true,
  list: (get, workspace) =>
    listByCursor(get, {
      kind: 'specs',
      workspace,
      query: { workspaceId: workspace.id, limit: String(PAGE_SIZE) },
    }),
  /** @returns the spec with `files`: what lists each of them, and its `content`. */
  async fetch(get, ref) {
    const path = `specs/${pathSegment(ref.uuid)}`;
    const answer = await get(path);
    const spec = Spec.safeParse(answer);
    if (!spec.success) {
      throw translateAnswer(answer, 'id');
    }
    return { ...spec.data, files: await readDefinitionFiles(get, `${path}/files`) };
  },
};
