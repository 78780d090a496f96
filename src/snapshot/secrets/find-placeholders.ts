/** Finds the placeholders of ours in a redacted resource. */
import { isInsideUrl } from './in-url.ts';
import { PLACEHOLDER_FORMS } from './placeholder.ts';
import { isUrlScope, type Scope } from './scope.ts';

type PlaceholderSpan = {
  readonly start: number;
  readonly end: number;
};

const ANY = new RegExp(PLACEHOLDER_FORMS, 'g');

/** @returns where placeholders stand in a text of this scope, in its order. */
export function findPlaceholders(text: string, scope: Scope): readonly PlaceholderSpan[] {
  if (!text.includes('redacted')) {
    return [];
  }
  return [...text.matchAll(ANY)]
    .map(({ 0: found, index }) => ({ start: index, end: index + found.length, found }))
    .filter(({ start, found }) => found.startsWith('[') || canBeInUrl(text, found, start, scope));
}

/** People write `redacted-…` too: it is ours where a URL is, or the value of a parameter or of a form's field. */
function canBeInUrl(text: string, found: string, start: number, scope: Scope): boolean {
  return (
    text.length === found.length ||
    text.charAt(start - 1) === '=' ||
    isUrlScope(scope) ||
    isInsideUrl(text, start)
  );
}
