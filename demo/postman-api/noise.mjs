/** Changes what means nothing: the order of keys and of events, and the ids of scripts. */

import { isRecord } from './estate.mjs';
import { createDice, uuidFrom } from './ids.mjs';

/**
 * @param {unknown} json
 * @param {number} seed another one for each answer
 * @returns {unknown} the same content, written differently.
 */
export function shuffled(json, seed) {
  return shuffle(json, createDice(seed));
}

/** @param {unknown} value @param {(below: number) => number} dice @returns {unknown} */
function shuffle(value, dice) {
  if (Array.isArray(value)) {
    return value.map((one) => shuffle(one, dice));
  }
  if (!isRecord(value)) {
    return value;
  }
  const entries = Object.entries(value).map(([key, one]) => /** @type {const} */ ([key, shuffle(one, dice)]));
  const mixed = Object.fromEntries(mix(entries, dice));
  if (Array.isArray(mixed['event'])) {
    mixed['event'] = eventsReordered(mixed['event'], dice);
  }
  if (isScript(mixed)) {
    mixed['id'] = uuidFrom(`script/${dice(2 ** 31)}`);
  }
  return mixed;
}

/** @param {Record<string, unknown>} value */
function isScript(value) {
  return value['exec'] !== undefined && value['type'] === 'text/javascript';
}

/** Events of one kind keep their order: they run in it. @param {unknown[]} events @param {(below: number) => number} dice */
function eventsReordered(events, dice) {
  const prerequests = events.filter((event) => isRecord(event) && event['listen'] === 'prerequest');
  const others = events.filter((event) => !prerequests.includes(event));
  return dice(2) === 0 ? [...prerequests, ...others] : [...others, ...prerequests];
}

/**
 * @template T
 * @param {T[]} list
 * @param {(below: number) => number} dice
 */
function mix(list, dice) {
  const left = [...list];
  const mixed = [];
  while (left.length > 0) {
    mixed.push(...left.splice(dice(left.length), 1));
  }
  return mixed;
}
