/** Values become YAML that people read: 1.2, core schema, and nothing that a reader of 1.1 takes for something else. */
import { Document, isScalar, Scalar, visit } from 'yaml';

/**
 * What stands in YAML for a value that lies in another file, whose path is relative to the file with the reference:
 * `!text` its text, `!lines` the list of its lines, `!item` the value of a YAML file.
 */
export type Tag = '!text' | '!lines' | '!item';

const FORMAT = { lineWidth: 0, blockQuote: 'literal' } as const;
// What YAML counts as not printable, and marks that reorder text or show nothing. JSON's escapes do not cover them all.
const UNPRINTABLE =
  /[^\P{Cc}\t\n]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]/u;
const EVERY_UNPRINTABLE = new RegExp(UNPRINTABLE, 'gu');

// A schema is costly to make, and the same for all.
const document = new Document(null, { compat: 'yaml-1.1' });

/** @returns what `writeYaml` writes as a reference, wherever it stands in a value. */
export function reference(tag: Tag, path: string): Scalar<string> {
  const scalar = new Scalar(path);
  scalar.tag = tag;
  return scalar;
}

/** @param value JSON with references in it; its keys are written in the order that they have. */
export function writeYaml(value: unknown): string {
  document.contents = document.createNode(value, { aliasDuplicateObjects: false });
  const text = document.toString(FORMAT);
  return UNPRINTABLE.test(text) ? writeEscaped() : text;
}

/** Only in double quotes does YAML know escapes. */
function writeEscaped(): string {
  visit(document, {
    Scalar(_, node) {
      if (isScalar(node) && typeof node.value === 'string' && UNPRINTABLE.test(node.value)) {
        node.type = 'QUOTE_DOUBLE';
      }
    },
  });
  return document
    .toString(FORMAT)
    .replace(EVERY_UNPRINTABLE, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
