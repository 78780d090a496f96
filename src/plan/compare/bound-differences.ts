/** Keeps what is told of one resource within bounds: names have no limit of length, and pieces none of number. */
import type { Difference } from '../../model.ts';

const MAX_DIFFERENCES = 1000;
const MAX_CHARACTERS = 128 * 1024;

/** @returns the first of the differences, and how many there are besides. */
export function boundDifferences(differences: readonly Difference[]): {
  readonly differences: readonly Difference[];
  readonly more: number;
} {
  let characters = 0;
  const end = differences.slice(0, MAX_DIFFERENCES).findIndex((one) => {
    characters += textsOf(one).reduce((sum, { length }) => sum + length, 0);
    return characters > MAX_CHARACTERS;
  });
  const kept = differences.slice(0, end === -1 ? MAX_DIFFERENCES : end);
  return { differences: kept, more: differences.length - kept.length };
}

/** @returns all texts in it that came from Postman. */
export function textsOf(difference: Difference): readonly string[] {
  const texts: string[] = [];
  mapTexts(difference, (text) => {
    texts.push(text);
    return text;
  });
  return texts;
}

/** @returns the difference with each text that came from Postman changed. */
export function mapTexts(difference: Difference, change: (text: string) => string): Difference {
  const about = {
    piece: difference.piece,
    name: change(difference.name),
    within: difference.within.map(change),
  };
  switch (difference.change) {
    case 'renamed':
      return { ...difference, ...about, previous: change(difference.previous) };
    case 'moved':
      return { ...difference, ...about, from: difference.from.map(change) };
    case 'edited':
      return { ...difference, ...about, fields: difference.fields.map(change) };
    case 'added':
    case 'removed':
    case 'reordered':
      return { ...difference, ...about };
  }
}
