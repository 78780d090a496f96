/** `GET /collections`: pages of a workspace's collections, by limit and offset. */
import * as z from 'zod';
import type { Workspace } from '../../model.ts';
import { unwrap } from '../envelope.ts';
import { pathSegment } from '../path-segment.ts';
import { type ReadRefs, readRefs } from '../refs.ts';
import type { Get } from '../source.ts';
import type { KindEndpoints, Listed } from './kind-endpoints.ts';

// The most that Postman's own clients ask for; the documentation names no maximum.
const PAGE_SIZE = 100;

const Paging = z.looseObject({ meta: z.looseObject({ total: z.int() }) });

export const collections: KindEndpoints = {
  /** A list that changed between its pages is listed once more. */
  async list(get, workspace) {
    const first = await listPages(get, workspace);
    return first.doubt === undefined ? first : listPages(get, workspace);
  },
  async fetch(get, ref) {
    return unwrap(await get(`collections/${pathSegment(ref.uid)}`), 'collection');
  },
};

type Page = ReadRefs & {
  /** How many collections there are on all pages. */
  readonly total: number;
};

async function listPages(get: Get, workspace: Workspace): Promise<Listed> {
  const pages: Page[] = [];
  for (let offset = 0, isLast = false; !isLast; ) {
    const page = await readPage(get, workspace, offset);
    pages.push(page);
    offset += page.count;
    isLast = page.count === 0 || offset >= page.total;
  }
  const listed = pages.flatMap(({ refs }) => refs);
  const refs = [...new Map(listed.map((ref) => [ref.uuid, ref])).values()];
  const doubt = doubtAbout(pages, refs.length);
  return doubt === undefined ? { refs } : { refs, doubt };
}

async function readPage(get: Get, workspace: Workspace, offset: number): Promise<Page> {
  const query = new URLSearchParams({
    workspace: workspace.id,
    limit: String(PAGE_SIZE),
    offset: String(offset),
  });
  const answer = await get(`collections?${query}`);
  const page = readRefs({ kind: 'collections', workspace }, answer);
  // An answer without paging is the whole list (the unpaged form is deprecated, not gone).
  return { ...page, total: Paging.safeParse(answer).data?.meta.total ?? offset + page.count };
}

function doubtAbout(pages: readonly Page[], found: number): string | undefined {
  const unreadable = pages.find(({ doubt }) => doubt !== undefined)?.doubt;
  const [total = 0, ...others] = new Set(pages.map((page) => page.total));
  if (unreadable !== undefined) {
    return unreadable;
  }
  if (others.length > 0) {
    // What moved over the border between two pages was missed.
    return 'the list changed while it was read';
  }
  return found < total ? `the list names ${found} of ${total}` : undefined;
}
