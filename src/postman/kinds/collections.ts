/** `GET /collections`: pages of a workspace's collections, by limit and offset. */
import * as z from 'zod';
import type { ResourceRef, Workspace } from '../../model.ts';
import { readRefs } from '../refs.ts';
import type { Get } from '../source.ts';
import type { KindEndpoints, Listed } from './registry.ts';

// The most that Postman's own clients ask for; the documentation names no maximum.
const PAGE_SIZE = 100;

const Paging = z.looseObject({ meta: z.looseObject({ total: z.int() }) });

export const collections: KindEndpoints = {
  path: 'collections',
  envelope: 'collection',
  /** A list that changed between its pages is listed once more. */
  async list(get, workspace) {
    const first = await listPages(get, workspace);
    return first.doubt === undefined ? first : listPages(get, workspace);
  },
};

async function listPages(get: Get, workspace: Workspace): Promise<Listed> {
  const byUuid = new Map<string, ResourceRef>();
  const doubts: string[] = [];
  for (let offset = 0, total = 1; offset < total; ) {
    const query = new URLSearchParams({
      workspace: workspace.id,
      limit: String(PAGE_SIZE),
      offset: String(offset),
    });
    const page = await get(`collections?${query}`);
    const { refs, count, doubt } = readRefs('collections', workspace, page);
    for (const ref of refs) {
      byUuid.set(ref.uuid, ref);
    }
    if (doubt !== undefined) {
      doubts.push(doubt);
    }
    // An answer without paging is the whole list (the unpaged form is deprecated, not gone).
    total = Paging.safeParse(page).data?.meta.total ?? count;
    offset += count;
    if (count === 0 || offset >= total) {
      if (byUuid.size < total) {
        doubts.push(`the list names ${byUuid.size} of ${total}`);
      }
      break;
    }
  }
  const refs = [...byUuid.values()];
  return doubts.length === 0 ? { refs } : { refs, doubt: doubts.join('; ') };
}
