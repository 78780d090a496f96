/** Dates and lengths of time, as people write them. */
import { printable } from '../printable.ts';
import { placeOf } from './layer.ts';
import { located, type Problems } from './problems.ts';
import type { Asked } from './values.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;
// ISO 8601, without the units that have no fixed length: years and months.
const DURATION =
  /^P(?=.)(?:(?<weeks>\d+)W)?(?:(?<days>\d+)D)?(?:T(?=.)(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?)?$/;
const HOURS = /^\d+$/;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @returns the moment; a date alone is meant as people mean it: what there was on that day, until its end. */
export function resolveMoment(name: 'at', asked: Asked, problems: Problems): Date | undefined {
  return resolve(name, asked, problems, {
    parse: (text) => parseMoment(text, 'T23:59:59.999Z'),
    expected: 'no date; write 2026-11-01, or 2026-11-01T08:00:00Z',
  });
}

/** @returns the moment; a date alone is its beginning, and a length of time is counted back from now. */
export function resolveStart(name: 'since', asked: Asked, problems: Problems, now: Date): Date | undefined {
  return resolve(name, asked, problems, {
    parse: (text) => {
      const length = parseDuration(text);
      return length === undefined ? parseMoment(text, 'T00:00:00Z') : new Date(now.getTime() - length);
    },
    expected:
      'no date and no length of time; write 2026-11-01, 2026-11-01T08:00:00Z, or P7D for the last 7 days',
  });
}

/** @returns milliseconds; a number alone counts hours. */
export function resolveLength(name: 'max-age', asked: Asked, problems: Problems): number | undefined {
  return resolve(name, asked, problems, {
    parse: (text) => (HOURS.test(text) ? Number(text) * HOUR : parseDuration(text)),
    expected: 'no length of time; write 26 for hours, or P2D, PT36H (ISO 8601)',
  });
}

type Reading<T> = {
  readonly parse: (text: string) => T | undefined;
  readonly expected: string;
};

function resolve<T>(
  name: 'at' | 'since' | 'max-age',
  { values, given }: Asked,
  problems: Problems,
  { parse, expected }: Reading<T>,
): T | undefined {
  const text = values[name];
  const value = text === undefined ? undefined : parse(text);
  if (text !== undefined && value === undefined) {
    const problem = `\`${name}\`: "${printable(text)}" is ${expected}.`;
    problems.add(located(placeOf(given, name), problem));
  }
  return value;
}

function parseMoment(text: string, timeOfDay: string): Date | undefined {
  if (!DATE.test(text) && !TIME.test(text)) {
    return undefined;
  }
  const moment = new Date(DATE.test(text) ? `${text}${timeOfDay}` : text);
  return isDay(text.slice(0, 10)) && !Number.isNaN(moment.getTime()) ? moment : undefined;
}

/** `Date` takes 30 February for 2 March. */
function isDay(text: string): boolean {
  const midnight = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
}

function parseDuration(text: string): number | undefined {
  const groups = DURATION.exec(text)?.groups;
  if (groups === undefined) {
    return undefined;
  }
  const { weeks = 0, days = 0, hours = 0, minutes = 0 } = groups;
  return (Number(weeks) * 7 + Number(days)) * DAY + Number(hours) * HOUR + Number(minutes) * MINUTE;
}
