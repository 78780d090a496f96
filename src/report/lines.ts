/** Lines that are fit for a terminal or a job log: text split into them, and many of them made few. */

import { printable } from '../printable.ts';

// Long enough for any line of ours; a server's message may be longer and is cut.
const MAX_LINE = 2000;

/** @returns the lines of `text`, without control characters; each keeps its indentation. */
export function cleanLines(text: string): string[] {
  return text.split(/\r?\n/u).map(cleanLine);
}

/** @returns the first lines, and how many were left out. */
export function shorten(lines: readonly string[], most: number): string[] {
  const more = lines.length - most;
  return more > 0 ? [...lines.slice(0, most), `… and ${more} more`] : [...lines];
}

function cleanLine(line: string): string {
  const content = line.trimStart();
  const indentation = line.slice(0, line.length - content.length).replace(/[^ ]/gu, ' ');
  return `${indentation}${printable(content, MAX_LINE)}`.trimEnd();
}
