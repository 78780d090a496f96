/** What stopped a run, in whole or in part: which failure ends it, how several are told as one, what was refused. */
import { KnownError } from '../errors.ts';
import type { Outcome } from '../model.ts';

const UNAVAILABLE = 22;
const QUOTA_EXHAUSTED = 23;
const STOPPED = 143;

/** A wrong workspace or a protected branch says nothing about the other backups; an outage or a bug does. */
export function endsRun(error: unknown): boolean {
  return !(error instanceof KnownError) || [UNAVAILABLE, QUOTA_EXHAUSTED, STOPPED].includes(error.exitCode);
}

/** @returns the error with the backup's place in front, when it is about that; a bug as it is. */
export function locateError(error: unknown, place: string): unknown {
  return error instanceof KnownError && error.exitCode !== STOPPED
    ? new KnownError(error.code, `${place}: ${error.message}`, { hint: error.hint, cause: error })
    : error;
}

/**
 * @param errors in the order in which the backups failed; all but the last are known.
 * @param untried how many backups were not begun.
 * @returns what the run reports: the first error, whose message also tells the others; a bug as it is.
 */
export function combineErrors(errors: readonly unknown[], untried: number): unknown {
  const [first, ...others] = errors.filter((error, index) => !isRepeated(error, errors.slice(0, index)));
  const last = errors.at(-1);
  if (!(first instanceof KnownError) || !(last instanceof KnownError)) {
    return last;
  }
  const rest = others.flatMap((error) =>
    error instanceof KnownError ? [`${error.code}  ${error.message}`, error.hint] : [],
  );
  const left = untried === 0 ? [] : [`${untried} more of the configured backups were not begun.`];
  return rest.length + left.length === 0
    ? first
    : new KnownError(first.code, [first.message, ...rest, ...left].join('\n'), {
        hint: first.hint,
        cause: first,
      });
}

/** What stopped one backup stopped the others on the way, too. */
function isRepeated(error: unknown, earlier: readonly unknown[]): boolean {
  const same = (one: unknown) =>
    one instanceof KnownError && error instanceof KnownError && one.message === error.message;
  return earlier.some(same);
}

/** @returns an error for each reason for which resources were refused: for the log, which shows its way out. */
export function refusalsOf(outcomes: readonly Outcome[]): readonly KnownError[] {
  return (['SECRETS_FOUND', 'REMOVAL_REFUSED'] as const).flatMap((code) => {
    const { length } = outcomes.filter((outcome) => outcome.status === 'refused' && outcome.code === code);
    const what = code === 'SECRETS_FOUND' ? 'with secrets in them' : 'to be removed';
    const subject = length === 1 ? '1 resource' : `${length} resources`;
    return length === 0 ? [] : new KnownError(code, `Refused: ${subject} ${what}, as listed above.`);
  });
}
