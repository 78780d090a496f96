/** Ids and random numbers that are the same in every run. */

import { createHash } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** @param {unknown} text @returns {text is string} */
export function isUuid(text) {
  return typeof text === 'string' && UUID.test(text);
}

/**
 * @param {string} seed
 * @returns {string} a uuid of version 4's form, the same for the same seed.
 */
export function uuidFrom(seed) {
  const hex = createHash('sha256').update(seed).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * @param {number} seed
 * @returns {(below: number) => number} draws whole numbers from 0 up to, not including, `below` (mulberry32).
 */
export function createDice(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** @param {string} text an id or a uid @returns {string} the id: a uid has the owner's number before it. */
export function pathId(text) {
  return text.replace(/^\d+-(?=[0-9a-f]{8}-)/i, '');
}
