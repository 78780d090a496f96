/** Which of the listed resources a backup is about. */
import picomatch from 'picomatch';
import { KnownError } from '../errors.ts';
import type { Inventory, Manifest, ResourceRef } from '../model.ts';
import { didYouMean } from '../nearest.ts';
import { printable } from '../printable.ts';

export type SelectionRules = {
  /** Ids, uids, exact names or globs; empty means all. They apply to collections only. */
  readonly collection: readonly string[];
  /** The same, for what is left out, of every kind. */
  readonly exclude: readonly string[];
};

export type Selection = {
  readonly refs: readonly ResourceRef[];
  readonly warnings: readonly string[];
};

/**
 * @param manifest names what was backed up before: a collection that is selected and gone is no typing error.
 * @throws KnownError COLLECTION_NOT_FOUND when something selected by id or name is not there.
 */
export function selectResources(inventory: Inventory, rules: SelectionRules, manifest: Manifest): Selection {
  const listed = uniqueRefs(inventory);
  const collections = listed.filter(({ kind }) => kind === 'collections');
  const warnings: string[] = [];
  const chosen = new Set<ResourceRef>();
  for (const selector of rules.collection) {
    const matches = matchingRefs(collections, selector);
    if (matches.length === 0) {
      warnings.push(...explainNoMatch(selector, collections, manifest));
    }
    for (const ref of matches) {
      chosen.add(ref);
    }
  }
  const excluded = new Set(rules.exclude.flatMap((selector) => matchingRefs(listed, selector)));
  const isSelected = (ref: ResourceRef) =>
    !excluded.has(ref) && (ref.kind !== 'collections' || rules.collection.length === 0 || chosen.has(ref));
  return { refs: listed.filter(isSelected), warnings };
}

/** A collection that is listed in two workspaces is one collection. */
function uniqueRefs(inventory: Inventory): readonly ResourceRef[] {
  const byKey = new Map<string, ResourceRef>();
  for (const ref of inventory.listings.flatMap(({ refs }) => refs)) {
    const key = `${ref.kind}/${ref.uuid}`;
    if (!byKey.has(key)) {
      byKey.set(key, ref);
    }
  }
  return [...byKey.values()];
}

/** By id, uid, exact name, then glob, in that order: the first that finds something decides. */
function matchingRefs(refs: readonly ResourceRef[], selector: string): readonly ResourceRef[] {
  // `bash` lets `*` cross a slash, and `dot` makes a leading dot ordinary: names are no file paths.
  const matchesGlob = picomatch(selector, { bash: true, dot: true, nonegate: true });
  const ways: ((ref: ResourceRef) => boolean)[] = [
    ({ uuid }) => uuid === selector,
    ({ uid }) => uid === selector,
    ({ name }) => name === selector,
    ({ name }) => matchesGlob(name),
  ];
  for (const matches of ways) {
    const found = refs.filter(matches);
    if (found.length > 0) {
      return found;
    }
  }
  return [];
}

function explainNoMatch(
  selector: string,
  collections: readonly ResourceRef[],
  manifest: Manifest,
): readonly string[] {
  const shown = printable(selector);
  if (picomatch.scan(selector).isGlob) {
    return [`No collection matches "${shown}".`];
  }
  for (const [key, { uid, name }] of manifest) {
    if (key === `collections/${selector}` || uid === selector || name === selector) {
      return [`The collection "${shown}" is not in Postman any more.`];
    }
  }
  const names = collections.map(({ name }) => printable(name));
  throw new KnownError(
    'COLLECTION_NOT_FOUND',
    `There is no collection "${shown}".${didYouMean(shown, names)}`,
  );
}
