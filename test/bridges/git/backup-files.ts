/** The files of a backup, as one lies in a repository: rendered by the program, from resources of ours. */
import { posix } from 'node:path';
import type { Kind, Layout, ManifestEntry, ResourceKey } from '../../../src/model.ts';
import { keyOf } from '../../../src/resource-key.ts';
import { manifestPath } from '../../../src/snapshot/layout.ts';
import { renderManifest } from '../../../src/snapshot/manifest.ts';
import { renderResource } from '../../../src/snapshot/render.ts';

export type Backed = {
  readonly kind: Kind;
  readonly uuid: string;
  readonly name: string;
  readonly path: string;
  readonly body: unknown;
  readonly workspace?: string;
};

/** @returns path → content, the manifest among them. */
export async function backupFiles(
  directory: string,
  resources: readonly Backed[],
  layout: Layout = 'json',
): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const manifest = new Map<ResourceKey, ManifestEntry>();
  for (const { kind, uuid, name, body, workspace = 'w1', ...one } of resources) {
    const path = posix.join(directory, one.path);
    const rules = { layout, mode: 'redact', isAllowed: () => false } as const;
    const { resource } = await renderResource({ kind, uuid, name }, body, rules);
    for (const file of resource.files) {
      files[posix.join(path, file.path)] = file.content.toString();
    }
    manifest.set(keyOf({ kind, uuid }), { uid: `42-${uuid}`, name, workspace, path, id: resource.id });
  }
  return { ...files, [manifestPath(directory)]: renderManifest(manifest).content.toString() };
}
