/** The table of what was tried: a row for each fault. */
import type { Tried } from './campaign.ts';

const MOST_SHOWN = 4;
const IDS = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{40}/g;
const HEAD = ['fault', 'runs', 'exit codes', 'left something out', 'repaired', 'files lost', 'wrong'];

export function renderTable(tried: readonly Tried[]): string {
  const names = [...new Set(tried.map(({ fault }) => fault))];
  const rows = names.map((name) =>
    rowOf(
      name,
      tried.filter(({ fault }) => fault === name),
    ),
  );
  const lines = [HEAD, HEAD.map(() => '---'), ...rows, rowOf('all', tried)];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function rowOf(name: string, tried: readonly Tried[]): readonly string[] {
  const incomplete = tried.filter(({ isIncomplete }) => isIncomplete);
  const lost = tried.reduce((sum, one) => sum + one.lost, 0);
  const repaired = incomplete.filter(({ isRepaired }) => isRepaired).length;
  const wrong = tried.filter((one) => one.wrong.length > 0).length;
  return [name, tried.length, exitCodes(tried), incomplete.length, repaired, lost, wrong].map(String);
}

function exitCodes(tried: readonly Tried[]): string {
  const counts = new Map<number, number>();
  for (const { exitCode } of tried) {
    counts.set(exitCode, (counts.get(exitCode) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([code, count]) => `${code} × ${count}`)
    .join(', ');
}

/** @returns a line for each run in which something did not hold; what is the same but for ids once, with how often. */
export function summarizeWrong(tried: readonly Tried[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { fault, where, wrong } of tried) {
    if (wrong.length > 0) {
      const first = wrong.slice(0, MOST_SHOWN).join('; ');
      const more = wrong.length > MOST_SHOWN ? `; and ${wrong.length - MOST_SHOWN} more` : '';
      const text = `${fault} (${where}): ${first}${more}`.replace(IDS, '…');
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return [...counts].map(([text, count]) => `${text}${count === 1 ? '' : ` [${count} times]`}`);
}
