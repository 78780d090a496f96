/** How the files of a collection's folder are called: what follows the name of an item says what the file holds. */
import { posix } from 'node:path';
import { collisionKey } from '../file-name.ts';

/** The side file: which collection this is, and the ids of everything in it. */
export const INDEX_NAME = '.postman-collection.json';
export const COLLECTION_NAME = 'collection.yaml';
export const FOLDER_NAME = 'folder.yaml';
/** In place of the other for a folder too deep to be one: JSON, with all that is in it. */
export const DEEP_FOLDER_NAME = 'folder.json';
export const README_NAME = 'README.md';

export const REQUEST = '.request.yaml';
export const EXAMPLE = '.example.yaml';
/** Ends the folder of a request's saved examples. */
export const EXAMPLES = '.examples';
export const DESCRIPTION = '.md';
export const GRAPHQL = '.graphql';

/** By the name of the event. Named like the tabs in Postman; what ends in `.test.js`, test runners would take for theirs. */
export const SCRIPTS: ReadonlyMap<unknown, string> = new Map([
  ['prerequest', '.pre-request.js'],
  ['test', '.post-response.js'],
]);

/** By what Postman calls the language of a raw body, or of a saved answer. */
const BODIES: ReadonlyMap<string, string> = new Map([
  ['json', '.body.json'],
  ['xml', '.body.xml'],
  ['html', '.body.html'],
  ['javascript', '.body.js'],
]);
const PLAIN_BODY = '.body.txt';

const BODY_ENDINGS = [...BODIES.values(), PLAIN_BODY];
const REQUEST_PARTS = [DESCRIPTION, ...SCRIPTS.values(), ...BODY_ENDINGS, GRAPHQL];
const FILE_ENDINGS = [REQUEST, EXAMPLE, EXAMPLES, ...REQUEST_PARTS];
/** No name is longer than leaves room for this. */
export const LONGEST_ENDING = '.post-response.js';

/** @param language as Postman notes it, which it does not always do. */
export function bodyEnding(language: unknown, text: unknown): string {
  const noted = typeof language === 'string' ? BODIES.get(language.toLowerCase()) : undefined;
  return noted ?? (isJsonText(text) ? '.body.json' : PLAIN_BODY);
}

/** Whether it is an object or a list: a number or a word is JSON as well, but nobody would call it so. */
function isJsonText(text: unknown): boolean {
  if (typeof text !== 'string' || !/^\s*[[{]/.test(text)) {
    return false;
  }
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether a folder of this name could be taken for the file of an item beside it, or of the folder around it. */
export function isFolderNameReserved(name: string): boolean {
  const key = collisionKey(name);
  return (
    key === FOLDER_NAME || key === COLLECTION_NAME || FILE_ENDINGS.some((ending) => key.endsWith(ending))
  );
}

/** Whether files of this stem could be taken for those of the folder around them. */
export function isStemReserved(stem: string): boolean {
  return ['folder', 'collection', 'readme'].includes(collisionKey(stem));
}

/** Whether it is the file of a folder, a request or a saved example. */
export function isItemFile(path: string): boolean {
  return path.endsWith(REQUEST) || path.endsWith(EXAMPLE) || posix.basename(path) === FOLDER_NAME;
}

/** @returns the path without the ending that says what it holds. */
export function stemOf(path: string): string {
  return path.replace(/(\.request|\.example)?\.yaml$/, '');
}

/**
 * @param path of the file of a collection, folder, request or saved example.
 * @returns the paths that its parts may have: whatever lies there belongs to it.
 */
export function partPaths(path: string): readonly string[] {
  if (posix.basename(path) === DEEP_FOLDER_NAME) {
    return [];
  }
  const stem = stemOf(path);
  if (path.endsWith(REQUEST)) {
    return REQUEST_PARTS.map((ending) => `${stem}${ending}`);
  }
  if (path.endsWith(EXAMPLE)) {
    return BODY_ENDINGS.map((ending) => `${stem}${ending}`);
  }
  const scripts = [...SCRIPTS.values()].map((ending) => `${stem}${ending}`);
  return [posix.join(posix.dirname(path), README_NAME), ...scripts];
}
