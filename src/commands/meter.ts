/** Counts what a run costs: calls by host and kind, and the time that passed with waiting. */
import type { HttpEvent } from '../http/client.ts';
import type { Cost } from '../report/report.ts';

type Wait = Extract<HttpEvent, { type: 'wait' }>;

export type Meter = {
  /** @param kind what was asked for, in the words of the bridge. */
  count(host: string, kind: string): void;
  wait(wait: Wait): void;
  cost(): Cost;
};

export function createMeter(): Meter {
  const calls = new Map<string, Map<string, number>>();
  const waits: Wait[] = [];
  return {
    count(host, kind) {
      const kinds = calls.get(host) ?? new Map<string, number>();
      calls.set(host, kinds.set(kind, (kinds.get(kind) ?? 0) + 1));
    },
    wait(wait) {
      waits.push(wait);
    },
    cost() {
      const byKind = [...calls].map(([host, kinds]) => [host, Object.fromEntries(kinds)] as const);
      return {
        callsByKind: Object.fromEntries(byKind),
        waitedMs: timeIn(waits),
        waitedForLimitsMs: timeIn(waits.filter(({ reason }) => reason === 'limit')),
      };
    },
  };
}

/** Many requests wait at the same time: time counts once. What a run that was stopped did not wait for, not at all. */
function timeIn(waits: readonly Wait[]): number {
  const now = Date.now();
  let total = 0;
  let counted = 0;
  for (const { from, until } of [...waits].sort((a, b) => a.from - b.from)) {
    const end = Math.min(until, now);
    total += Math.max(0, end - Math.max(from, counted));
    counted = Math.max(counted, end);
  }
  return total;
}
