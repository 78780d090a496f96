/** How much content resources bring: what limits a commit, and what is compared. */
import type { FetchedResource } from '../plan/plan-files.ts';

/** @returns bytes. */
export function sizeOf(resources: readonly FetchedResource[]): number {
  let bytes = 0;
  for (const { content } of resources.flatMap(({ rendered }) => rendered.files)) {
    bytes += content.length;
  }
  return bytes;
}
