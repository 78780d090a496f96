/** Postman's rate limits and monthly quota, with the headers that announce them. */

/** @import { Answer, LimitOptions } from './types.mjs' */

import { legacyError, problem } from './errors.mjs';

/** What `GET /me` shows for a plan without a limit. */
export const UNLIMITED = 99_999_999;

/**
 * @param {LimitOptions} options
 * @param {() => number} now milliseconds since the epoch
 */
export function createLimits(options, now) {
  const all = createWindow({ limit: options.perMinute ?? 300, windowMs: 60_000 }, now);
  const lists = createWindow(options.lists ?? { limit: 10, windowMs: 10_000 }, now);
  const quota = options.monthlyQuota;
  const enforce = options.enforce ?? true;
  const style = options.headers ?? 'x-ratelimit';
  let usage = options.monthlyUsage ?? 0;

  return {
    /**
     * Counts one call.
     * @param {{ isList: boolean, isProblemRoute: boolean }} route
     * @returns {{ headers: Record<string, string>, refusal?: Answer }}
     */
    admit({ isList, isProblemRoute }) {
      if (enforce && quota !== undefined && usage >= quota) {
        return { headers: monthHeaders(style, quota, usage), refusal: quotaExhausted() };
      }
      const full = isList && lists.isFull() ? lists : all;
      if (enforce && full.isFull()) {
        const headers = { ...windowHeaders(style, full, now()), ...retryHeaders(style, full.secondsLeft()) };
        return { headers, refusal: rateLimited(isProblemRoute) };
      }
      usage += 1;
      all.count();
      if (isList) {
        lists.count();
      }
      const month = quota === undefined ? {} : monthHeaders(style, quota, usage);
      return { headers: { ...windowHeaders(style, isList ? lists : all, now()), ...month } };
    },
    usage: () => usage,
  };
}

/** A sliding window. @param {{ limit: number, windowMs: number }} size @param {() => number} now */
function createWindow({ limit, windowMs }, now) {
  /** @type {number[]} */
  const calls = [];
  function forget() {
    while (calls.length > 0 && (calls[0] ?? 0) <= now() - windowMs) {
      calls.shift();
    }
  }
  return {
    limit,
    windowSeconds: windowMs / 1000,
    isFull() {
      forget();
      return calls.length >= limit;
    },
    count: () => void calls.push(now()),
    remaining: () => Math.max(0, limit - calls.length),
    /** Whole seconds until a call fits again, at least 1. */
    secondsLeft() {
      const freeAt = (calls.at(-limit) ?? calls[0] ?? now()) + windowMs;
      return Math.max(1, Math.ceil((freeAt - now()) / 1000));
    },
  };
}

/**
 * The spellings "vary depending on the API called"; the reset is documented as epoch seconds and seen as
 * seconds left (learning.postman.com, Postman API rate limits), so each spelling here has its own.
 * @param {LimitOptions['headers']} style
 * @param {ReturnType<typeof createWindow>} window
 * @param {number} nowMs
 * @returns {Record<string, string>}
 */
function windowHeaders(style, window, nowMs) {
  const limit = String(window.limit);
  const remaining = String(window.remaining());
  const seconds = window.secondsLeft();
  if (style === 'none') {
    return {};
  }
  if (style === 'combined') {
    return {
      RateLimit: `limit=${limit}, remaining=${remaining}, reset=${seconds}`,
      'RateLimit-Policy': `${limit};w=${window.windowSeconds}`,
    };
  }
  if (style === 'ratelimit') {
    const epoch = String(Math.ceil(nowMs / 1000) + seconds);
    return { 'RateLimit-Limit': limit, 'RateLimit-Remaining': remaining, 'RateLimit-Reset': epoch };
  }
  return {
    'X-RateLimit-Limit': limit,
    'X-RateLimit-Remaining': remaining,
    'X-RateLimit-Reset': String(seconds),
  };
}

/** @param {LimitOptions['headers']} style @param {number} seconds @returns {Record<string, string>} */
function retryHeaders(style, seconds) {
  const value = String(seconds);
  if (style === 'none') {
    return {};
  }
  if (style === 'combined') {
    return { 'Retry-After': value };
  }
  if (style === 'ratelimit') {
    return { RetryAfter: value };
  }
  return { 'Retry-After': value, 'X-RateLimit-RetryAfter': value };
}

/** @param {LimitOptions['headers']} style @param {number} quota @param {number} usage @returns {Record<string, string>} */
function monthHeaders(style, quota, usage) {
  if (style === 'none') {
    return {};
  }
  const prefix = style === 'x-ratelimit' ? 'X-RateLimit' : 'RateLimit';
  const left = String(Math.max(0, quota - usage));
  return { [`${prefix}-Limit-Month`]: String(quota), [`${prefix}-Remaining-Month`]: left };
}

/** @param {boolean} isProblemRoute */
function rateLimited(isProblemRoute) {
  if (isProblemRoute) {
    const detail = 'Rate limit exceeded. Retry after the period indicated by the Retry-After header.';
    return problem(429, 'rate-limit-exceeded', 'Too Many Requests', detail);
  }
  return legacyError(429, 'rateLimited', 'Rate limit exceeded. Please retry after some time.');
}

function quotaExhausted() {
  const message =
    'You have reached your monthly limit of Postman API calls. Contact your Postman Team Admin.';
  return legacyError(429, 'serviceLimitExhausted', message);
}
