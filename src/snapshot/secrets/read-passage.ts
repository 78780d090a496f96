/** Finds the credentials in one text by what the text is for, and by what can stand in any text. */

import { isInsideUrl } from './in-url.ts';
import { isReference } from './placeholder.ts';
import { readHeader, readHeaderLines } from './read-headers.ts';
import { readUrl, readUrlsInText } from './read-urls.ts';
import { isUrlScope, type Scope } from './scope.ts';
import { type Label, type Span, wholeSpan } from './span.ts';

/** Stands for the value of a variable that Postman types as secret. */
export const SECRET_VARIABLE: Label = { rule: 'secret-variable', what: 'secret variable', inUrl: false };

// https://learning.postman.com/docs/developer/postman-api/authentication/; the access keys of collections (`PMAT-`) are
// read-only. The forms are those of the API's description.
const POSTMAN_KEY = /\bPMAK-[0-9a-f]{24}-[0-9a-f]{34}(?![0-9a-f])|\bPMAT-[0-9A-Z]{20,40}\b/gi;

/** @returns the secrets of a text, the more exact findings first; they may overlap. */
export function readPassage(text: string, scope: Scope): readonly Span[] {
  const inUrl = isUrlScope(scope);
  return [
    ...readByPlace(text, scope),
    ...(scope.type === 'url' ? [] : readUrlsInText(text)),
    ...readPostmanKeys(text, inUrl),
  ];
}

function readByPlace(text: string, scope: Scope): readonly Span[] {
  switch (scope.type) {
    case 'variable-value':
      // A value may be a word that elsewhere stands for a secret; the type says that it is one.
      return isReference(text) ? [] : [{ ...SECRET_VARIABLE, start: 0, end: text.length }];
    case 'credential':
      return wholeSpan(text, scope.label);
    case 'header':
      return readHeader(scope.name, text);
    case 'headers':
      return readHeaderLines(text);
    case 'url':
      return readUrl(text);
    case 'cookies':
      return readHeader('cookie', text);
    case 'text':
    case 'auth':
    case 'attributes':
    case 'url-auth':
    case 'url-part':
    case 'parameters':
      return [];
  }
}

function readPostmanKeys(text: string, inUrl: boolean): readonly Span[] {
  return [...text.matchAll(POSTMAN_KEY)].map(({ 0: key, index }) => ({
    rule: 'postman-key',
    what: 'Postman API key',
    inUrl: inUrl || isInsideUrl(text, index),
    start: index,
    end: index + key.length,
  }));
}
