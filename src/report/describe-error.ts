/** The text that a person sees when a run ends early. */

import { KnownError } from '../errors.ts';
import { cleanLines } from './lines.ts';
import { type Problem, problemOf } from './problem.ts';

/**
 * What happened, what to do, where to read more; for an unknown error its stack instead of a page. No cause and no
 * property of a foreign error is shown: those of the HTTP clients hold tokens. Mask the text before it is printed.
 */
export function describeError(error: unknown): string {
  const problem = problemOf(error);
  if (error instanceof KnownError) {
    return describeProblem(problem);
  }
  const stack = error instanceof Error && typeof error.stack === 'string' ? error.stack : problem.message;
  return describeProblem({ ...problem, message: stack });
}

/** @returns the lines of one problem; the page is named only for codes of the catalogue. */
export function describeProblem({ code, message, hint }: Problem): string {
  const [first = '', ...rest] = cleanLines(message);
  const lines = [`✖ ${code}  ${first}`, ...rest.map((line) => `  ${line}`), ...labelled('Fix', hint)];
  if (code !== 'BUG') {
    lines.push(...labelled('More', `docs/errors.md#${code.toLowerCase()}`));
  }
  return lines.join('\n');
}

function labelled(label: string, text: string): string[] {
  const [first = '', ...rest] = cleanLines(text);
  return [`  ${label.padEnd(5)} ${first}`, ...rest.map((line) => `        ${line}`)];
}
