/** Untrusted text (names from Postman, messages from servers) made fit for one line of a log or a commit. */

const MAX_LENGTH = 200;

// Control characters, line separators and the marks that reorder text: each could forge a line or hide one.
const UNPRINTABLE = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** @returns `text` on one line, without control or direction characters, at most 200 code units long. */
export function printable(text: string, maxLength: number = MAX_LENGTH): string {
  const line = text.toWellFormed().replace(UNPRINTABLE, ' ').trim();
  return line.length <= maxLength ? line : `${line.slice(0, maxLength - 1).toWellFormed()}…`;
}
