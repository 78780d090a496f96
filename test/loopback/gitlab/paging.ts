/** GitLab's offset paging: the parameters, the `x-…` headers and the `Link` header. */
import type { Call } from './endpoint.ts';

export type Page = { readonly page: number; readonly perPage: number };

/** @returns `page` and `per_page` (20 by default, at most 100) of the query. */
export function pageOf(query: URLSearchParams): Page {
  return {
    page: Math.max(1, Number(query.get('page') ?? 1) || 1),
    perPage: Math.min(100, Math.max(1, Number(query.get('per_page') ?? 20) || 20)),
  };
}

/** @returns the items of the page, and the headers that describe it. */
export function paginate<Item>(
  call: Call,
  items: readonly Item[],
): { readonly items: readonly Item[]; readonly headers: Readonly<Record<string, string>> } {
  const { page, perPage } = pageOf(call.query);
  const start = (page - 1) * perPage;
  const totalPages = Math.max(1, Math.ceil(items.length / perPage));
  const next = page < totalPages ? String(page + 1) : '';
  return {
    items: items.slice(start, start + perPage),
    headers: {
      'x-page': String(page),
      'x-per-page': String(perPage),
      'x-next-page': next,
      'x-prev-page': page > 1 ? String(page - 1) : '',
      'x-total': String(items.length),
      'x-total-pages': String(totalPages),
      ...(next === '' ? {} : { link: nextLink(call, { page: next, per_page: String(perPage) }) }),
    },
  };
}

/** @returns a `Link` header: this request again, with `changes` made to its query. */
export function nextLink(call: Call, changes: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(call.query);
  for (const [name, value] of Object.entries(changes)) {
    query.set(name, value);
  }
  return `<${call.address}?${query}>; rel="next"`;
}
