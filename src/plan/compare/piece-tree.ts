/** One version of a resource as a tree of pieces: what is compared, whatever kind the resource is of. */
import { isObject, type JsonObject } from '../../json.ts';
import type { Piece } from '../../model.ts';

export type PieceNode = {
  readonly piece: Piece;
  readonly id?: string;
  /** Empty when it has none. */
  readonly name: string;
  /** Everything about it but its name and its children: what people call it → the values that are meant. */
  readonly fields: ReadonlyMap<string, readonly unknown[]>;
  readonly children: readonly PieceNode[];
};

/** A value, and what people call it; behind a label stand all that carry it. */
export type LabelledValue = readonly [label: string, value: unknown];

export const OTHER_FIELDS = 'other fields';

/** @param name anything but a text becomes a field. */
export function createNode(
  about: { readonly piece: Piece; readonly id?: unknown; readonly name: unknown },
  values: readonly LabelledValue[],
  children: readonly PieceNode[] = [],
): PieceNode {
  const { piece, id, name } = about;
  const hasName = typeof name === 'string';
  const all: readonly LabelledValue[] =
    hasName || name === undefined ? values : [...values, [OTHER_FIELDS, name]];
  return {
    piece,
    ...(typeof id === 'string' && id !== '' ? { id } : {}),
    name: hasName ? name : '',
    fields: byLabel(all),
    children,
  };
}

function byLabel(values: readonly LabelledValue[]): PieceNode['fields'] {
  const fields = new Map<string, unknown[]>();
  for (const [label, value] of values) {
    const known = fields.get(label);
    if (known === undefined) {
      fields.set(label, [value]);
    } else {
      known.push(value);
    }
  }
  return fields;
}

/**
 * @param labelOf the label of a key; nothing for what is read elsewhere.
 * @returns the object's values, each with its key: where several share a label, the key tells them apart.
 */
export function labelValues(
  object: JsonObject,
  labelOf: (key: string, value: unknown) => string | undefined,
): readonly LabelledValue[] {
  return Object.entries(object).flatMap(([key, value]): readonly LabelledValue[] => {
    const label = labelOf(key, value);
    return label === undefined ? [] : [[label, { key, value }]];
  });
}

/** @returns what `read` makes of each entry of a list; what is no object is a piece that is all content. */
export function readList(
  list: unknown,
  piece: Piece,
  read: (object: JsonObject) => PieceNode,
): readonly PieceNode[] {
  return (Array.isArray(list) ? list : []).map((entry: unknown) =>
    isObject(entry) ? read(entry) : createNode({ piece, name: undefined }, [[OTHER_FIELDS, entry]]),
  );
}
