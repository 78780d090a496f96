/** What the simulation should come to, as closed formulas for a month of 31 days. */
import { EDITS, HIDDEN_IN } from './simulate.mjs';

const HOURS_IN_MONTH = 31 * 24;
// What `chooseFetches` lets come free in the course of a month.
const FREE_OVER_THE_MONTH = 0.75;

/** @import { Estate } from './simulate.mjs' */

/** @param {Estate} estate @returns {number} calls a month for the lists, and for the edits that they show. */
export function leastCalls(estate) {
  const { listCalls, hoursBetweenRuns } = estate;
  return Math.ceil((HOURS_IN_MONTH / hoursBetweenRuns) * (listCalls + shownEdits(estate)));
}

/**
 * With the cache, a hidden edit is seen after at most ⌈N / B⌉ runs. Without it, each run finds it with the chance
 * B / N: after N / B runs on average, and the first of them is half an interval away.
 * @param {Estate} estate
 * @returns {{ boundMs: number, averageMs: number }}
 */
export function unseenTimes(estate) {
  const runs = estate.resources / rechecksOfRun(estate);
  const intervalMs = estate.hoursBetweenRuns * 3_600_000;
  return { boundMs: Math.ceil(runs) * intervalMs, averageMs: (runs - 0.5) * intervalMs };
}

/** The budget, the estate, or what comes free between two runs less what else they call. @param {Estate} estate */
function rechecksOfRun(estate) {
  const { resources, recheckBudget, quota = Number.POSITIVE_INFINITY, listCalls, hoursBetweenRuns } = estate;
  const free = (quota * FREE_OVER_THE_MONTH * hoursBetweenRuns) / HOURS_IN_MONTH;
  return Math.min(resources, recheckBudget, free - listCalls - shownEdits(estate));
}

/** In the time between two runs. @param {Estate} estate */
function shownEdits({ resources, hoursBetweenRuns }) {
  return (resources * EDITS * (1 - 1 / HIDDEN_IN) * hoursBetweenRuns) / (365 * 24);
}
