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
  const { chosen, warnings } = chooseCollections(rules.collection, collections, manifest);
  const named = listed.filter(hasOwnName);
  const excluded = new Set(rules.exclude.flatMap((selector) => matchingRefs(named, selector)));
  const isSelected = (ref: ResourceRef) =>
    !excluded.has(ref) && (ref.kind !== 'collections' || rules.collection.length === 0 || chosen.has(ref));
  return {
    refs: listed.filter(isSelected),
    warnings: [...warnings, ...deadExcludes(named, rules.exclude)],
  };
}

function chooseCollections(
  selectors: readonly string[],
  collections: readonly ResourceRef[],
  manifest: Manifest,
) {
  const choices = selectors.map((selector): Choice => {
    const matches = matchingRefs(collections, selector);
    return matches.length > 0 ? { matches } : explainNoMatch(selector, collections, manifest);
  });
  const isIdle = ({ matches, wasBackedUp }: Choice) => matches.length === 0 && wasBackedUp !== true;
  if (choices.length > 0 && choices.every(isIdle)) {
    const shown = selectors.map((selector) => `"${printable(selector)}"`).join(', ');
    throw new KnownError(
      'COLLECTION_NOT_FOUND',
      `No collection matches ${shown}: there is nothing to back up.`,
    );
  }
  return {
    chosen: new Set(choices.flatMap(({ matches }) => matches)),
    warnings: choices.flatMap(({ warning }) => warning ?? []),
  };
}

/** Something left out by name that is not there may be a slip that backs up too much; a glob may wait for its prey. */
function deadExcludes(listed: readonly ResourceRef[], exclude: readonly string[]): readonly string[] {
  return exclude
    .filter((selector) => !picomatch.scan(selector).isGlob && matchingRefs(listed, selector).length === 0)
    .map((selector) => `\`exclude\`: there is nothing named "${printable(selector)}".`);
}

/** Globals and a workspace's description go by the workspace's name: excluding a collection of that name is not about them. */
function hasOwnName({ kind }: ResourceRef): boolean {
  return kind !== 'globals' && kind !== 'workspaces';
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
export function matchingRefs<T extends Pick<ResourceRef, 'uuid' | 'uid' | 'name'>>(
  refs: readonly T[],
  selector: string,
): readonly T[] {
  // `bash` lets `*` cross a slash, and `dot` makes a leading dot ordinary: names are no file paths.
  const matchesGlob = picomatch(selector, { bash: true, dot: true, nonegate: true });
  const ways: ((ref: T) => boolean)[] = [
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

type Choice = {
  readonly matches: readonly ResourceRef[];
  readonly warning?: string;
  /** It stands for something that an earlier backup holds. */
  readonly wasBackedUp?: boolean;
};

/** What was backed up under that name before is followed when it was renamed, and missed aloud when it is gone. */
function explainNoMatch(selector: string, collections: readonly ResourceRef[], manifest: Manifest): Choice {
  const shown = printable(selector);
  const isWanted = picomatch(selector, { bash: true, dot: true, nonegate: true });
  for (const [key, { uid, name }] of manifest) {
    const isCollection = key.startsWith('collections/');
    if (isCollection && (key === `collections/${selector}` || uid === selector || isWanted(name))) {
      const renamed = collections.filter(({ uuid }) => key === `collections/${uuid}`);
      const [now] = renamed.map((ref) => printable(ref.name));
      const warning =
        now === undefined
          ? `The collection "${shown}" is not in Postman any more.`
          : `The collection "${printable(name)}" is now named "${now}" in Postman: select it by that name, or by its id.`;
      return { matches: renamed, warning, wasBackedUp: true };
    }
  }
  if (picomatch.scan(selector).isGlob) {
    return { matches: [], warning: `No collection matches "${shown}".` };
  }
  const names = collections.map(({ name }) => printable(name));
  throw new KnownError(
    'COLLECTION_NOT_FOUND',
    `There is no collection "${shown}".${didYouMean(shown, names)}`,
  );
}
