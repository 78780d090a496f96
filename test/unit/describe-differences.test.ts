/** The words for what differs: grouped by what it is about, shortened, and never more than names. */
import { describe, expect, it } from 'vitest';
import { describeRest, groupDifferences, summarizeDifferences } from '../../src/describe-differences.ts';
import type { Difference } from '../../src/model.ts';

const quote = (text: string) => `<${text}>`;
const top = { within: [] };
const ping = { piece: 'request', name: 'Ping', within: ['Orders', 'Old'] } as const;
const whole = { piece: 'resource', name: 'Payments', ...top } as const;

function linesFor(...differences: readonly Difference[]): readonly string[] {
  return groupDifferences({ kind: 'collections', differences }, quote).flatMap(({ title, lines }) =>
    lines.map((line) => `${title}: ${line}`),
  );
}

describe('a difference', () => {
  it.each<readonly [string, Difference]>([
    [
      'requests: added <Ping> in <Orders / Old> (1 example)',
      { ...ping, change: 'added', holds: { example: 1 } },
    ],
    ['requests: removed <Ping> in <Orders / Old>', { ...ping, change: 'removed', holds: {} }],
    [
      'requests: renamed <Pong> to <Ping> in <Orders / Old>',
      { ...ping, change: 'renamed', previous: 'Pong' },
    ],
    ['requests: moved <Ping> from the top to <Orders / Old>', { ...ping, change: 'moved', from: [] }],
    [
      'requests: changed <Ping> in <Orders / Old>: URL, tests',
      { ...ping, change: 'edited', fields: ['URL', 'tests'] },
    ],
    [
      'folders: changed the order of items of <Old>',
      { piece: 'folder', name: 'Old', ...top, change: 'reordered', order: 'items' },
    ],
    [
      'variables: changed <token>: value',
      { piece: 'variable', name: 'token', ...top, change: 'edited', fields: ['value'] },
    ],
    ['collection: renamed from <Old>', { ...whole, change: 'renamed', previous: 'Old' }],
    ['collection: changed auth, <`x`>', { ...whole, change: 'edited', fields: ['auth', '`x`'] }],
    ['collection: order of variables changed', { ...whole, change: 'reordered', order: 'variables' }],
    [
      'collection: 12 requests in 3 folders, 1 example, 2 variables',
      { ...whole, change: 'added', holds: { variable: 2, request: 12, folder: 3, example: 1 } },
    ],
    ['collection: empty', { ...whole, change: 'added', holds: {} }],
  ])('is told as "%s"', (line, difference) => {
    expect(linesFor(difference)).toEqual([line]);
  });
});

it('of a kind without pieces an empty one is not told as empty', () => {
  const added = { ...whole, change: 'added', holds: {} } as const;
  expect(groupDifferences({ kind: 'mocks', differences: [added] }, String)).toEqual([
    { title: 'mock', lines: ['added'] },
  ]);
});

it('differences are grouped in a fixed order, and a summary has a line for each group', () => {
  const requests = ['a', 'b', 'c', 'd', 'e'].map(
    (name): Difference => ({ piece: 'request', name, ...top, change: 'removed', holds: {} }),
  );
  const differences: readonly Difference[] = [...requests, { ...whole, change: 'edited', fields: ['auth'] }];
  expect(summarizeDifferences({ kind: 'collections', differences, moreDifferences: 7 }, quote)).toEqual([
    'collection: changed auth',
    'requests: removed <a>; removed <b>; removed <c>; and 2 more',
    'and 7 more that are not listed',
  ]);
});

it('says in place of differences why there are none', () => {
  const kind = 'collections';
  expect(describeRest({ kind, differences: [] })).toEqual([
    'the content is the same; its files are written anew',
  ]);
  expect(describeRest({ kind })).toEqual([]);
  const reasons = (['limit', 'size', 'unreadable'] as const).map((reason) =>
    describeRest({ kind, notCompared: reason }).join(),
  );
  expect(new Set(reasons).size).toBe(3);
  expect(reasons.every((text) => text.startsWith('not compared: '))).toBe(true);
});
