/** When requests may start, on a fake clock. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPace, type Lane, type Wait } from '../../../src/http/pace.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const ignore = () => undefined;

/** Adds tasks that take `ms` and notes when each one starts, in milliseconds from now. */
function startTasks(lane: Lane, count: number, ms = 1): number[] {
  const begin = Date.now();
  const starts: number[] = [];
  for (let index = 0; index < count; index++) {
    void lane.run(
      () => {
        starts.push(Date.now() - begin);
        return new Promise((resolve) => setTimeout(resolve, ms));
      },
      { urgent: false, onWait: ignore },
    );
  }
  return starts;
}

describe('a pace without rules', () => {
  test('runs eight at once, and the next as soon as one is done', async () => {
    const starts = startTasks(createPace().laneOf('any'), 20, 100);
    await vi.runAllTimersAsync();
    expect(starts).toEqual([...Array(8).fill(0), ...Array(8).fill(100), ...Array(4).fill(200)]);
  });
});

describe('a pace with a window of ten in ten seconds', () => {
  const rule = { matches: (path: string) => path === 'lists', limit: 10, windowMs: 10_000 };

  test('lets ten go at once, and the others when the window has moved', async () => {
    const starts = startTasks(createPace([rule]).laneOf('lists'), 25);
    await vi.runAllTimersAsync();
    expect(starts).toEqual([...Array(10).fill(0), ...Array(10).fill(10_000), ...Array(5).fill(20_000)]);
  });

  test('never lets more than ten start in any ten seconds, however they come', async () => {
    const lane = createPace([rule]).laneOf('lists');
    const begin = Date.now();
    const batches: { later: number; starts: readonly number[] }[] = [];
    for (const size of [3, 6, 5, 9, 1]) {
      batches.push({ later: Date.now() - begin, starts: startTasks(lane, size) });
      await vi.advanceTimersByTimeAsync(4000);
    }
    await vi.runAllTimersAsync();
    const starts = batches.flatMap(({ later, starts }) => starts.map((start) => start + later));
    for (const start of starts) {
      expect(starts.filter((other) => other >= start && other < start + 10_000).length).toBeLessThanOrEqual(
        10,
      );
    }
    expect(starts).toHaveLength(24);
  });

  test('tells of each request how long it waited', async () => {
    const lane = createPace([rule]).laneOf('lists');
    const waits: number[] = [];
    const onWait = ({ from, until }: Wait) => waits.push(until - from);
    for (let index = 0; index < 12; index++) {
      void lane.run(async () => undefined, { urgent: false, onWait });
    }
    await vi.runAllTimersAsync();
    expect(waits).toEqual([10_000, 10_000]);
  });

  test('does not hold up paths that no rule names', async () => {
    const pace = createPace([rule]);
    startTasks(pace.laneOf('lists'), 15);
    const others = startTasks(pace.laneOf('bodies'), 4);
    await vi.advanceTimersByTimeAsync(0);
    expect(others).toEqual([0, 0, 0, 0]);
  });
});

describe('a pause', () => {
  test('starts nothing until it is over, and lets go on what has started', async () => {
    const lane = createPace().laneOf('any');
    const before = startTasks(lane, 8, 50);
    lane.pause(3000, ignore);
    const after = startTasks(lane, 2);
    await vi.runAllTimersAsync();
    expect(before).toHaveLength(8);
    expect(after).toEqual([3000, 3000]);
  });

  test('is prolonged by a longer one, and not cut by a shorter one', async () => {
    const lane = createPace().laneOf('any');
    lane.pause(2000, ignore);
    lane.pause(5000, ignore);
    lane.pause(1000, ignore);
    const starts = startTasks(lane, 1);
    await vi.runAllTimersAsync();
    expect(starts).toEqual([5000]);
  });

  test('is told once, and only when somebody waits for it', async () => {
    const lane = createPace().laneOf('any');
    const waits: number[] = [];
    const onWait = ({ from, until }: Wait) => waits.push(until - from);
    lane.pause(2000, onWait);
    expect(waits).toEqual([]);
    await vi.advanceTimersByTimeAsync(500);
    const runs = [1, 2, 3].map(() => lane.run(async () => undefined, { urgent: false, onWait }));
    expect(waits).toEqual([1500]);
    await vi.runAllTimersAsync();
    await Promise.all(runs);
  });

  test('lets those go first that have been tried before', async () => {
    const lane = createPace().laneOf('any');
    const order: string[] = [];
    lane.pause(1000, ignore);
    for (const [name, urgent] of [
      ['new', false],
      ['again', true],
    ] as const) {
      void lane.run(async () => order.push(name), { urgent, onWait: ignore });
    }
    await vi.runAllTimersAsync();
    expect(order).toEqual(['again', 'new']);
  });
});
