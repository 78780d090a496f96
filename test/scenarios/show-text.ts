/** Writes names so that a reader sees what is hard to see: direction marks, combining accents, how long a name is. */

const UNSEEN = /[\p{C}\p{M}\p{Zl}\p{Zp}]/gu;
const RUN = /(.)\1{29,}/gu;

/** @returns `\u{200f}` for a mark that shows nothing, `o×231` for 231 times the same character. */
export function showText(text: string): string {
  const counted = text.replace(RUN, (run, character: string) => `${character}×${[...run].length}`);
  return counted.replace(UNSEEN, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
