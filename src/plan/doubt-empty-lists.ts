/** An empty answer, or none, where there was something, and that nothing else confirms, is no word about what was there. */
import type { Inventory, Listing, Manifest } from '../model.ts';
import { kindOf } from '../resource-key.ts';

/**
 * @param removes whether what is gone is removed: where it never is, an empty list does no harm. One that is not found
 * does: nothing of it was looked at.
 * @returns the inventory, with a doubt about each such list.
 */
export function doubtEmptyLists(
  inventory: Inventory,
  backup: {
    readonly manifest: Manifest;
    readonly isArchived: (path: string) => boolean;
    readonly removes: boolean;
  },
): Inventory {
  const { manifest, isArchived, removes } = backup;
  const backedUp = new Set(
    [...manifest]
      .filter(([, { path }]) => !isArchived(path))
      .map(([key, { workspace }]) => `${kindOf(key)} ${workspace}`),
  );
  const listings = inventory.listings.map((listing) => {
    const { kind, workspace, unconfirmed, unavailable } = listing;
    const isMissed = unconfirmed === true && backedUp.has(`${kind} ${workspace.id}`);
    return isMissed && (removes || unavailable !== undefined) ? inDoubt(listing) : listing;
  });
  return { ...inventory, listings };
}

function inDoubt({ unavailable, ...listing }: Listing): Listing {
  const doubt =
    unavailable === undefined
      ? 'it is empty, and there was something'
      : `it is not found (${unavailable}), and there was something; if Postman does not offer ${listing.kind} any more, leave them out of \`kinds\`: their files stay`;
  return { doubt, ...listing };
}
