/**
 * Values become YAML that people read and every reader of YAML takes for the same: 1.2, core schema, and nothing that
 * one of 1.1 takes for something else. Written here and not by a library, whose next version might wrap or quote
 * otherwise: every file of a backup would change, and no collection.
 */
import { KnownError } from '../../errors.ts';
import { isObject, type JsonObject } from '../../json.ts';

/**
 * What stands in YAML for a value that lies in another file, whose path is relative to the file with the reference:
 * `!text` its text, `!lines` the list of its lines, `!item` the value of a YAML or JSON file.
 */
export type Tag = '!text' | '!lines' | '!item';

// No JSON has such a key.
const TAG = Symbol('tag');
type Reference = { readonly [TAG]: Tag; readonly path: string };

// Nothing that YAML could take for a number, a date or a sign of its own stands without quotes.
const PLAIN = /^[A-Za-z_/\u00a1-\uffff](?:[^\n]*[^\s:])?$/;
const NOT_PLAIN = /: | #|[^\S ]|^(?:null|true|false|yes|no|on|off|y|n)$/i;
// What YAML counts as not printable, and marks that reorder text or show nothing. JSON's escapes do not cover them all.
const UNPRINTABLE =
  /[^\P{Cc}\t\n]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]/u;
const EVERY_UNPRINTABLE = new RegExp(UNPRINTABLE, 'gu');
// Longer ones need a mark of their own (YAML 1.2, 8.2.2).
const MAX_KEY_LENGTH = 1000;

// No reader gets to the bottom of a text that is much deeper, and the indent alone makes it large.
const MAX_NESTING = 200;

/** @returns what `writeYaml` writes as a reference, wherever it stands in a value. */
export function reference(tag: Tag, path: string): Reference {
  return { [TAG]: tag, path };
}

/**
 * @param value JSON with references in it; its keys are written in the order that they have.
 * @throws KnownError RESOURCE_INVALID when it is nested more than `MAX_NESTING` deep.
 */
export function writeYaml(value: JsonObject): string {
  return isBranch(value) ? writeBranch(value, '') : '{}\n';
}

/** @returns the lines of a list or of an object, each behind `indent`. */
function writeBranch(value: Branch, indent: string): string {
  const deeper = `${indent}  `;
  if (deeper.length > MAX_NESTING * 2) {
    throw new KnownError(
      'RESOURCE_INVALID',
      `a value in it is nested more than ${MAX_NESTING} deep, which \`layout: tree\` cannot hold; \`layout: json\` can`,
    );
  }
  if (Array.isArray(value)) {
    const entries: readonly unknown[] = value;
    return entries.map((entry) => `${indent}- ${writeEntry(entry, deeper)}`).join('');
  }
  return Object.entries(value)
    .map(([key, one]) => `${indent}${writeKey(key, indent)}:${writeValue(one, deeper)}`)
    .join('');
}

/** The first line of what stands in a list follows the dash. */
function writeEntry(value: unknown, indent: string): string {
  return isBranch(value) ? writeBranch(value, indent).slice(indent.length) : `${writeLeaf(value, indent)}\n`;
}

function writeValue(value: unknown, indent: string): string {
  return isBranch(value) ? `\n${writeBranch(value, indent)}` : ` ${writeLeaf(value, indent)}\n`;
}

function writeKey(key: string, indent: string): string {
  const written = isPlain(key) ? key : quote(key);
  return written.length > MAX_KEY_LENGTH ? `? ${written}\n${indent}` : written;
}

type Branch = readonly unknown[] | JsonObject;

/** Whether it takes lines of its own. */
function isBranch(value: unknown): value is Branch {
  return Array.isArray(value)
    ? value.length > 0
    : isObject(value) && !isReference(value) && Object.keys(value).length > 0;
}

function writeLeaf(value: unknown, indent: string): string {
  if (isReference(value)) {
    return `${value[TAG]} ${writeText(value.path, indent)}`;
  }
  return typeof value === 'string' ? writeText(value, indent) : JSON.stringify(value);
}

function isReference(value: unknown): value is Reference {
  return isObject(value) && TAG in value;
}

function writeText(text: string, indent: string): string {
  const plain = text.includes('\n') ? writeBlock(text, indent) : isPlain(text) ? text : undefined;
  return plain ?? quote(text);
}

function isPlain(text: string): boolean {
  return PLAIN.test(text) && !NOT_PLAIN.test(text) && !UNPRINTABLE.test(text);
}

/** @returns the lines as they are; nothing for a text whose blanks at its ends or on their own would get lost. */
function writeBlock(text: string, indent: string): string | undefined {
  const lines = text.replace(/\n$/, '').split('\n');
  const isSafe = !/^\s/.test(text) && lines.at(-1) !== '' && !UNPRINTABLE.test(text);
  if (!isSafe || lines.some((line) => line !== '' && line.trim() === '')) {
    return undefined;
  }
  // The mark says whether the last newline belongs to the text.
  const mark = text.endsWith('\n') ? '|' : '|-';
  return [mark, ...lines.map((line) => (line === '' ? '' : `${indent}${line}`))].join('\n');
}

function quote(text: string): string {
  return JSON.stringify(text).replace(
    EVERY_UNPRINTABLE,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
