/** The simulated years as one Markdown table. */

/** @import { Estate, Year } from './simulate.mjs' */

/**
 * `plan`: its name. `workspaces`: of the estate. `withCache`, `without`: absent when the plan bears not even the lists.
 * @typedef {{
 *   plan: string,
 *   workspaces: number,
 *   estate: Estate,
 *   least: number,
 *   paper: { boundMs: number, averageMs: number },
 *   without: Year,
 *   withCache?: Year,
 * }} Row
 */

const HEAD = [
  'resources, workspaces',
  'runs',
  'plan',
  'calls a month',
  'of the quota',
  'runs out of quota',
  'with cache: 99 %',
  'longest',
  'on paper',
  'without: average',
  'on paper',
  '99 %',
  'longest',
];

/** @param {readonly Row[]} rows */
export function renderTable(rows) {
  const lines = [HEAD, HEAD.map((_, column) => (column < 3 ? '---' : '---:')), ...rows.map(cellsOf)];
  return `${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}

/** @param {Row} row */
function cellsOf({ plan, workspaces, estate, least, paper, without, withCache }) {
  const { resources, hoursBetweenRuns, quota } = estate;
  const worst = Math.max(...without.calls);
  const about = [
    `${whole(resources)}, ${workspaces}`,
    hoursBetweenRuns === 1 ? 'hourly' : 'daily',
    plan,
    withCache === undefined ? `does not fit: needs ${whole(least)}` : whole(worst),
    quota === undefined ? '–' : percent((withCache === undefined ? least : worst) / quota),
    `${whole(without.outOfQuota + (withCache?.outOfQuota ?? 0))}`,
  ];
  if (withCache === undefined) {
    return [...about, ...Array(HEAD.length - about.length).fill('–')];
  }
  const cached = waitsOf(withCache);
  const random = waitsOf(without);
  const { boundMs, averageMs } = paper;
  return [
    ...about,
    ...[cached.most, cached.longest, boundMs].map(time),
    ...[random.average, averageMs, random.most, random.longest].map(time),
  ];
}

/** @param {Year} year */
function waitsOf({ sightings }) {
  const waits = sightings.map(({ waitedMs }) => waitedMs).sort((a, b) => a - b);
  return {
    average: waits.reduce((sum, wait) => sum + wait, 0) / waits.length,
    most: waits[Math.floor(waits.length * 0.99)],
    longest: waits[waits.length - 1],
  };
}

/** @param {number} value */
function whole(value) {
  return value.toLocaleString('en-US');
}

/** @param {number} share */
function percent(share) {
  return `${whole(Math.round(share * 100))} %`;
}

/** @param {number} ms */
function time(ms) {
  const hours = ms / 3_600_000;
  return hours <= 48 ? `${Number(hours.toFixed(1))} h` : `${Number((hours / 24).toFixed(1))} d`;
}
