/**
 * APIs of API Builder as folders: the files of their definition, the collections attached to them, and an index. An
 * API that is connected to git is its index only: the rest lies in that repository.
 */

import { isObject, type JsonObject, omit, parseJson } from '../../json.ts';
import { fileName } from '../file-name.ts';
import { bareUuid } from './bare-uuid.ts';
import { collections } from './collections.ts';
import {
  contentsOf,
  indexedPaths,
  indexFiles,
  normalizeFiles,
  objectsIn,
  withContents,
} from './definition-files.ts';
import type { FolderFile, KindFormat } from './kind-format.ts';
import { localPaths } from './local-paths.ts';
import { textOf } from './text-of.ts';

const INDEX_NAME = '.postman-api.json';
const VOLATILE = new Set(['uid', 'owner', 'createdAt', 'updatedAt', 'createdBy', 'updatedBy']);

export const apis: KindFormat = {
  suffix: '.api',
  isBody: (api) =>
    textOf(api, 'id') !== undefined &&
    textOf(api, 'name') !== undefined &&
    Array.isArray(api['schemas']) &&
    Array.isArray(api['collections']),
  uuidOf: (api) => bareUuid(textOf(api, 'id')),
  nameOf: (api) => textOf(api, 'name'),
  normalize: (api, { uuid }) => ({
    ...omit(api, VOLATILE),
    id: uuid,
    schemas: byId(objectsIn(api['schemas']).map(normalizeSchema)),
    collections: byId(objectsIn(api['collections']).map(normalizeAttached)),
  }),
  folder: {
    indexName: INDEX_NAME,
    pathsIn: ({ collections: attached, schemas }) => [
      ...objectsIn(attached).flatMap((one) => textOf(one, 'path') ?? []),
      ...objectsIn(schemas).flatMap(({ files }) => indexedPaths(files)),
    ],
    filesOf(api) {
      const attached = objectsIn(api['collections']);
      const collectionPaths = placeCollections(attached);
      const schemas = objectsIn(api['schemas']);
      const paths = placeSchemas(schemas, [INDEX_NAME, ...collectionPaths.values()]);
      const pathOf = (schema: JsonObject, path: string) => paths.get(keyOf(schema, path)) ?? path;
      const index = {
        ...api,
        schemas: schemas.map((schema) => ({
          ...schema,
          files: indexFiles(schema['files'], (path) => pathOf(schema, path)),
        })),
        collections: attached.map((one) => ({ id: idOf(one), path: collectionPaths.get(idOf(one)) })),
      };
      return [
        { path: INDEX_NAME, content: index },
        ...attached.flatMap((one) => collectionFile(one, collectionPaths)),
        ...schemas.flatMap((schema) =>
          contentsOf(schema['files']).map(({ path, content }) => ({ path: pathOf(schema, path), content })),
        ),
      ];
    },
    withContents: (api, contents) => ({
      ...api,
      schemas: objectsIn(api['schemas']).map((schema) => ({
        ...schema,
        files: withContents(schema['files'], contents),
      })),
      collections: objectsIn(api['collections']).map((one) => {
        const content = contents.get(textOf(one, 'path') ?? '');
        return { id: idOf(one), ...(content === undefined ? {} : { collection: parseJson(content) }) };
      }),
    }),
  },
};

function normalizeSchema(schema: JsonObject): JsonObject {
  return { ...omit(schema, VOLATILE), files: normalizeFiles(schema['files']) };
}

/** An attached collection is what the kind of collections makes of it, beside the id that the API knows it by. */
function normalizeAttached(attached: JsonObject): JsonObject {
  const { collection } = attached;
  const id = bareUuid(idOf(attached));
  if (!isObject(collection)) {
    return { id };
  }
  const uuid = collections.uuidOf(collection) ?? id;
  const name = collections.nameOf(collection) ?? '';
  return { id, collection: collections.normalize(collection, { uuid, name }) };
}

function placeCollections(attached: readonly JsonObject[]): ReadonlyMap<string, string> {
  const files = attached.map((one) => {
    const name = isObject(one['collection']) ? collections.nameOf(one['collection']) : undefined;
    return { key: idOf(one), path: `collections/${fileName(name ?? '', collections.suffix)}` };
  });
  return localPaths(files, [INDEX_NAME]);
}

function collectionFile(attached: JsonObject, paths: ReadonlyMap<string, string>): FolderFile[] {
  const path = paths.get(idOf(attached));
  const { collection } = attached;
  return path !== undefined && isObject(collection) ? [{ path, content: collection }] : [];
}

function placeSchemas(schemas: readonly JsonObject[], taken: readonly string[]): ReadonlyMap<string, string> {
  const files = schemas.flatMap((schema) =>
    contentsOf(schema['files']).map(({ path }) => ({ key: keyOf(schema, path), path })),
  );
  return localPaths(files, taken);
}

/** Two schemas of one API may have a file of the same path. */
function keyOf(schema: JsonObject, path: string): string {
  return `${idOf(schema)}/${path}`;
}

function idOf(object: JsonObject): string {
  return textOf(object, 'id') ?? '';
}

/** Each once, in an order of their own: the API's may differ from one answer to the next. */
function byId(objects: readonly JsonObject[]): readonly JsonObject[] {
  const unique = new Map(objects.map((object) => [idOf(object), object]));
  return [...unique.values()].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
}
