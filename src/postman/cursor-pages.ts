/** Reads answers that are chained by cursors, and notices when the chain does not end. */
import * as z from 'zod';

export type Pages = {
  readonly answers: readonly unknown[];
  /**
   * `last`: no cursor followed. `repeated`: the last page shows nothing that the others do not, and yet a cursor.
   * `circle`: its cursor was followed before.
   */
  readonly end: 'last' | 'repeated' | 'circle';
};

const Meta = z.looseObject({ meta: z.looseObject({ nextCursor: z.string().nullish() }).nullish() });

/**
 * @param list the key under which each page holds its entries.
 * @param ask sends the request for one page; the first one has no cursor.
 */
export async function readPages(
  list: string,
  ask: (cursor: string | undefined) => Promise<unknown>,
): Promise<Pages> {
  const answers: unknown[] = [];
  const cursors = new Set<string>();
  const entries = new Set<string>();
  for (let cursor: string | undefined; ; cursors.add(cursor)) {
    const answer = await ask(cursor);
    answers.push(answer);
    cursor = Meta.safeParse(answer).data?.meta?.nextCursor || undefined;
    if (cursor === undefined) {
      return { answers, end: 'last' };
    }
    if (showsNothingNew(answer, list, entries)) {
      return { answers, end: 'repeated' };
    }
    if (cursors.has(cursor)) {
      return { answers, end: 'circle' };
    }
  }
}

/** Adds the page's entries to `seen`. An empty page is no proof: what the key may not see can be left out of it. */
function showsNothingNew(answer: unknown, list: string, seen: Set<string>): boolean {
  const page = z.looseObject({ [list]: z.array(z.unknown()) }).safeParse(answer).data?.[list] ?? [];
  const texts = page.map((entry) => JSON.stringify(entry));
  const isOld = texts.length > 0 && texts.every((text) => seen.has(text));
  for (const text of texts) {
    seen.add(text);
  }
  return isOld;
}
