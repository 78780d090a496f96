/** Which of the resources of a backup are to be restored. */
import { KnownError } from '../../errors.ts';
import { nameOfKind } from '../../kind-name.ts';
import type { Kind, ResourceRef } from '../../model.ts';
import { didYouMean } from '../../nearest.ts';
import { printable } from '../../printable.ts';
import { keyOf } from '../../resource-key.ts';
import { matchingRefs } from '../select-resources.ts';

/** Ids, uids, exact names or globs; what is empty means all. */
export type Wanted = {
  readonly workspaces: readonly string[];
  readonly kinds: readonly Kind[];
  readonly collection: readonly string[];
  readonly environment: readonly string[];
  readonly exclude: readonly string[];
};

/**
 * @param resources what the backup holds.
 * @throws KnownError COLLECTION_NOT_FOUND, WORKSPACE_NOT_FOUND or BACKUP_EMPTY when what was named is not in it.
 */
export function chooseResources<T extends ResourceRef>(
  resources: readonly T[],
  wanted: Wanted,
): readonly T[] {
  const inWorkspaces = chooseWorkspaces(uniqueResources(resources), wanted.workspaces);
  const left = withoutExcluded(inWorkspaces, wanted.exclude);
  const collections = chooseNamed(left, 'collections', wanted.collection);
  const environments = chooseNamed(left, 'environments', wanted.environment);
  const chosen = left.filter(
    (one) =>
      wanted.kinds.includes(one.kind) &&
      (one.kind !== 'collections' || collections.has(one)) &&
      (one.kind !== 'environments' || environments.has(one)),
  );
  if (chosen.length === 0) {
    throw new KnownError('CONFIG_INVALID', 'The backup holds nothing of what is to be restored.', {
      hint: 'Correct `kinds`, `workspace` or `exclude`, or choose another time with `ref` or `at`.',
    });
  }
  return chosen;
}

/** Two backups on one branch may hold the same resource. */
function uniqueResources<T extends ResourceRef>(resources: readonly T[]): readonly T[] {
  const byKey = new Map<string, T>();
  for (const one of resources) {
    if (!byKey.has(keyOf(one))) {
      byKey.set(keyOf(one), one);
    }
  }
  return [...byKey.values()];
}

function chooseWorkspaces<T extends ResourceRef>(
  resources: readonly T[],
  selectors: readonly string[],
): readonly T[] {
  if (selectors.length === 0) {
    return resources;
  }
  const ids = new Set<string>();
  for (const selector of selectors) {
    const found = resources.filter(({ workspace: { id, name } }) => id === selector || name === selector);
    if (found.length === 0) {
      const names = resources.map(({ workspace }) => printable(workspace.name));
      const shown = printable(selector);
      throw new KnownError(
        'WORKSPACE_NOT_FOUND',
        `The backup holds no workspace "${shown}".${didYouMean(shown, names)}`,
        { hint: 'Correct `workspace`: an id or an exact name, as the backup knew it.' },
      );
    }
    for (const { workspace } of found) {
      ids.add(workspace.id);
    }
  }
  return resources.filter(({ workspace }) => ids.has(workspace.id));
}

function withoutExcluded<T extends ResourceRef>(
  resources: readonly T[],
  selectors: readonly string[],
): readonly T[] {
  const excluded = new Set(selectors.flatMap((selector) => matchingRefs(resources, selector)));
  return resources.filter((one) => !excluded.has(one));
}

/** @returns those of one kind that are named; all when none is. */
function chooseNamed<T extends ResourceRef>(
  resources: readonly T[],
  kind: Kind,
  selectors: readonly string[],
): ReadonlySet<T> {
  const all = resources.filter((one) => one.kind === kind);
  const chosen = selectors.flatMap((selector) => {
    const found = matchingRefs(all, selector);
    if (found.length === 0) {
      const shown = printable(selector);
      const near = didYouMean(
        shown,
        all.map(({ name }) => printable(name)),
      );
      throw new KnownError(
        'COLLECTION_NOT_FOUND',
        `The backup holds no ${nameOfKind(kind)} "${shown}" at that time.${near}`,
        {
          hint: 'Correct the name (an id, a uid, an exact name or a glob), or choose another `ref` or `at`.',
        },
      );
    }
    return found;
  });
  return new Set(selectors.length === 0 ? all : chosen);
}
