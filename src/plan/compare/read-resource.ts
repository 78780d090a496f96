/** A resource of any kind as a tree of pieces. */
import { isObject, type JsonObject } from '../../json.ts';
import type { Kind } from '../../model.ts';
import { createNode, labelValues, OTHER_FIELDS, type PieceNode, readList } from './piece-tree.ts';
import { readCollection } from './read-collection.ts';
import { readVariables } from './read-variables.ts';

const READERS: Readonly<Record<Kind, (value: JsonObject) => PieceNode>> = {
  collections: readCollectionResource,
  environments: readValues,
  globals: readValues,
  specs: readSpec,
  apis: readApi,
  mocks: readFields,
  monitors: readFields,
  workspaces: readFields,
};

/** @param value what the files of a resource say, in whatever shape they are. */
export function readResource(kind: Kind, value: unknown): PieceNode {
  return isObject(value)
    ? READERS[kind](value)
    : createNode({ piece: 'resource', name: undefined }, [[OTHER_FIELDS, value]]);
}

function readCollectionResource(value: JsonObject): PieceNode {
  const { name, values, children } = readCollection(value);
  return createNode({ piece: 'resource', name }, values, children);
}

function readValues(value: JsonObject): PieceNode {
  return readKeys(value, 'values', readVariables);
}

function readSpec(value: JsonObject): PieceNode {
  return readKeys(value, 'files', readFiles);
}

function readFields({ name, ...rest }: JsonObject): PieceNode {
  return createNode(
    { piece: 'resource', name },
    labelValues(rest, (key) => key),
  );
}

/** @param inner the key whose value is a piece for each entry; all others are fields. */
function readKeys(
  { name, ...rest }: JsonObject,
  inner: string,
  read: (value: unknown) => readonly PieceNode[],
): PieceNode {
  const isInner = (key: string, value: unknown) => key === inner && typeof value === 'object';
  const values = labelValues(rest, (key, value) => (isInner(key, value) ? undefined : key));
  return createNode({ piece: 'resource', name }, values, read(rest[inner]));
}

function readApi({ name, ...rest }: JsonObject): PieceNode {
  const lists = new Set(['schemas', 'collections'].filter((key) => Array.isArray(rest[key])));
  return createNode(
    { piece: 'resource', name },
    labelValues(rest, (key) => (lists.has(key) ? undefined : key)),
    [
      ...readList(rest['schemas'], 'schema', readSchema),
      ...readList(rest['collections'], 'collection', readAttached),
    ],
  );
}

/** Schemas have no names: the id is what the folder's index calls them. */
function readSchema(schema: JsonObject): PieceNode {
  const values = labelValues(schema, (key) => (key === 'id' || key === 'files' ? undefined : key));
  const about = { piece: 'schema', id: schema['id'], name: schema['id'] } as const;
  return createNode(about, values, readFiles(schema['files']));
}

function readAttached({ id, collection, ...rest }: JsonObject): PieceNode {
  const other = labelValues(rest, () => OTHER_FIELDS);
  if (!isObject(collection)) {
    return createNode({ piece: 'collection', id, name: undefined }, [
      ...other,
      [OTHER_FIELDS, { collection }],
    ]);
  }
  const { name, values, children } = readCollection(collection);
  return createNode({ piece: 'collection', id, name }, [...other, ...values], children);
}

/** @param files path → what is known of the file. */
function readFiles(files: unknown): readonly PieceNode[] {
  return Object.entries(isObject(files) ? files : {}).map(([path, file]) => {
    const values = isObject(file) ? labelValues(file, (key) => key) : ([[OTHER_FIELDS, file]] as const);
    return createNode({ piece: 'file', name: path }, values);
  });
}
