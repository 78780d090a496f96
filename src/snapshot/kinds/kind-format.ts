/** What a kind of resource has to tell, so that it can be a file. */
import type { JsonObject } from '../json.ts';

/** Bodies are what the API gives, without their envelope. */
export type KindFormat = {
  /** End of the file name, the one that Postman itself exports with. */
  readonly suffix: string;
  /** @returns whether this can be such a resource at all. */
  isBody(body: JsonObject): boolean;
  /** @returns the uuid that a body names itself by, if it does. */
  uuidOf(body: JsonObject): string | undefined;
  nameOf(body: JsonObject): string | undefined;
  /** @returns the same resource in canonical form: without what changes by itself, with its uuid. */
  normalize(body: JsonObject, uuid: string): JsonObject;
};
