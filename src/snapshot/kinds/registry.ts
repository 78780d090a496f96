/** The register of kinds as files: a new kind is one file beside this one and one line here. */
import type { Kind } from '../../model.ts';
import type { JsonObject } from '../json.ts';
import type { Redacted } from '../redact.ts';
import { collections } from './collections.ts';
import { environments } from './environments.ts';

/** What the workshop has to know about one kind. Bodies are what the API gives, without their envelope. */
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
  /** @returns the normalized resource without secret values, and where they were. */
  redact(body: JsonObject): Redacted;
};

export const kindFormats = { collections, environments } satisfies Record<Kind, KindFormat>;
