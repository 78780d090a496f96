/** Goes through a resource text by text, and puts together what comes back. */
import { isObject, type JsonObject } from '../../json.ts';
import type { Place } from './place.ts';
import { type Scope, scopeOfMember, TEXT } from './scope.ts';

/** A string, an array of strings (the lines of a script), or the value of a secret variable, of whatever type. */
export type Passage = {
  /** Its number in the document: the same in every walk through the same document. */
  readonly index: number;
  readonly place: Place | undefined;
  readonly scope: Scope;
  readonly value: unknown;
};

// An identifier is no secret, and an item that loses its own cannot be restored in place.
const IDENTITY = /^(?:id|uid|_postman_id)$/;
const UUID = /^(?:\d+-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * @param visit is given each passage in the order of the document, and returns what is to stand in its place.
 * @returns the same value when nothing was changed, else a copy in which only what was changed is new.
 */
export function rewritePassages(resource: unknown, visit: (passage: Passage) => unknown): unknown {
  let count = 0;
  return rewrite(resource, undefined, TEXT);

  function rewrite(value: unknown, place: Place | undefined, scope: Scope): unknown {
    if (isPassage(value, scope)) {
      const index = count;
      count += 1;
      return visit({ index, place, scope, value });
    }
    if (Array.isArray(value)) {
      return rewriteArray(value, place, scope);
    }
    return isObject(value) ? rewriteObject(value, place, scope) : value;
  }

  function rewriteArray(array: readonly unknown[], place: Place | undefined, scope: Scope): unknown {
    const rewritten = array.map((value, key) => rewrite(value, { parent: place, key }, scope));
    return rewritten.some((value, index) => value !== array[index]) ? rewritten : array;
  }

  /** Most objects stay as they are: only for one that does not, a copy is made. */
  function rewriteObject(object: JsonObject, place: Place | undefined, scope: Scope): unknown {
    const changed = new Map<string, unknown>();
    for (const key of Object.keys(object)) {
      const value = object[key];
      if (!isIdentity(key, value)) {
        const rewritten = rewrite(value, { parent: place, key }, scopeOfMember(scope, object, key));
        if (rewritten !== value) {
          changed.set(key, rewritten);
        }
      }
    }
    if (changed.size === 0) {
      return object;
    }
    const entries = Object.entries(object);
    return Object.fromEntries(entries.map(([key, value]) => [key, changed.get(key) ?? value]));
  }
}

/** @returns the text of a passage; nothing when its value is no text. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') {
    return value;
  }
  return isLines(value) ? value.join('\n') : undefined;
}

export function isLines(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((line) => typeof line === 'string');
}

function isPassage(value: unknown, scope: Scope): boolean {
  if (scope.type === 'variable-value') {
    return value !== undefined && value !== null && value !== '';
  }
  return typeof value === 'string' ? value !== '' : isLines(value);
}

function isIdentity(key: string, value: unknown): boolean {
  return typeof value === 'string' && IDENTITY.test(key) && UUID.test(value);
}
