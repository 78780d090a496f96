/** Whether a text looks made up to be a secret, by a machine or a person, rather than to name something. */
import { isOrdinary } from './ordinary.ts';

const MIN_LENGTH = 8;
/** From this length on, in UTF-16 units, a text is a secret when it is not made of words. */
export const LONG = 16;

const PATH = /^(?:\/|[A-Za-z]:[\\/]|\\\\)/;
// In `orders-v2`, `us-east-1`, `Orders 2025`; not in `tr0ub4dor`, `sample-4711`.
const NUMBER_OF_NAME = /(?<!\p{N})(?:\p{N}{1,3}|20\d\d)(?![\p{L}\p{N}])/gu;
// Words with a number are a password when they have one of these, too: `SuperSecretWord123!`.
const PASSWORD_SIGN = /[!$*^]/;
// What has no vowel and is a word in the names of servers and services nevertheless.
const ABBREVIATION = /^(?:db|prd|sql|srv|stg|svc|tst|v)$/i;

/**
 * Less than 16 characters must be as mixed as only passwords are; from 16 on, they must not be made of words. What is
 * less may be `testuser1`, `12345678` or `orders-service-v2`, and stands in a hundred places that have nothing to do with
 * the secret. Never an absolute path, nor what `isOrdinary` knows.
 */
export function looksMadeUp(text: string): boolean {
  if (text.length < MIN_LENGTH || isOrdinary(text) || isPath(text)) {
    return false;
  }
  if (text.length < LONG) {
    return isMixed(text);
  }
  return !isMadeOfWords(text) || (PASSWORD_SIGN.test(text) && isMixed(text));
}

/** @returns whether this looks generated: what a key, a token or a signature looks like. */
export function isRandom(value: string): boolean {
  return value.length >= LONG && /^[\w.~+/=%-]+$/.test(value) && /\d/.test(value) && looksMadeUp(value);
}

/** A token in base64 may begin like a path, but what is between its slashes is no name. */
function isPath(text: string): boolean {
  return PATH.test(text) && text.split(/[\\/?#&=]+/).every((part) => !looksMadeUp(part));
}

function isMixed(text: string): boolean {
  if (!(/\p{L}/u.test(text) && /\p{N}/u.test(text))) {
    return false;
  }
  const changes = text.match(/(?<=\p{L})\p{N}|(?<=\p{N})\p{L}/gu) ?? [];
  const hasBothCases = /\p{Lu}/u.test(text) && /\p{Ll}/u.test(text);
  return hasBothCases || changes.length >= 3 || /[^\p{L}\p{M}\p{N}\s._/:-]/u.test(text);
}

/** Words have vowels, some letters but not very many, a capital only in front, and a number only behind. */
function isMadeOfWords(text: string): boolean {
  if (!/\p{L}/u.test(text)) {
    return true;
  }
  const digits = text.match(/\p{N}/gu) ?? [];
  const rest = text.replace(NUMBER_OF_NAME, '');
  if (/\p{N}/u.test(rest) || digits.length * 2 > text.length) {
    return false;
  }
  const words = rest.split(/[^\p{L}]+|(?<=\p{Ll})(?=\p{Lu})/u).filter((word) => word !== '');
  return words.length * 4 <= text.length && words.every(isWord);
}

function isWord(word: string): boolean {
  const isLikeOne = word.length <= 14 && /[aeiouy]/i.test(word) && !/\p{L}\p{Lu}\p{Ll}/u.test(word);
  return isLikeOne || ABBREVIATION.test(word);
}
