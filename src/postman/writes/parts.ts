/** The parts of a collection that can be written one by one, and which of them are there already. Pure. */
import { isObject, type JsonObject } from '../../json.ts';
import { folderFields, requestFields, responseFields } from './elements.ts';

export type Part = {
  readonly model: 'folder' | 'request' | 'response';
  readonly id: string | undefined;
  readonly name: string;
  /** Names of what it lies in and its own. */
  readonly label: string;
  /** As its route takes it. */
  readonly fields: JsonObject;
  readonly children: readonly Part[];
};

/** @param body a collection of v2.1. @returns its parts in their order, each with its own below it. */
export function partsOf(body: unknown): readonly Part[] {
  return childrenOf(body, 'item', '');
}

/** @returns the parts and all that lies in them. */
export function* allParts(parts: readonly Part[]): Generator<Part> {
  for (const part of parts) {
    yield part;
    yield* allParts(part.children);
  }
}

function childrenOf(parent: unknown, key: 'item' | 'response', within: string): readonly Part[] {
  const list = isObject(parent) ? parent[key] : [];
  return Array.isArray(list) ? list.filter(isObject).map((value) => partOf(value, key, within)) : [];
}

function partOf(value: JsonObject, key: 'item' | 'response', within: string): Part {
  const name = typeof value['name'] === 'string' ? value['name'] : '';
  const label = within === '' ? name : `${within} / ${name}`;
  const id = typeof value['id'] === 'string' ? value['id'] : undefined;
  const about = { id, name, label };
  if (key === 'response') {
    return { ...about, model: 'response', fields: responseFields(value), children: [] };
  }
  return Array.isArray(value['item'])
    ? { ...about, model: 'folder', fields: folderFields(value), children: childrenOf(value, 'item', label) }
    : {
        ...about,
        model: 'request',
        fields: requestFields(value),
        children: childrenOf(value, 'response', label),
      };
}

export type Matched = {
  /** Each wanted part, with what is there of it. */
  readonly pairs: readonly { readonly wanted: Part; readonly present?: Part }[];
  /** What is there and not wanted. */
  readonly others: readonly Part[];
};

/** Matches siblings: by their id; one that has none yet by its name, each once, in their order. */
export function matchSiblings(wanted: readonly Part[], present: readonly Part[]): Matched {
  const left = new Set(present);
  const take = (isIt: (part: Part) => boolean) => {
    const found = [...left].find(isIt);
    if (found !== undefined) {
      left.delete(found);
    }
    return found;
  };
  const pairs = wanted.map((part) => {
    const { id, name, model } = part;
    const found = take(
      (other) => other.model === model && (id === undefined ? other.name === name : other.id === id),
    );
    return { wanted: part, ...(found === undefined ? {} : { present: found }) };
  });
  return { pairs, others: [...left] };
}
