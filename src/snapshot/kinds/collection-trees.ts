/** Collections as folders, a file a request: what `layout: tree` makes of them. */

import { isObject } from '../../json.ts';
import { COLLECTION_NAME, INDEX_NAME, partPaths } from '../collection-tree/endings.ts';
import { parseCollectionTree } from '../collection-tree/parse-tree.ts';
import { renderCollectionTree } from '../collection-tree/render-tree.ts';
import { collections } from './collections.ts';
import type { KindFormat } from './kind-format.ts';

/** The index names id and name where a collection of the first format has them: so it passes for one. */
export const collectionTrees: KindFormat = {
  ...collections,
  suffix: '.postman_collection',
  folder: {
    indexName: INDEX_NAME,
    pathsIn: ({ ids }) =>
      [COLLECTION_NAME, ...Object.keys(isObject(ids) ? ids : {})].flatMap((path) => [
        path,
        ...partPaths(path),
      ]),
    filesOf: (collection) =>
      renderCollectionTree(collection, {
        id: collections.uuidOf(collection),
        name: collections.nameOf(collection),
      }),
    withContents: (_, files) => parseCollectionTree(files),
  },
};
