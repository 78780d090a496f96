/** Tells whether a part of a text stands alone, or is the middle of a longer word. */

type Range = {
  readonly start: number;
  readonly end: number;
};

const WORD_BEFORE = /[\p{L}\p{N}]$/u;
const WORD_AFTER = /^[\p{L}\p{N}]/u;
// The last letter of `%20`, `\n` or `\u00e4` is the end of another character, not of a word.
const ESCAPE_BEFORE = /(?:%[0-9a-f]{2}|\\[bfnrtv]|\\u[0-9a-f]{4}|\\x[0-9a-f]{2})$/i;
const LONGEST_ESCAPE = 6;

/**
 * A part stands alone when no letter or digit continues it. One that begins or ends with another character cannot be
 * continued there, and two of `neighbours` that touch do not continue each other.
 */
export function standsAlone(text: string, neighbours: readonly Range[]): (part: Range) => boolean {
  const starts = new Set(neighbours.map(({ start }) => start));
  const ends = new Set(neighbours.map(({ end }) => end));
  return ({ start, end }) => {
    const isContinuation = !ends.has(start) && continuesWord(text, start);
    return !isContinuation && (starts.has(end) || !isContinued(text, end));
  };
}

function continuesWord(text: string, position: number): boolean {
  const before = text.slice(Math.max(0, position - LONGEST_ESCAPE), position);
  return (
    WORD_AFTER.test(text.slice(position, position + 2)) &&
    WORD_BEFORE.test(before) &&
    !ESCAPE_BEFORE.test(before)
  );
}

function isContinued(text: string, position: number): boolean {
  return (
    WORD_BEFORE.test(text.slice(position - 2, position)) &&
    WORD_AFTER.test(text.slice(position, position + 2))
  );
}
