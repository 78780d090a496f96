/** A resource of any kind as a tree of pieces. */
import { isObject, type JsonObject } from '../../json.ts';
import type { Kind } from '../../model.ts';
import {
  createNode,
  createOpaque,
  type LabelledValue,
  labelValues,
  OTHER_FIELDS,
  type PieceNode,
  readList,
  takeName,
} from './piece-tree.ts';
import { readCollection } from './read-collection.ts';
import { readVariables } from './read-variables.ts';

const READERS: Readonly<Record<Kind, (value: JsonObject) => PieceNode>> = {
  collections: (value) => readCollection({ piece: 'resource' }, value),
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
  return isObject(value) ? READERS[kind](value) : createOpaque('resource', value);
}

/** Fields without pieces go by their own names. */
function readFields(value: JsonObject): PieceNode {
  return readPieces(value, () => []);
}

function readValues(value: JsonObject): PieceNode {
  const { values, ...rest } = value;
  return Array.isArray(values)
    ? readPieces(rest, () => readVariables(values), { values })
    : readFields(value);
}

function readSpec(value: JsonObject): PieceNode {
  const { files, ...rest } = value;
  return isObject(files) ? readPieces(rest, () => readFiles(files), { files }) : readFields(value);
}

function readApi(value: JsonObject): PieceNode {
  const { schemas, collections, ...rest } = value;
  return Array.isArray(schemas) && Array.isArray(collections)
    ? readPieces(
        rest,
        () => [
          ...readList(schemas, 'schema', readSchema),
          ...readList(collections, 'collection', readAttached),
        ],
        { schemas, collections },
      )
    : readFields(value);
}

function readPieces(value: JsonObject, read: () => readonly PieceNode[], lists: JsonObject = {}): PieceNode {
  const { name, rest } = takeName(value);
  return createNode({ piece: 'resource', name }, rest, labelByKey, read(), lists);
}

/** Schemas have no names: the id is what the folder's index calls them. */
function readSchema(schema: JsonObject): PieceNode {
  const { name, rest } = takeName(schema, 'id');
  const { files, ...content } = rest;
  const about = { piece: 'schema', id: name, name } as const;
  return isObject(files)
    ? createNode(about, content, labelByKey, readFiles(files), { files })
    : createNode(about, rest, labelByKey);
}

function readAttached(attached: JsonObject): PieceNode {
  const { id, collection } = attached;
  return isObject(collection)
    ? readCollection({ piece: 'collection', id }, collection)
    : createOpaque('collection', attached);
}

/** @param files path → what is known of the file. */
function readFiles(files: JsonObject): readonly PieceNode[] {
  return Object.entries(files).map(([name, file]) =>
    createNode({ piece: 'file', name }, file, (content) =>
      isObject(content) ? labelByKey(content) : [[OTHER_FIELDS, content]],
    ),
  );
}

function labelByKey(object: JsonObject): readonly LabelledValue[] {
  return labelValues(object, (key) => key);
}
