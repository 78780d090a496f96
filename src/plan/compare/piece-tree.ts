/** One version of a resource as a tree of pieces: what is compared, whatever kind the resource is of. */
import { isObject, type JsonObject } from '../../json.ts';
import type { Piece } from '../../model.ts';

export type PieceNode = {
  readonly piece: Piece;
  readonly id?: string;
  /** Empty when it has none. */
  readonly name: string;
  /** Everything about it but its name and its children. */
  readonly content: unknown;
  /** The values of `content`, by what people call them: only asked for when it differs. */
  readonly label: () => readonly LabelledValue[];
  readonly children: readonly PieceNode[];
  /** Key → size of each list that is there: nothing else tells an empty one from none. */
  readonly lists: ReadonlyMap<string, number>;
};

/** Key → what stands there in the resource. */
type Lists = Readonly<Record<string, unknown>>;

/** A value, and what people call it; behind a label stand all that carry it. */
export type LabelledValue = readonly [label: string, value: unknown];

export const OTHER_FIELDS = 'other fields';

type About = { readonly piece: Piece; readonly id?: unknown; readonly name: string | undefined };

/**
 * @param label the values of `content`, each with its label.
 * @param lists what the children were made of.
 */
export function createNode<T>(
  { piece, id, name = '' }: About,
  content: T,
  label: (content: T) => readonly LabelledValue[],
  children: readonly PieceNode[] = [],
  lists: Lists = {},
): PieceNode {
  const ownId = typeof id === 'string' && id !== '' ? { id } : {};
  const sizes = new Map(Object.entries(lists).flatMap(([key, list]) => sizeOf(key, list)));
  return { piece, ...ownId, name, content, label: () => label(content), children, lists: sizes };
}

function sizeOf(key: string, list: unknown): readonly (readonly [string, number])[] {
  const isList = Array.isArray(list) || isObject(list);
  return isList ? [[key, Object.keys(list).length]] : [];
}

/** A piece of which only the whole can be compared. */
export function createOpaque(piece: Piece, content: unknown): PieceNode {
  return createNode({ piece, name: undefined }, content, () => [[OTHER_FIELDS, content]]);
}

/** @returns the name in `object`, and the rest of it: a name that is no text, or an empty one, is content. */
export function takeName(
  object: JsonObject,
  key: string = 'name',
): { readonly name: string | undefined; readonly rest: JsonObject } {
  const { [key]: name, ...rest } = object;
  return typeof name === 'string' && name !== '' ? { name, rest } : { name: undefined, rest: object };
}

/** @returns the object's values, each with its key: where several share a label, the key tells them apart. */
export function labelValues(object: JsonObject, labelOf: (key: string) => string): readonly LabelledValue[] {
  return Object.entries(object).map(([key, value]) => [labelOf(key), { key, value }]);
}

/** @returns what `read` makes of each entry of a list; what is no object is a piece that is all content. */
export function readList(
  list: unknown,
  piece: Piece,
  read: (object: JsonObject) => PieceNode,
): readonly PieceNode[] {
  return (Array.isArray(list) ? list : []).map((entry: unknown) =>
    isObject(entry) ? read(entry) : createOpaque(piece, entry),
  );
}
