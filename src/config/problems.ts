/** Collects what is wrong with the configuration, so that everything can be mended at once. */
import { KnownError } from '../errors.ts';

export type Problems = {
  /** @param problem an error has a code of its own, and is shown alone when it is the only problem. */
  add(problem: string | KnownError): void;
  /** @returns what `read` returns; nothing when it throws a KnownError, which then is one of the problems. */
  attempt<T>(read: () => T): T | undefined;
  /** @throws KnownError with everything that was found. */
  throwIfAny(): void;
};

export function collectProblems(): Problems {
  // By message: what is wrong with a setting of the run is found anew for each backup.
  const found = new Map<string, string | KnownError>();
  const add = (problem: string | KnownError) => {
    found.set(typeof problem === 'string' ? problem : problem.message, problem);
  };
  return {
    add,
    attempt(read) {
      try {
        return read();
      } catch (error) {
        if (!(error instanceof KnownError)) {
          throw error;
        }
        add(error.code === 'CONFIG_INVALID' ? error.message : error);
        return undefined;
      }
    },
    throwIfAny() {
      if (found.size > 0) {
        throw asOneError([...found.values()].sort(byPlace));
      }
    },
  };
}

/** @param place where a person finds it: `--branch`, `.postman-gitlab.yml:4:5`; nothing when nobody gave it. */
export function located(place: string | undefined, problem: string): string {
  // What begins a sentence alone goes on with one here; a name such as GitLab keeps its capital.
  const goesOn = problem.replace(/^[A-Z](?=[a-z]* )/, (letter) => letter.toLowerCase());
  return place === undefined ? problem : `${place}: ${goesOn}`;
}

// Whoever has more than these has one mistake many times.
const MAX_SHOWN = 50;

// Digits as numbers, so that line 9 comes before line 17; nothing but the order of messages depends on it.
const reading = new Intl.Collator('en', { numeric: true });

/** Those in a file come first, as a person reads it; all others in the order in which they were found. */
function byPlace(a: string | KnownError, b: string | KnownError): number {
  const [placeA, placeB] = [a, b].map((one) =>
    typeof one === 'string' ? /^\S+:\d+:\d+(?=: )/.exec(one)?.[0] : undefined,
  );
  if (placeA === undefined || placeB === undefined) {
    return Number(placeA === undefined) - Number(placeB === undefined);
  }
  return reading.compare(placeA, placeB);
}

function asOneError(problems: readonly (string | KnownError)[]): KnownError {
  const [first] = problems;
  if (problems.length === 1 && first instanceof KnownError) {
    return first;
  }
  const title =
    problems.length === 1
      ? 'The configuration is not right:'
      : `The configuration has ${problems.length} problems:`;
  const shown = problems.slice(0, MAX_SHOWN).map(describeProblem);
  const rest = problems.length > MAX_SHOWN ? [`… and ${problems.length - MAX_SHOWN} more.`] : [];
  return new KnownError('CONFIG_INVALID', [title, ...shown, ...rest].join('\n  '));
}

function describeProblem(problem: string | KnownError): string {
  return typeof problem === 'string' ? problem : `${problem.message} ${problem.hint}`;
}
