/** What a kind of resource has to tell, so that it can be a file, or a folder of files. */

import type { JsonObject } from '../../json.ts';
import type { ResourceRef } from '../../model.ts';

/** Bodies are what the API gives, without their envelope. */
export type KindFormat = {
  /** End of the name, the one that Postman itself exports with when it does; `.spec` and `.api` end folders. */
  readonly suffix: string;
  /** What every resource of this kind is called on disk, in place of its own name. */
  readonly stem?: string;
  /** @returns whether this can be such a resource at all. */
  isBody(body: JsonObject): boolean;
  /** @returns the uuid that a body names itself by, if it does. */
  uuidOf(body: JsonObject): string | undefined;
  nameOf(body: JsonObject): string | undefined;
  /** @returns the same resource in canonical form: without what changes by itself, with its uuid. */
  normalize(body: JsonObject, resource: Pick<ResourceRef, 'uuid' | 'name'>): JsonObject;
  /** @returns how many items a normalized one holds, for a kind of which some may get lost. */
  countItems?(normalized: JsonObject): number;
  /** Only for a kind whose resources are folders. */
  readonly folder?: FolderFormat;
};

export type FolderFormat = {
  /** The file that says what the folder holds; its bytes are a body as far as `isBody`, `uuidOf`, `nameOf` go. */
  readonly indexName: string;
  /** @returns the paths below the folder that an index names, without its own. */
  pathsIn(index: JsonObject): readonly string[];
  /**
   * @param normalized what `normalize` returned, secrets taken out.
   * @returns the index and all other files: texts as they are, other values as JSON.
   */
  filesOf(normalized: JsonObject): readonly FolderFile[];
  /**
   * @returns what `filesOf` was given, from its index and all files: a file that is not there has no content.
   * @throws KnownError RESOURCE_INVALID when files that people may edit do not fit together.
   */
  withContents(index: JsonObject, files: ReadonlyMap<string, Buffer>): JsonObject;
};

export type FolderFile = {
  /** Below the folder; each segment legal on every file system, and no two files at one path. */
  readonly path: string;
  readonly content: string | JsonObject;
};
