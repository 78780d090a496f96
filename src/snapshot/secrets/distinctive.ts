/** Whether a secret is so unlike ordinary text that the same characters elsewhere are the same secret. */
import { isStandIn } from './placeholder.ts';

// Users mark the address of a server as secret, too: taking it out of every URL would leave none that works. Host names
// are written in small letters, which tells them from tokens with dots.
const ADDRESS =
  /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|(?:[a-z0-9_-]+\.)+[a-z]{2,20})(?::\d{1,5})?\/?$/;
// Of a host name (RFC 1035), with room for a scheme and a port.
const MAX_ADDRESS = 300;
const MAIL = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/;
const MOMENT = /^\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * At least 8 characters with a letter and a digit, or at least 16 that are not made of words. What is less may be
 * `production`, `12345678` or `admin`, and stands in a hundred places that have nothing to do with the secret. Never an
 * address of a server or a person, nor a date.
 */
export function isDistinctive(value: string): boolean {
  const text = value.trim();
  if (text.length < 8 || isStandIn(text) || isAddress(text) || MOMENT.test(text)) {
    return false;
  }
  return (/\p{L}/u.test(text) && /\p{N}/u.test(text)) || (text.length >= 16 && !isMadeOfWords(text));
}

/** @returns whether this looks generated: what a key, a token or a signature looks like. */
export function isRandom(value: string): boolean {
  return value.length >= 16 && /^[\w.~+/=%-]+$/.test(value) && /\d/.test(value) && isDistinctive(value);
}

function isAddress(text: string): boolean {
  return text.length <= MAX_ADDRESS && (MAIL.test(text) || ADDRESS.test(text));
}

/** Words have vowels, some letters but not very many, and a capital only in front. */
function isMadeOfWords(text: string): boolean {
  const words = text.split(/[^\p{L}]+|(?<=\p{Ll})(?=\p{Lu})/u).filter((word) => word !== '');
  const isWord = (word: string) =>
    word.length <= 14 && /[aeiouy]/i.test(word) && !/\p{L}\p{Lu}\p{Ll}/u.test(word);
  return words.length * 4 <= text.length && words.every(isWord);
}
