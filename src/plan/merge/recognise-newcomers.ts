/** What is new in an edited collection has no id; or Postman has it already, since a push that did not come to its end. */
import { isObject, isSameJson, type JsonObject, omit } from '../../json.ts';

type Versions = { readonly base: JsonObject; readonly ours: JsonObject; readonly theirs: JsonObject };

/** The members of a collection, a folder or a request that hold entries with ids. */
const LISTS = ['item', 'response'] as const;
const ID = new Set(['id']);

/**
 * An id that neither side knows came with a copy from elsewhere, one that stands twice with a copy from here: neither
 * may reach Postman. What has the name and the place of something that only Postman has is that.
 * @returns the edited collection, in which whatever has an id is no newcomer.
 */
export function recogniseNewcomers({ base, ours, theirs }: Versions): JsonObject {
  const known = new Set([...keysIn(base), ...keysIn(theirs)]);
  const own = keysIn(ours);
  const inTheirs = childrenById(theirs);
  const seen = new Set<string>();

  function candidates(list: string, parent: string | undefined): readonly JsonObject[] {
    const children = parent === undefined ? [] : (inTheirs.get(`${list} ${parent}`) ?? []);
    return children.filter((child) => {
      const key = keyIn(list, child);
      return key !== undefined && !own.has(key) && !seen.has(key);
    });
  }

  function identify(list: string, entry: JsonObject, parent: string | undefined): JsonObject {
    const key = keyIn(list, entry);
    if (key !== undefined && known.has(key) && !seen.has(key)) {
      seen.add(key);
      return entry;
    }
    const plain = omit(entry, ID);
    const namesakes = candidates(list, parent).filter((one) => isNamesake(one, plain));
    const same = namesakes.find((one) => isSameJson(omit(one, ID), plain)) ?? namesakes[0];
    const found = same === undefined ? undefined : keyIn(list, same);
    if (same === undefined || found === undefined) {
      return plain;
    }
    seen.add(found);
    return { ...plain, id: same['id'] };
  }

  function visit(holder: JsonObject, id: string | undefined): JsonObject {
    let visited = holder;
    for (const list of LISTS) {
      const entries = holder[list];
      if (Array.isArray(entries)) {
        const named = entries.map((entry: unknown) => {
          const identified = isObject(entry) ? identify(list, entry, id) : undefined;
          return identified === undefined ? entry : visit(identified, idOf(identified));
        });
        visited = { ...visited, [list]: named };
      }
    }
    return visited;
  }

  return visit(ours, '');
}

function isNamesake(one: JsonObject, other: JsonObject): boolean {
  return one['name'] === other['name'] && Array.isArray(one['item']) === Array.isArray(other['item']);
}

function idOf({ id }: JsonObject): string | undefined {
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** An item is known by its id among items, an example among examples: as in a `Document`. */
function keyIn(list: string, entry: JsonObject): string | undefined {
  const id = idOf(entry);
  return id === undefined ? undefined : `${list} ${id}`;
}

function keysIn(collection: JsonObject): ReadonlySet<string> {
  const lists = [...childrenById(collection)];
  return new Set(
    lists.flatMap(([place, children]) => {
      const list = place.slice(0, place.indexOf(' '));
      return children.flatMap((child) => keyIn(list, child) ?? []);
    }),
  );
}

/** @returns list and id of a folder or request → what the list holds; the collection's own id is empty. */
function childrenById(collection: JsonObject): ReadonlyMap<string, readonly JsonObject[]> {
  const children = new Map<string, JsonObject[]>();
  const visit = (holder: JsonObject, id: string) => {
    for (const list of LISTS) {
      const entries = holder[list];
      const objects = Array.isArray(entries) ? entries.filter(isObject) : [];
      const there = children.get(`${list} ${id}`) ?? [];
      children.set(`${list} ${id}`, [...there, ...objects]);
      for (const child of objects) {
        visit(child, idOf(child) ?? '?');
      }
    }
  };
  visit(collection, '');
  return children;
}
