/** What a redacted text was, as far as Postman's text of now tells it. */
import { findPlaceholders } from '../secrets/find-placeholders.ts';
import type { Scope } from '../secrets/scope.ts';

// What ends a value that stands among others: the value itself does not contain it.
const ENDS_VALUE = /^["'`&;,\s<>)}\]]/;
const PRIVATE_KEY = /^-----BEGIN /;
// A line of nothing but signs is like many others.
const WORD = /\w\w/;

/**
 * @param redacted a text with placeholders.
 * @param current the text at the same place now.
 * @returns whether `current` is the same text with values in place of the placeholders, none of them a placeholder.
 */
export function isFilledIn(redacted: string, current: string, scope: Scope): boolean {
  const [first = '', ...others] = piecesAround(redacted, scope);
  if (others.length === 0 || !current.startsWith(first)) {
    return false;
  }
  const isWhole = first === '' && others.length === 1 && others[0] === '';
  let position = first.length;
  for (const [index, piece] of others.entries()) {
    const isLast = index === others.length - 1;
    const end = isLast ? current.length - piece.length : current.indexOf(piece, position + 1);
    const value = current.slice(position, end);
    if (end <= position || !current.startsWith(piece, end) || findPlaceholders(value, scope).length > 0) {
      return false;
    }
    if (!isWhole && !canBeOneValue(value, piece)) {
      return false;
    }
    position = end + piece.length;
  }
  return true;
}

/** @returns the one line of `current` that is `redacted` with its values; nothing when several could be. */
export function findFilledIn(redacted: string, current: readonly string[], scope: Scope): string | undefined {
  if (!piecesAround(redacted, scope).some((piece) => WORD.test(piece))) {
    return undefined;
  }
  const [found, ...others] = new Set(current.filter((line) => isFilledIn(redacted, line, scope)));
  return others.length === 0 ? found : undefined;
}

/** Placeholders side by side are one; the empty lines after one were lines of its value. */
function piecesAround(text: string, scope: Scope): readonly string[] {
  const pieces: string[] = [];
  let position = 0;
  for (const { start, end } of findPlaceholders(text, scope)) {
    if (pieces.length === 0 || start > position) {
      pieces.push(text.slice(position, start));
    }
    position = end;
    while (text.charAt(position) === '\n') {
      position += 1;
    }
  }
  return [...pieces, text.slice(position)];
}

function canBeOneValue(value: string, next: string): boolean {
  const ending = ENDS_VALUE.exec(next)?.[0];
  return (
    (ending === undefined || !value.includes(ending)) &&
    (PRIVATE_KEY.test(value) || !value.trimEnd().includes('\n'))
  );
}
