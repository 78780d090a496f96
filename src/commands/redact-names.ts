/** Takes secrets out of names: they become paths, manifest entries and lines of commit messages. */
import type { Inventory, ResourceRef } from '../model.ts';
import { redactSecrets } from '../snapshot/secrets/redact.ts';

export type Named = {
  readonly inventory: Inventory;
  readonly refs: readonly ResourceRef[];
  /** That there were secrets in them. */
  readonly warning?: string;
};

/**
 * @param refs the selected resources: they were selected by the names that they have in Postman.
 * @param onSecret hears every secret value that was found.
 */
export async function redactNames(
  { inventory, refs }: Named,
  onSecret: (value: string) => void,
): Promise<Named> {
  const listed = inventory.listings.flatMap((listing) => listing.refs);
  const names = new Set([...inventory.workspaces, ...listed].map(({ name }) => name));
  const { value, findings, secrets } = await redactSecrets([...names], { isAllowed: () => false });
  if (findings.length === 0 || !Array.isArray(value)) {
    return { inventory, refs };
  }
  for (const secret of secrets) {
    onSecret(secret);
  }
  const clean = new Map([...names].map((name, index) => [name, String(value[index])]));
  const rename = <T extends { readonly name: string }>(one: T): T => ({
    ...one,
    name: clean.get(one.name) ?? one.name,
  });
  const renameRef = (ref: ResourceRef): ResourceRef => ({
    ...rename(ref),
    workspace: rename(ref.workspace),
  });
  const rules = [...new Set(findings.map(({ rule }) => rule))].join(', ');
  return {
    warning: `There are secrets in names (${rules}); they are left out of paths and messages.`,
    inventory: {
      workspaces: inventory.workspaces.map(rename),
      listings: inventory.listings.map((listing) => ({
        ...listing,
        workspace: rename(listing.workspace),
        refs: listing.refs.map(renameRef),
      })),
    },
    refs: refs.map(renameRef),
  };
}
