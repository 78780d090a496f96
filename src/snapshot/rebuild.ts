/** What Postman gets when a resource is restored: the normalized resource without our placeholders, as its API takes it. */
import { isObject, type JsonObject, mapKey } from '../json.ts';
import type { Kind } from '../model.ts';
import { apiBody, withoutIds } from './rebuild/bodies.ts';
import { fillIn } from './rebuild/fill-in.ts';

export type Rebuilt = {
  readonly body: JsonObject;
  /** Where values are missing that only a person has: `variable client_secret`, in the order of the document. */
  readonly toFillIn: readonly string[];
};

const NO_LINKS: ReadonlyMap<string, string> = new Map();

/**
 * The body of a new resource: without ids of its own, empty where a secret was.
 * @param normalized what `parseResource` gave.
 * @param options.name of the copy, in place of its own.
 * @param options.newIds uuid in the backup → uid of what took its place, for what mocks and monitors refer to.
 */
export function rebuildCopy(
  kind: Kind,
  normalized: unknown,
  { name, newIds = NO_LINKS }: { readonly name?: string; readonly newIds?: ReadonlyMap<string, string> },
): Rebuilt {
  const { value, toFillIn } = fillIn(normalized, undefined);
  const body = withoutIds(kind, apiBody(kind, isObject(value) ? value : {}, newIds));
  return { body: name === undefined ? body : withName(body, name), toFillIn };
}

/**
 * The body that brings a resource back to what it was: with the ids of all its parts, so that Postman keeps them.
 * @param normalized what `parseResource` gave.
 * @param current the normalized resource of now, its secrets in it: they stay where the text around them is the same.
 * @param uids uuid → uid of what mocks and monitors refer to.
 */
export function rebuildInPlace(
  kind: Kind,
  normalized: unknown,
  current: unknown,
  uids: ReadonlyMap<string, string> = NO_LINKS,
): Rebuilt {
  const { value, toFillIn } = fillIn(normalized, current);
  return { body: apiBody(kind, isObject(value) ? value : {}, uids), toFillIn };
}

/** Collections have their name in `info`; those of the first format, like all other kinds, at the top. */
function withName(body: JsonObject, name: string): JsonObject {
  return isObject(body['info'])
    ? mapKey(body, 'info', (info) => ({ ...(isObject(info) ? info : {}), name }))
    : { ...body, name };
}
