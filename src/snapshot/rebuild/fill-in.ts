/** Takes the placeholders out of a redacted resource: a value of Postman's own takes their place, or nothing does. */
import { findPlaceholders } from '../secrets/find-placeholders.ts';
import type { Scope } from '../secrets/scope.ts';
import { isLines, type Passage, rewritePassages, textOf } from '../secrets/walk.ts';
import { counterpartsIn } from './counterpart.ts';
import { namePlace } from './name-place.ts';
import { findFilledIn, isFilledIn } from './take-current.ts';

type FilledIn = {
  readonly value: unknown;
  /** Places that are empty now, in words, in the order of the document. */
  readonly toFillIn: readonly string[];
};

/** @param current another version of the resource, which has its values; nothing when there is none. */
export function fillIn(resource: unknown, current: unknown): FilledIn {
  const toFillIn: string[] = [];
  const currentAt = counterpartsIn(resource, current);
  const value = rewritePassages(resource, (passage) => {
    if (!hasPlaceholder(passage.value, passage.scope)) {
      return passage.value;
    }
    const now = currentAt(passage.place);
    if (isSame(now, passage)) {
      return now;
    }
    const { value: filled, isComplete } = fillLines(passage, now);
    if (!isComplete) {
      toFillIn.push(namePlace(passage.place, resource));
    }
    return filled;
  });
  return { value, toFillIn: [...new Set(toFillIn)] };
}

/**
 * @param version redacted.
 * @param other a later version of it.
 * @returns the places, in words, where a secret was and nothing is: as in a copy, which has no secrets to begin with.
 */
export function listEmptied(version: unknown, other: unknown): readonly string[] {
  const emptyPlaces: string[] = [];
  const laterAt = counterpartsIn(version, other);
  rewritePassages(version, ({ value, scope, place }) => {
    const text = textOf(value) ?? '';
    if (hasPlaceholder(value, scope) && textOf(laterAt(place)) === emptied(text, scope)) {
      emptyPlaces.push(namePlace(place, version));
    }
    return value;
  });
  return emptyPlaces;
}

function hasPlaceholder(value: unknown, scope: Scope): boolean {
  const text = textOf(value);
  return text !== undefined && findPlaceholders(text, scope).length > 0;
}

/** Whether it is the redacted text with its values, or that very text. */
function isSame(now: unknown, { value, scope }: Passage): boolean {
  const redacted = textOf(value) ?? '';
  if (scope.type === 'variable-value' && typeof now !== 'string') {
    const isWhole = emptied(redacted, scope) === '';
    return isWhole && now !== undefined && now !== null && !hasPlaceholderWithin(now, scope);
  }
  const text = textOf(now);
  return text !== undefined && (text === redacted || isFilledIn(redacted, text, scope));
}

function hasPlaceholderWithin(value: unknown, scope: Scope): boolean {
  return findPlaceholders(JSON.stringify(value), scope).length > 0;
}

/** Where the text was edited, each line for itself. */
function fillLines({ value, scope }: Passage, now: unknown): { value: unknown; isComplete: boolean } {
  const currentLines = (textOf(now) ?? '').split('\n');
  let isComplete = true;
  const fill = (line: string) => {
    if (findPlaceholders(line, scope).length === 0) {
      return line;
    }
    const found = findFilledIn(line, currentLines, scope);
    isComplete &&= found !== undefined;
    return found ?? emptied(line, scope);
  };
  const filled = isLines(value)
    ? value.map((text) => withLines(text, fill))
    : withLines(textOf(value) ?? '', fill);
  return { value: filled, isComplete };
}

function withLines(text: string, change: (line: string) => string): string {
  return text.split('\n').map(change).join('\n');
}

/** What is left may read like a placeholder again. */
function emptied(text: string, scope: Scope): string {
  const spans = findPlaceholders(text, scope);
  if (spans.length === 0) {
    return text;
  }
  let left = '';
  let position = 0;
  for (const { start, end } of spans) {
    left += text.slice(position, start);
    position = end;
  }
  return emptied(left + text.slice(position), scope);
}
