/** Decides whether a request that failed is tried again, and how long to wait before. */
import type { HttpError } from './http-error.ts';
import type { HttpPolicy } from './policy.ts';
import { readRateLimit } from './rate-limit.ts';

const RETRIED_STATUSES: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

// The limits that are known are counted by the minute (Postman) or less (GitLab's for large commits).
const LONGEST_WINDOW_MS = 60_000;

type Situation = {
  readonly error: HttpError;
  /** Tries so far. */
  readonly tries: number;
  /** Milliseconds until the request's total time is over. */
  readonly leftMs: number;
  readonly policy: HttpPolicy;
  readonly isFinal: ((status: number, body: string) => boolean) | undefined;
};

/** @returns milliseconds to wait before the next try; undefined when there must be none. */
export function waitBeforeRetry(situation: Situation): number | undefined {
  const { error, tries, leftMs, policy, isFinal } = situation;
  if (tries >= policy.tries || !isRepeatable(error)) {
    return undefined;
  }
  if (error.status !== undefined && isFinal?.(error.status, error.body)) {
    return undefined;
  }
  const asked = serverWait(error);
  if (asked !== undefined && asked > policy.serverWaitMs) {
    return undefined;
  }
  const wait = asked ?? (error.status === 429 ? throttled(tries, policy) : backoff(tries, policy));
  return wait < leftMs ? wait : undefined;
}

function isRepeatable(error: HttpError): boolean {
  const { reason, status, method } = error;
  // A write may have happened although its answer got lost; only a 429 says for sure that it did not.
  if (method !== 'GET' && method !== 'HEAD') {
    return reason === 'status' && status === 429;
  }
  switch (reason) {
    case 'status':
      return status !== undefined && RETRIED_STATUSES.has(status);
    case 'timeout':
    case 'network':
    case 'malformed':
      return true;
    case 'certificate':
    case 'redirect':
      return false;
  }
}

/** What the server asks for; "0" and moments that have passed say nothing, and the backoff counts. */
function serverWait({ reason, status, headers }: HttpError): number | undefined {
  if (reason !== 'status' || headers === undefined) {
    return undefined;
  }
  const { retryAfterMs, resetMs } = readRateLimit(headers, Date.now());
  // The limit's reset answers "when" only for the refusal that the limit caused.
  return retryAfterMs || (status === 429 && resetMs) || undefined;
}

/** Exponential, between half and full length: clients that failed together do not come back together. */
function backoff(tries: number, { backoffMs }: HttpPolicy): number {
  return backoffMs * 2 ** (tries - 1) * (0.5 + Math.random() / 2);
}

/** Long enough for the window to pass, whatever its length: less would use up the tries inside it. */
function throttled(tries: number, { throttledMs }: HttpPolicy): number {
  return Math.min(LONGEST_WINDOW_MS, throttledMs * 3 ** (tries - 1));
}
