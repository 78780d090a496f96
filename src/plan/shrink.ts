/** Collections that lose most of their items at once: Postman has given stale and partial bodies. */
import type { ManifestEntry, RenderedResource } from '../model.ts';

// Fewer come and go in an hour's work.
const WORTH_A_LOOK = 4;

/**
 * Reported as postman-app-support#11920 (folders missing from an answer) and #8015.
 * @returns from how many items to how many, when most of them are gone; nothing otherwise.
 */
export function shrinkOf(
  entry: Pick<ManifestEntry, 'items'> | undefined,
  { items: to }: Pick<RenderedResource, 'items'>,
): { readonly from: number; readonly to: number } | undefined {
  const from = entry?.items;
  if (from === undefined || to === undefined || from < WORTH_A_LOOK || to >= from / 2) {
    return undefined;
  }
  return { from, to };
}
