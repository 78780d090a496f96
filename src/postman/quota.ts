/** Keeps what is left of the month's API calls: as Postman said it last, less what was sent since. */
import * as z from 'zod';
import type { Quota } from '../model.ts';

export type QuotaGauge = {
  /** Hears the answer to `GET /me`. */
  hearMe(answer: unknown): void;
  /** Hears the headers of any answer: some say what is left (learning.postman.com, Postman API rate limits). */
  hearHeaders(headers: Headers): void;
  /** Hears that Postman refused a call because nothing is left. */
  hearRefusal(): void;
  /** @returns nothing when the plan has no limit or nobody said it. */
  read(): Quota | undefined;
};

const Me = z.looseObject({
  operations: z
    .array(
      z
        .looseObject({ name: z.string(), limit: z.number(), usage: z.number() })
        .catch({ name: '', limit: 0, usage: 0 }),
    )
    .optional(),
});

// What `GET /me` shows as the limit of a plan that has none.
const UNLIMITED = 99_999_999;

/** @param sent how many calls have been sent so far. */
export function createQuotaGauge(sent: () => number): QuotaGauge {
  let said: (Quota & { readonly at: number }) | undefined;

  function read(): Quota | undefined {
    return said && { limit: said.limit, left: Math.max(0, said.left - (sent() - said.at)) };
  }

  /** An answer knows nothing of calls that were on their way when it was made, and may come late: the smaller one counts. */
  function hear({ limit, left }: Quota): void {
    if (limit < UNLIMITED) {
      const before = read();
      const known = before?.limit === limit ? before.left : left;
      said = { limit, left: Math.min(left, known), at: sent() };
    }
  }

  return {
    hearMe(answer) {
      const usage = Me.safeParse(answer).data?.operations?.find(({ name }) => name === 'api_usage');
      if (usage !== undefined) {
        hear({ limit: usage.limit, left: usage.limit - usage.usage });
      }
    },
    hearHeaders(headers) {
      const limit = readCount(headers, 'limit-month');
      const left = readCount(headers, 'remaining-month');
      if (limit !== undefined && left !== undefined) {
        hear({ limit, left });
      }
    },
    hearRefusal() {
      said = said && { ...said, left: 0 };
    },
    read,
  };
}

function readCount(headers: Headers, name: string): number | undefined {
  const text = headers.get(`ratelimit-${name}`) ?? headers.get(`x-ratelimit-${name}`) ?? '';
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
