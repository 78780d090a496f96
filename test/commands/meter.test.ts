/** What a run costs, counted from what happens on the wire. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createMeter } from '../../src/commands/meter.ts';

const START = Date.UTC(2026, 2, 15);

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

it('counts the calls of each host by kind', () => {
  const meter = createMeter();
  for (const kind of ['lists', 'collections', 'collections']) {
    meter.count('api.postman.example', kind);
  }
  meter.count('gitlab.example', 'tree');
  expect(meter.cost().callsByKind).toEqual({
    'api.postman.example': { lists: 1, collections: 2 },
    'gitlab.example': { tree: 1 },
  });
});

it('counts time once in which several wait, and tells the waits for limits from the others', () => {
  const meter = createMeter();
  const wait = (reason: 'limit' | 'retry', from: number, until: number) =>
    meter.wait({ type: 'wait', reason, from: START + from, until: START + until });
  wait('limit', 1000, 4000);
  wait('limit', 1000, 4000);
  wait('retry', 3000, 5000);
  wait('limit', 8000, 9000);
  wait('limit', 2000, 3000);
  vi.setSystemTime(START + 60_000);
  expect(meter.cost()).toMatchObject({ waitedMs: 5000, waitedForLimitsMs: 4000 });
});

it('does not count what is left of a wait when a run is stopped', () => {
  const meter = createMeter();
  meter.wait({ type: 'wait', reason: 'limit', from: START, until: START + 300_000 });
  vi.setSystemTime(START + 10_000);
  expect(meter.cost()).toMatchObject({ waitedMs: 10_000, waitedForLimitsMs: 10_000 });
});
