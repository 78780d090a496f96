/** Files of others inside the folders of resources: nothing of ours is written over them. */
import { posix } from 'node:path';
import type { ResourceKey } from '../model.ts';
import type { BranchState } from './branch-state.ts';
import type { FetchedResource } from './plan-files.ts';

/**
 * GitLab replaces a folder by a file of its name, and a file by a folder: so what lies above or below is in the way,
 * too.
 * @param collisionKey what two paths have in common that are one to some file system.
 * @returns the resources that cannot go to their paths.
 */
export function blockedByGuests(
  fetched: readonly FetchedResource[],
  paths: ReadonlyMap<ResourceKey, string>,
  { guests, collisionKey }: Pick<BranchState, 'guests'> & { readonly collisionKey: (path: string) => string },
): readonly ResourceKey[] {
  const taken = [...guests.keys()].map((guest) => `${collisionKey(guest)}/`);
  const isBlocked = ({ key, rendered }: FetchedResource) => {
    const due = rendered.files.map((file) => `${collisionKey(posix.join(paths.get(key) ?? '', file.path))}/`);
    return taken.some((guest) => due.some((one) => one.startsWith(guest) || guest.startsWith(one)));
  };
  return guests.size === 0
    ? []
    : fetched.filter((one) => paths.has(one.key) && isBlocked(one)).map(({ key }) => key);
}
