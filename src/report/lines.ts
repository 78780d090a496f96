/** Splits text of several lines into lines that are fit for a terminal or a job log. */

import { printable } from '../printable.ts';

// Long enough for any line of ours; a server's message may be longer and is cut.
const MAX_LINE = 2000;

/** @returns the lines of `text`, without control characters; each keeps its indentation. */
export function cleanLines(text: string): string[] {
  return text.split(/\r?\n/u).map(cleanLine);
}

function cleanLine(line: string): string {
  const content = line.trimStart();
  const indentation = line.slice(0, line.length - content.length).replace(/[^ ]/gu, ' ');
  return `${indentation}${printable(content, MAX_LINE)}`.trimEnd();
}
