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
  const { clean, rules } = await redactTexts([...names], onSecret);
  if (rules.length === 0) {
    return { inventory, refs };
  }
  const rename = <T extends { readonly name: string }>(one: T): T => ({
    ...one,
    name: clean.get(one.name) ?? one.name,
  });
  const renameRef = (ref: ResourceRef): ResourceRef => ({
    ...rename(ref),
    workspace: rename(ref.workspace),
  });
  return {
    warning: `There are secrets in names (${rules.join(', ')}); they are left out of paths and messages.`,
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

/** @returns each text without the secrets in it, when there are any, and the rules that found them. */
export async function redactTexts(
  texts: readonly string[],
  onSecret: (value: string) => void,
): Promise<{ readonly clean: ReadonlyMap<string, string>; readonly rules: readonly string[] }> {
  const { value, findings, secrets } = await redactSecrets(texts, { isAllowed: () => false });
  for (const secret of secrets) {
    onSecret(secret);
  }
  const redacted = Array.isArray(value) ? value : texts;
  return {
    clean: new Map(texts.map((text, index) => [text, String(redacted[index])])),
    rules: [...new Set(findings.map(({ rule }) => rule))],
  };
}
