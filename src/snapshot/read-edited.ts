/** Reads what people made of the files of a resource: they write it as they like, and mean what would be rendered. */
import { KnownError } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';
import { nameOfKind } from '../kind-name.ts';
import type { ResourceRef } from '../model.ts';
import { kindFormats } from './kinds/registry.ts';
import { parseResource } from './parse-resource.ts';

/**
 * @param files path below the resource's own → content.
 * @returns the normalized resource.
 * @throws KnownError RESOURCE_INVALID when the files are no such resource.
 */
export function readEdited(
  ref: Pick<ResourceRef, 'kind' | 'uuid' | 'name'>,
  files: ReadonlyMap<string, Buffer>,
): JsonObject {
  const { kind } = ref;
  const format = kindFormats[kind];
  const value = parseResource(kind, files);
  if (!isObject(value) || !format.isBody(value)) {
    throw new KnownError('RESOURCE_INVALID', `its file is no ${nameOfKind(kind)} that can be read`, {
      hint: 'Mend the file, or take it from an earlier commit.',
    });
  }
  // What the index of a spec says is in its canonical form; the API's is another one.
  return kind === 'specs' ? value : format.normalize(value, ref);
}

/** @returns the name that the files give the resource; nothing when they give none. */
export function nameIn(kind: ResourceRef['kind'], value: JsonObject): string | undefined {
  return kindFormats[kind].nameOf(value);
}
