/** Reads what a server says about its rate limit, in every spelling that Postman and GitLab use. */

export type RateLimit = {
  /** Requests that are left until the reset. */
  readonly remaining?: number;
  /** Milliseconds until the limit is full again. */
  readonly resetMs?: number;
  /** Milliseconds that the server asks to stay away. */
  readonly retryAfterMs?: number;
};

// Larger numbers are points in time, smaller ones durations: Postman documents the first and sends the second.
const EPOCH_THRESHOLD_SECONDS = 1e9;

/**
 * @param headers of any answer, refusal or not.
 * @param now milliseconds since 1970, to turn points in time into durations.
 * @returns only what the server said and what can be understood; a moment that has passed is 0.
 */
export function readRateLimit(headers: Headers, now: number): RateLimit {
  const combined = headers.get('ratelimit');
  const read = (...values: (string | null | undefined)[]) => firstDuration(values, now);
  const remaining = firstCount([
    headers.get('ratelimit-remaining'),
    headers.get('x-ratelimit-remaining'),
    parameter(combined, 'remaining'),
  ]);
  const resetMs = read(
    headers.get('ratelimit-reset'),
    headers.get('x-ratelimit-reset'),
    parameter(combined, 'reset'),
    headers.get('ratelimit-resettime'),
  );
  const retryAfterMs = read(
    headers.get('retry-after'),
    headers.get('retryafter'),
    headers.get('x-ratelimit-retryafter'),
  );
  return {
    ...(remaining === undefined ? {} : { remaining }),
    ...(resetMs === undefined ? {} : { resetMs }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** Takes `12` out of `limit=300, remaining=0, reset=12`. */
function parameter(combined: string | null, name: string): string | undefined {
  return combined?.match(new RegExp(`\\b${name}=([\\d.]+)`, 'i'))?.[1];
}

function firstCount(values: readonly (string | null | undefined)[]): number | undefined {
  const found = values.find((value) => value && /^\d+$/.test(value));
  return found ? Number(found) : undefined;
}

function firstDuration(values: readonly (string | null | undefined)[], now: number): number | undefined {
  for (const value of values) {
    const duration = value ? durationMs(value, now) : undefined;
    if (duration !== undefined) {
      return Math.max(0, duration);
    }
  }
  return undefined;
}

function durationMs(value: string, now: number): number | undefined {
  if (/^\d+(\.\d+)?$/.test(value)) {
    const seconds = Number(value);
    return seconds > EPOCH_THRESHOLD_SECONDS ? seconds * 1000 - now : seconds * 1000;
  }
  // Date.parse takes almost anything ("5, 3" is a day in May): only what has a time of day is a date.
  const date = /\d:\d/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : date - now;
}
