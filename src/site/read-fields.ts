/** Fields that several kinds of resource have, read from JSON that somebody else wrote. */
import * as z from 'zod';
import type { Row, Variable } from './model.ts';

/** A text, or what a number or a truth value is as one; empty for all else. */
export const text = z.union([z.string(), z.union([z.number(), z.boolean()]).transform(String)]).catch('');

const flag = z.boolean().catch(false);

/** What fits of a list; none when it is no list. */
export function list<T extends z.ZodType>(item: T) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((values) =>
      values.flatMap((value): z.output<T>[] => {
        const parsed = item.safeParse(value);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}

/** A header, a parameter or a field of a form. */
export function row(sort: string) {
  return z
    .object({
      key: text,
      value: text,
      type: text,
      src: text,
      description: z.unknown().optional(),
      disabled: flag,
    })
    .transform(
      ({ key, value, type, src, description, disabled }): Row => ({
        ...{ key, value: value === '' ? src : value, disabled },
        description: text.parse(
          z.object({ content: z.string() }).safeParse(description).data?.content ?? description,
        ),
        sort: sort === 'form' ? type || 'text' : sort,
      }),
    );
}

/** Collection variables and the values of environments: never more than their names and sorts. */
export const variables = list(
  z.object({ key: text, id: text, type: text, enabled: z.boolean().catch(true), disabled: flag }).transform(
    ({ key, id, type, enabled, disabled }): Variable => ({
      name: key === '' ? id : key,
      sort: type === '' || type === 'any' ? 'default' : type,
      disabled: disabled || !enabled,
    }),
  ),
);
