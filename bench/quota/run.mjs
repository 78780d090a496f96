/** `npm run bench:quota`: prints what a year of backups costs and overlooks, by size, schedule, plan and job cache. */
import { loadProgram } from './decisions.mjs';
import { countListing } from './listing.mjs';
import { leastCalls, unseenTimes } from './on-paper.mjs';
import { plans } from './plans.mjs';
import { simulateYear } from './simulate.mjs';
import { renderTable } from './table.mjs';

const SEED = 1;

const program = await loadProgram();
const rows = [];
for (const resources of [50, 500, 5000]) {
  const { workspaces, calls: listCalls } = await countListing(program, resources);
  for (const hoursBetweenRuns of [1, 24]) {
    rows.push(...rowsOf({ resources, listCalls, hoursBetweenRuns }).map((row) => ({ ...row, workspaces })));
  }
}
process.stdout.write(renderTable(rows));

/** One row a plan, up to the one whose quota is never felt: with a larger one the same happens. */
function rowsOf(about) {
  const found = [];
  for (const { name, quota } of plans) {
    const row = simulatePlan({ ...about, ...(quota === undefined ? {} : { quota }) });
    if (row.withCache !== undefined && !row.withCache.heldBack) {
      return [...found, { ...row, plan: quota === undefined ? name : `${name} or larger` }];
    }
    found.push({ ...row, plan: name });
  }
  return found;
}

function simulatePlan(about) {
  const recheckBudget = Number(program.settings['recheck-budget'].fallback);
  const estate = { ...about, recheckBudget, keepsState: false, seed: SEED };
  const least = leastCalls(estate);
  const fits = least <= (about.quota ?? Number.POSITIVE_INFINITY);
  return {
    estate,
    least,
    paper: unseenTimes(estate),
    without: simulateYear(program, estate),
    ...(fits ? { withCache: simulateYear(program, { ...estate, keepsState: true }) } : {}),
  };
}
