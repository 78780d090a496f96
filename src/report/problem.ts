/** Turns whatever was thrown into plain facts: a code, a message, a way out, an exit code. */

import { KnownError } from '../errors.ts';

/** An error as the report shows it. `code` is one of the catalogue, or `BUG`. */
export type Problem = {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
};

const BUG_HINT =
  'This is a bug in this tool. Please report it with the lines above and the version (--version).';

/** @returns what is known of `error`; of an unknown one only its name and message: its properties may hold tokens. */
export function problemOf(error: unknown): Problem & { readonly exitCode: number } {
  if (error instanceof KnownError) {
    return { code: error.code, message: error.message, hint: error.hint, exitCode: error.exitCode };
  }
  return { code: 'BUG', message: nameOf(error), hint: BUG_HINT, exitCode: 1 };
}

function nameOf(error: unknown): string {
  if (error instanceof Error) {
    return `${error.name}: ${error.message}`;
  }
  return typeof error === 'string' ? error : `something that is no error was thrown (${typeof error})`;
}
