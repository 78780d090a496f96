/** Writes what was measured as tables in Markdown. */

const NOTHING = '–';
const COLUMNS = ['', 'time', 'against curl', 'calls', 'peak memory', 'commits', 'saved of there'];

/**
 * @param {string} title
 * @param {readonly object[]} rows `who` and what is known of `seconds`, `ratio`, `calls`, `peakMB`, `commits`, `saved`, `there`
 */
export function showTable(title, rows) {
  const cells = rows.map((row) => [
    row.who,
    row.seconds === undefined ? NOTHING : `${digits(row.seconds)} s`,
    row.ratio === undefined ? NOTHING : `${row.ratio.toFixed(2)} ×`,
    row.calls ?? NOTHING,
    row.peakMB === undefined ? NOTHING : `${Math.round(row.peakMB)} MB`,
    row.commits ?? NOTHING,
    row.saved === undefined ? NOTHING : `${row.saved} of ${row.there}`,
  ]);
  console.log(`\n### ${title}\n`);
  for (const line of [COLUMNS, COLUMNS.map((_, index) => (index === 0 ? '---' : '--:')), ...cells]) {
    console.log(`| ${line.join(' | ')} |`);
  }
}

/** A sentence below a table: what must hold, and whether it does. */
export function showVerdict(what, value, limit) {
  console.log(
    `\n${value <= limit ? 'Holds' : 'DOES NOT HOLD'}: ${what}: ${digits(value)}, at most ${limit}.`,
  );
}

export function showNote(text) {
  console.log(`\n${text}`);
}

/** The middle one of several runs, by time. */
export function medianRun(runs) {
  const sorted = [...runs].sort((a, b) => a.seconds - b.seconds);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

function digits(value) {
  return value < 10 ? value.toFixed(2) : value.toFixed(1);
}
