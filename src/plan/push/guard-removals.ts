/** How many resources a push may remove from Postman. */

// As many as a backup removes from the branch.
const DEFAULT_MAX_REMOVALS = 10;

/**
 * @param count how many files were removed.
 * @returns why none of them is removed from Postman; nothing when all may be.
 */
export function whyNotRemoved(
  count: number,
  rules: { readonly removed: 'keep' | 'archive' | 'delete'; readonly maxRemovals?: number },
): string | undefined {
  if (rules.removed !== 'delete') {
    return 'its file was removed; it stays in Postman, because `removed` is not `delete`, and the next backup writes the file again';
  }
  const most = rules.maxRemovals ?? DEFAULT_MAX_REMOVALS;
  return count > most
    ? `${count} files were removed, and at most ${most} resources may be removed in one run`
    : undefined;
}
