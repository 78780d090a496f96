/** Where pages lie, and how they link to each other: by relative paths, so that they also open from a disk. */
import { createHash } from 'node:crypto';
import type { Kind } from '../model.ts';

export const OVERVIEW = 'index.html';
export const SEARCH = 'search.html';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @returns the path of a resource's page: its uuid, or the hash of what stands in its place. */
export function pagePath({ kind, uuid }: { readonly kind: Kind; readonly uuid: string }): string {
  const name = UUID.test(uuid) ? uuid : createHash('sha256').update(uuid).digest('hex').slice(0, 32);
  return `${kind}/${name}.html`;
}

/** @returns the way from the folder of a page to the root of the site. */
export function rootOf(path: string): string {
  return '../'.repeat(path.split('/').length - 1);
}
