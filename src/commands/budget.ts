/** What a run may spend on certainty, shared by all its backups. */
import type { Quota } from '../model.ts';
import type { FetchChoice } from '../plan/choose-fetches.ts';
import type { Source } from './ports.ts';

export type Budget = {
  /** @returns how many re-checks the next backup may make. What one leaves over is for those after it. */
  share(): number;
  /** @returns what is left of the month's calls when what the backups before will fetch is counted. */
  leftOf(quota: Quota, source: Source): Quota;
  spend(source: Source, choice: Pick<FetchChoice, 'fetch' | 'rechecked'>): void;
};

/**
 * @param rechecks most re-checks in the run.
 * @param backups how many backups the run makes.
 */
export function createBudget(rechecks: number, backups: number): Budget {
  const fetches = new Map<Source, number>();
  let left = rechecks;
  let toCome = backups;
  return {
    share: () => Math.ceil(left / Math.max(1, toCome--)),
    leftOf: ({ limit, left: calls }, source) => ({
      limit,
      left: Math.max(0, calls - (fetches.get(source) ?? 0)),
    }),
    spend(source, { fetch, rechecked }) {
      left -= Math.min(left, rechecked);
      fetches.set(source, (fetches.get(source) ?? 0) + fetch.length);
    },
  };
}
