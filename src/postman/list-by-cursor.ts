/** Lists a kind whose pages are chained by cursors. */
import * as z from 'zod';
import type { Kind, ResourceRef, Workspace } from '../model.ts';
import { readPages } from './cursor-pages.ts';
import type { Listed } from './kinds/kind-endpoints.ts';
import { readRefs } from './refs.ts';
import type { Get } from './source.ts';

const Total = z.looseObject({ meta: z.looseObject({ total: z.int() }) });

/** @param about.kind also the path of the list, and the key under which a page holds it. */
export async function listByCursor(
  get: Get,
  about: {
    readonly kind: Kind;
    readonly workspace: Workspace;
    readonly query: Readonly<Record<string, string>>;
  },
): Promise<Listed> {
  const { kind, query } = about;
  const { answers, end } = await readPages(kind, (cursor) => {
    const asked = new URLSearchParams(cursor === undefined ? query : { ...query, cursor });
    return get(`${kind}?${asked}`);
  });
  const pages = answers.map((answer) => readRefs(about, answer));
  const refs = new Map<string, ResourceRef>();
  for (const ref of pages.flatMap((page) => page.refs)) {
    refs.set(ref.uuid, ref);
  }
  const unreadable = pages.find(({ doubt }) => doubt !== undefined)?.doubt;
  const doubt =
    unreadable ?? (end === 'last' ? shortOfTotal(answers, refs.size) : 'its pages lead in a circle');
  return doubt === undefined ? { refs: [...refs.values()] } : { refs: [...refs.values()], doubt };
}

/** Some of these lists say how many entries there are on all pages. */
function shortOfTotal(answers: readonly unknown[], found: number): string | undefined {
  const total = Total.safeParse(answers.at(-1)).data?.meta.total ?? found;
  return found < total ? `the list names ${found} of ${total}` : undefined;
}
