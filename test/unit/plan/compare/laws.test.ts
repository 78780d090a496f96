/** What holds for all values: equal ones differ in nothing, others in something, and nothing tells a value. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../../src/json.ts';
import type { Kind } from '../../../../src/model.ts';
import { compareResources } from '../../../../src/plan/compare/compare-resources.ts';
import { serialize } from '../../../../src/snapshot/serialize.ts';
import { corpus, describeCorpus } from '../../../corpus.ts';
import { anyCollection, CANARY, countValues, orders, request, spoilAt } from './samples.ts';

const KINDS: readonly Kind[] = ['collections', 'environments', 'specs', 'apis', 'mocks'];

/** A value becomes another one, or goes. */
const anySpoiling = fc.constantFrom<(value: unknown) => unknown>(
  () => undefined,
  () => 'other',
  () => null,
  () => ({ other: 1 }),
  (value) => (Array.isArray(value) ? [...value, 'more'] : [value]),
  (value) => (Array.isArray(value) ? value.toReversed() : value),
);

function expectCovered(kind: Kind, before: unknown, after: unknown): void {
  const differences = compareResources(kind, before, after);
  expect(differences.length > 0).toBe(serialize(before).id !== serialize(after).id);
}

describe('two versions', () => {
  it('that are equal differ in nothing, whatever the order of their keys', () => {
    fc.assert(
      fc.property(anyCollection, fc.constantFrom(...KINDS), (value, kind) => {
        expect(compareResources(kind, value, parseJson(serialize(value).content))).toEqual([]);
      }),
    );
  });

  it('of which one was changed anywhere differ in something, of any kind', () => {
    fc.assert(
      fc.property(
        anyCollection,
        fc.nat(),
        anySpoiling,
        fc.constantFrom(...KINDS),
        (value, at, spoil, kind) => {
          expectCovered(kind, value, spoilAt(value, at % countValues(value), spoil) ?? null);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('of which one was changed anywhere differ in something, also when another part says so of itself', () => {
    const beside = (item: unknown, method: string) => ({
      info: { name: 'C' },
      item: [
        { name: 'all', item },
        { ...{ id: 'probe', name: 'probe' }, request: { method } },
      ],
    });
    fc.assert(
      fc.property(anyCollection, fc.nat(), anySpoiling, (value, at, spoil) => {
        const items = (value as { readonly item: unknown }).item;
        const spoilt = spoilAt(items, at % countValues(items), spoil);
        const before = beside(items, 'GET');
        const after = beside(spoilt ?? null, 'PUT');

        const others = compareResources('collections', before, after).filter(({ name }) => name !== 'probe');

        expect(others.length > 0).toBe(serialize(items).id !== serialize(spoilt ?? null).id);
      }),
      { numRuns: 1000 },
    );
  });

  it('that have nothing to do with each other differ in something', () => {
    fc.assert(
      fc.property(anyCollection, anyCollection, (one, other) => expectCovered('collections', one, other)),
    );
  });

  it('never tell a value', () => {
    fc.assert(
      fc.property(fc.nat(), anySpoiling, (at, spoil) => {
        const after = spoilAt(orders(), at % countValues(orders()), (value) =>
          value === CANARY ? `${CANARY} of tomorrow` : spoil(value),
        );
        expect(JSON.stringify(compareResources('collections', orders(), after ?? null))).not.toContain(
          CANARY,
        );
      }),
      { numRuns: 500 },
    );
  });
});

const LARGE = 300_000;

describeCorpus('real collections', () => {
  // The few that are large take all the time, and hold nothing that the others do not.
  const values = ['collections', 'made']
    .flatMap((folder) =>
      readdirSync(join(corpus, folder)).map((file) => readFileSync(join(corpus, folder, file))),
    )
    .filter(({ length }) => length < LARGE)
    .flatMap((content) => parseJson(content) ?? []);

  it('differ in something when they were changed anywhere', () => {
    expect(values.length).toBeGreaterThan(10);
    fc.assert(
      fc.property(fc.constantFrom(...values), fc.nat(), anySpoiling, (value, at, spoil) => {
        expectCovered('collections', value, spoilAt(value, at % countValues(value), spoil) ?? null);
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});

describe('ten thousand items', () => {
  const COUNT = 10_000;
  const FOLDERS = 100;

  /** @param place which folder a request lies in. */
  function estate(place: (number: number) => number, nameOf: (number: number) => string, ids: boolean) {
    const folders = Array.from({ length: FOLDERS }, (_, number) => ({
      ...{ id: `f-${number}`, name: `Folder ${number}` },
      item: [] as object[],
    }));
    for (let number = 0; number < COUNT; number++) {
      const { id, response: _, ...rest } = request(`r-${number}`, nameOf(number));
      folders[place(number) % FOLDERS]?.item.push(ids ? { id, ...rest } : rest);
    }
    return { info: { name: 'Large' }, item: folders };
  }

  it.each([
    ['with ids', true],
    ['without ids', false],
  ])('%s, moved and renamed at random, are compared in less than a second', (_, ids) => {
    const before = estate(
      (number) => number,
      (number) => `Request ${number}`,
      ids,
    );
    // 7919 is a prime: neighbours are torn apart.
    const after = estate(
      (number) => (number * 7919) % 97,
      (number) => `Request ${(number * 7919) % COUNT}`,
      ids,
    );
    const start = process.cpuUsage();
    const differences = compareResources('collections', before, after);
    // Of the processor: the machine may be busy with something else.
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(1000);
    expect(differences.length).toBeGreaterThan(COUNT / 2);
  });
});
