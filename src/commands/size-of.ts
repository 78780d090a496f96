/** How much content resources bring: what limits a commit, and what is compared. */
import type { FetchedResource } from '../plan/plan-files.ts';

/** @returns bytes. Asked for each resource that comes: no list is made on the way. */
export function sizeOf(resources: readonly FetchedResource[]): number {
  let bytes = 0;
  for (const { rendered } of resources) {
    for (const { content } of rendered.files) {
      bytes += content.length;
    }
  }
  return bytes;
}
