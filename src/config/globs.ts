/** Patterns that select by name: refused when no name could ever match them. */
import picomatch from 'picomatch';
import { printable } from '../printable.ts';

// As selections are matched; `strictBrackets` and `debug` make picomatch say what it passes over otherwise.
const STRICT = { bash: true, dot: true, nonegate: true, strictBrackets: true, debug: true } as const;

// picomatch refuses more.
const MAX_LENGTH = 65_536;

/** @returns what is wrong with a pattern and what to write instead; nothing when it is one, or a plain name. */
export function describeBadGlob(pattern: string): string | undefined {
  // Parentheses alone mean nothing: `Orders :)` is a name.
  if (pattern.length <= MAX_LENGTH && !/[[\]{}*?\\]|[!+@]\(/.test(pattern)) {
    return undefined;
  }
  try {
    picomatch.makeRe(pattern, STRICT);
    return undefined;
  } catch {
    const shown = printable(pattern);
    const literal = printable(withoutWildcards(pattern));
    const instead =
      literal === shown ? 'Give the id' : `Write "${literal}" if that is the name, or give the id`;
    return `"${shown}" is no pattern that can match: a bracket without its partner, or a range that is none. ${instead}.`;
  }
}

/** Whether it is surely meant for more than one name: brackets, too, stand in names (`[Draft] Orders`). */
export function hasWildcards(pattern: string): boolean {
  return /(?<!\\)\*/.test(pattern);
}

/** @returns the pattern that matches this text only: each bracket and wildcard with a backslash before it. */
export function withoutWildcards(text: string): string {
  return text.replace(/\\.|[()[\]{}*?\\]/g, (found) => (found.length > 1 ? found : `\\${found}`));
}
