/**
 * Holds a collection against the parts of its format (v2.0, v2.1) that Postman and Newman read. The published schema is
 * stricter than what Postman itself writes, so it is no measure of what can be restored.
 */
import * as z from 'zod';
import type { Kind } from '../model.ts';

const text = z.string();
const described = z.union([text, z.looseObject({}), z.null()]);
const objects = z.array(z.looseObject({}));

const Url = z.union([text, z.looseObject({ raw: text.optional() }), z.null()]);
const Event = z.looseObject({
  listen: text,
  script: z.looseObject({ exec: z.union([text, z.array(text), z.null()]).optional() }).optional(),
});
const Request = z.union([
  text,
  z.looseObject({
    method: text.nullish(),
    url: Url.optional(),
    header: z.union([text, objects, z.null()]).optional(),
    body: z.looseObject({ mode: text.nullish() }).nullish(),
    auth: z.looseObject({ type: text }).nullish(),
    description: described.optional(),
  }),
]);
const shared = {
  event: z.array(Event).nullish(),
  variable: objects.nullish(),
  auth: z.looseObject({ type: text }).nullish(),
};
const Item: z.ZodType<unknown> = z
  .looseObject({
    name: text.optional(),
    ...shared,
    request: Request.optional(),
    response: objects.nullish(),
    item: z.array(z.lazy(() => Item)).optional(),
  })
  .refine((item) => item.item !== undefined || item.request !== undefined, {
    error: 'it is neither a folder nor a request',
  });
const Collection = z.looseObject({
  info: z.looseObject({
    name: text.min(1),
    schema: text.regex(/\/collection\/v2\.[01]\.0\//, {
      error: 'it is no schema of a collection v2.0 or v2.1',
    }),
    description: described.optional(),
  }),
  ...shared,
  item: z.array(Item),
});

/**
 * @param normalized what `parseBackup` gave.
 * @returns a line for each place that is not as the format says, the path first; nothing for all other kinds, and for
 *   collections of the first format.
 * @throws RangeError when it is nested too deeply.
 */
export function findMisfits(kind: Kind, normalized: unknown): readonly string[] {
  if (kind !== 'collections' || !z.object({ info: z.unknown() }).safeParse(normalized).success) {
    return [];
  }
  const { error } = Collection.safeParse(normalized);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}
