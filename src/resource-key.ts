/** The key of a resource: how the manifest, the plan and the state file name it. */
import type { Kind, ResourceKey, ResourceRef } from './model.ts';

export function keyOf({ kind, uuid }: Pick<ResourceRef, 'kind' | 'uuid'>): ResourceKey {
  return `${kind}/${uuid}`;
}

export function kindOf(key: ResourceKey): Kind {
  return key.slice(0, key.indexOf('/')) as Kind;
}

export function uuidOf(key: ResourceKey): string {
  return key.slice(key.indexOf('/') + 1);
}
