/** An empty answer where there was something, and that nothing else confirms, is no word about a removal. */
import type { Inventory, Manifest } from '../model.ts';
import { kindOf } from '../resource-key.ts';

/** @returns the inventory, with a doubt about each such list. */
export function doubtEmptyLists(
  inventory: Inventory,
  manifest: Manifest,
  isArchived: (path: string) => boolean,
): Inventory {
  const backedUp = new Set(
    [...manifest]
      .filter(([, { path }]) => !isArchived(path))
      .map(([key, { workspace }]) => `${kindOf(key)} ${workspace}`),
  );
  const listings = inventory.listings.map((listing) =>
    listing.unconfirmed === true && backedUp.has(`${listing.kind} ${listing.workspace.id}`)
      ? { doubt: 'it is empty, and there was something', ...listing }
      : listing,
  );
  return { ...inventory, listings };
}
