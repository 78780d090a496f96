/** What holds for any two edits of any collection or environment. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/json.ts';
import { mergeResources } from '../../../../src/plan/merge/merge-resources.ts';

type Item = {
  readonly id?: string;
  readonly name: string;
  readonly request?: JsonObject;
  readonly item?: readonly Item[];
  readonly response?: readonly JsonObject[];
  readonly event?: readonly JsonObject[];
};

const word = fc.constantFrom('a', 'b', 'c', '', '__proto__', 'constructor', 'x\ny');
const request = fc.record({ method: word, url: word, body: fc.option(fc.record({ raw: word })) });
const events = fc.uniqueArray(
  fc.record({ listen: word, script: fc.record({ exec: fc.array(word, { maxLength: 2 }) }) }),
  {
    selector: ({ listen }) => listen,
    maxLength: 2,
  },
);
const { tree } = fc.letrec<{ tree: Item; leaf: Item; folder: Item }>((tie) => ({
  leaf: fc.record({
    name: word,
    request,
    event: events,
    response: fc.array(fc.record({ name: word, code: fc.nat({ max: 3 }) }), { maxLength: 2 }),
  }),
  folder: fc.record({ name: word, item: fc.array(tie('tree'), { maxLength: 4 }) }),
  tree: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('leaf'), tie('folder')),
}));
const variables = fc.array(fc.record({ key: word, value: word }), { maxLength: 4 });
const collection = fc
  .record({
    info: fc.record({ name: word, description: word }),
    item: fc.array(tree, { maxLength: 4 }),
    variable: variables,
  })
  .map(withIds);

/** Each item and example gets the id of its number, as Postman gives everything one. */
function withIds<T extends JsonObject>(value: T): T {
  let count = 0;
  const number = (one: JsonObject): JsonObject => ({
    ...one,
    ...lists(one, (child) => ({ ...number(child), id: `id-${++count}` })),
  });
  return number(value) as T;
}

function lists(holder: JsonObject, change: (child: JsonObject) => JsonObject): JsonObject {
  const changed = (['item', 'response'] as const).flatMap((list) => {
    const entries = holder[list] as readonly JsonObject[] | undefined;
    return entries === undefined ? [] : [[list, entries.map(change)] as const];
  });
  return Object.fromEntries(changed);
}

/** Edits each item whose number `mine` chooses: renamed, its request changed, or without its examples. */
function edit(value: JsonObject, mine: (number: number) => boolean, suffix: string): JsonObject {
  const change = (child: JsonObject): JsonObject => {
    const inside = { ...child, ...lists(child, change) };
    const number = Number(String(child['id']).slice(3));
    return mine(number) ? { ...inside, name: `${String(child['name'])}${suffix}` } : inside;
  };
  return { ...value, ...lists(value, change) };
}

const merged = (base: unknown, ours: unknown, theirs: unknown) =>
  mergeResources('collections', { base, ours, theirs });

describe('a merge', () => {
  it('of an edit and nothing is the edit', () => {
    fc.assert(
      fc.property(collection, collection, (base, other) => {
        expect(merged(base, base, other)).toEqual({ value: other });
        expect(merged(base, other, other)).toEqual({ value: other });
      }),
    );
  });

  it('of an edit here and nothing there is the edit', () => {
    fc.assert(
      fc.property(collection, fc.integer(), (base, seed) => {
        const ours = edit(base, (number) => (number * 7 + seed) % 2 === 0, ' here');
        expect(merged(base, ours, base)).toEqual({ value: ours });
      }),
    );
  });

  it('of edits of different items is what both together make, whoever comes first', () => {
    fc.assert(
      fc.property(collection, fc.func(fc.constantFrom('ours', 'theirs', 'nobody')), (base, share) => {
        const isOurs = (number: number) => share(number) === 'ours';
        const isTheirs = (number: number) => share(number) === 'theirs';
        const ours = edit(base, isOurs, ' here');
        const theirs = edit(base, isTheirs, ' there');
        const both = edit(ours, isTheirs, ' there');
        expect(merged(base, ours, theirs)).toEqual({ value: both });
        expect(merged(base, theirs, ours)).toEqual({ value: both });
      }),
    );
  });

  it('of any two versions gives the same whoever comes first, but for the order of what both added', () => {
    fc.assert(
      fc.property(collection, collection, collection, (base, one, other) => {
        const [here, there] = [merged(base, one, other), merged(base, other, one)];
        expect('conflicts' in here).toBe('conflicts' in there);
        if ('value' in here && 'value' in there) {
          expect(sorted(here.value)).toEqual(sorted(there.value));
        }
      }),
    );
  });

  it('gives no id to two items', () => {
    fc.assert(
      fc.property(collection, collection, collection, (base, one, other) => {
        const merge = merged(base, one, other);
        const ids = 'value' in merge ? idsIn(merge.value as JsonObject) : [];
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});

function idsIn(value: JsonObject): readonly unknown[] {
  const ids: unknown[] = [];
  const visit = (child: JsonObject): JsonObject => {
    ids.push(...(child['id'] === undefined ? [] : [child['id']]));
    return lists(child, visit);
  };
  lists(value, visit);
  return ids;
}

/** The same with its lists in an order of their own, and without ids: what is new on one side has none yet. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const texts = value.map(sorted).map((one) => [JSON.stringify(one), one] as const);
    return texts.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value)
    .filter(([key]) => key !== 'id')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
}
