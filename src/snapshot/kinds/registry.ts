/**
 * The register of kinds as files: a new kind is one file beside this one and one line here. Where the end of a file's
 * name is looked up, the first that fits counts: the plain `.json` of workspaces comes last.
 */
import type { Kind, Layout } from '../../model.ts';
import { apis } from './apis.ts';
import { collectionTrees } from './collection-trees.ts';
import { collections } from './collections.ts';
import { environments } from './environments.ts';
import { globals } from './globals.ts';
import type { KindFormat } from './kind-format.ts';
import { mocks } from './mocks.ts';
import { monitors } from './monitors.ts';
import { specs } from './specs.ts';
import { workspaces } from './workspaces.ts';

export const kindFormats = {
  collections,
  environments,
  globals,
  specs,
  apis,
  mocks,
  monitors,
  workspaces,
} satisfies Record<Kind, KindFormat>;

/** @returns the format in which a backup of this layout writes a kind: only collections have one for each. */
export function formatOf(kind: Kind, layout: Layout): KindFormat {
  return kind === 'collections' && layout === 'tree' ? collectionTrees : kindFormats[kind];
}

/** @returns the format of what lies at a path: a backup whose layout was changed may hold both. */
export function formatAt(kind: Kind, path: string): KindFormat | undefined {
  if (kind === 'collections' && path.endsWith(collectionTrees.suffix)) {
    return collectionTrees;
  }
  // The manifest of a newer version may name kinds that this one does not know.
  return Object.hasOwn(kindFormats, kind) ? kindFormats[kind] : undefined;
}

/** Every form of every kind. */
export const formats: readonly (readonly [Kind, KindFormat])[] = [
  ...(Object.entries<KindFormat>(kindFormats) as [Kind, KindFormat][]),
  ['collections', collectionTrees],
];
