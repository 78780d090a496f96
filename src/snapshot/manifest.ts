/** The manifest: the committed record of the last backup, an index and no authority (design §5). */

import { posix } from 'node:path';
import * as z from 'zod';
import { groupBy } from '../group-by.ts';
import { parseJson } from '../json.ts';
import type { Manifest, ManifestEntry, RenderedFile, ResourceKey } from '../model.ts';
import { kindOf, uuidOf } from '../resource-key.ts';
import { manifestPath } from './layout.ts';
import { serialize } from './serialize.ts';

const VERSION = 1;

const Entry = z.object({
  uid: z.string(),
  name: z.string(),
  workspace: z.string(),
  path: z.string(),
  id: z.string().regex(/^[0-9a-f]{40,64}$/),
  items: z.int().optional(),
  updatedAt: z.string().optional(),
});

const ManifestFile = z.object({
  version: z.literal(VERSION),
  resources: z.record(z.string(), z.record(z.string(), Entry)),
});

/**
 * @param content bytes of the manifest file.
 * @param directory the backup's directory: an entry that points outside of it is not believed.
 * @returns nothing when the bytes are not a manifest that this version understands and can believe.
 */
export function parseManifest(content: Buffer, directory: string): Manifest | undefined {
  const file = ManifestFile.safeParse(parseJson(content));
  if (!file.success) {
    return undefined;
  }
  const manifest = new Map<ResourceKey, ManifestEntry>();
  // Two resources on one path, or one inside the folder of another, is what a merge of two branches may leave behind.
  const paths = new Set([manifestPath(directory)]);
  for (const [kind, entries] of Object.entries(file.data.resources)) {
    for (const [uuid, { updatedAt, items, ...entry }] of Object.entries(entries)) {
      if (!isBelow(entry.path, directory) || paths.has(entry.path)) {
        return undefined;
      }
      paths.add(entry.path);
      manifest.set(`${kind}/${uuid}`, {
        ...entry,
        ...(items === undefined ? {} : { items }),
        ...(updatedAt === undefined ? {} : { updatedAt }),
      });
    }
  }
  const isInside = (path: string): boolean => {
    const folder = posix.dirname(path);
    return folder !== '.' && (paths.has(folder) || isInside(folder));
  };
  return [...paths].some(isInside) ? undefined : manifest;
}

/** @returns the manifest's file: sorted, without a clock or a tool's version. */
export function renderManifest(manifest: Manifest): RenderedFile {
  const kinds = groupBy(manifest, ([key]) => kindOf(key));
  const resources = [...kinds].map(([kind, entries]) => [
    kind,
    Object.fromEntries(entries.map(([key, entry]) => [uuidOf(key), entry])),
  ]);
  return serialize({ version: VERSION, resources: Object.fromEntries(resources) });
}

function isBelow(path: string, directory: string): boolean {
  const relative = posix.relative(directory, path);
  return (
    posix.normalize(path) === path &&
    relative !== '' &&
    !relative.startsWith('..') &&
    !path.startsWith('/') &&
    !path.endsWith('/')
  );
}
