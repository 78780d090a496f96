/** Which paths a resource may have (interface.md, Layout). */
import { posix } from 'node:path';
import type { Kind, Layout, ResourceRef, Workspace } from '../model.ts';
import { collisionKey, fileName } from './file-name.ts';
import { formatOf, formats } from './kinds/registry.ts';
import { uniqueEndings } from './unique-endings.ts';

export const MANIFEST_NAME = '.postman-gitlab.json';
const ARCHIVE_NAME = '_archive';

// The longest suffix first: `.json` alone ends the others as well.
const formatsByName = [...formats].sort(([, a], [, b]) => b.suffix.length - a.suffix.length);

export type LayoutOptions = {
  readonly directory: string;
  readonly layout: Layout;
  /** All files directly in `directory`, or one folder a workspace. */
  readonly flat: boolean;
  /** The name of the one file or folder, when the user chose it. */
  readonly filename?: string;
};

export function manifestPath(directory: string): string {
  return posix.join(directory, MANIFEST_NAME);
}

export function archiveDirectory(directory: string): string {
  return posix.join(directory, ARCHIVE_NAME);
}

export function isArchived(path: string, directory: string): boolean {
  return path.startsWith(`${archiveDirectory(directory)}/`);
}

/** @returns where a file of this backup may go when its resource is archived, best first. */
export function archivePaths(path: string, directory: string, uuid: string): readonly string[] {
  const { dir, base } = posix.parse(posix.relative(directory, path));
  const suffix = suffixOf(base);
  const stem = base.slice(0, base.length - suffix.length);
  return uniqueEndings(uuid).map((ending) =>
    posix.join(archiveDirectory(directory), dir, fileName(stem, `${ending}${suffix}`)),
  );
}

function suffixOf(base: string): string {
  const [, format] = formatsByName.find(([, { suffix }]) => base.endsWith(suffix)) ?? [];
  return format?.suffix ?? posix.extname(base);
}

/** @returns the paths that a resource may have below `folder`, best first. */
export function resourcePaths(ref: ResourceRef, folder: string, options: LayoutOptions): readonly string[] {
  const { suffix, stem = ref.name } = formatOf(ref.kind, options.layout);
  const { filename } = options;
  return uniqueEndings(ref.uuid).map((ending) =>
    posix.join(
      folder,
      filename === undefined
        ? fileName(stem, `${ending}${suffix}`)
        : filename.replace(/(?=\.(json|postman_collection)$)/i, ending),
    ),
  );
}

/** @returns the folders that a workspace may have below the backup's directory, best first. */
export function workspaceFolders(workspace: Workspace, directory: string): readonly string[] {
  return uniqueEndings(workspace.id)
    .map((ending) => fileName(workspace.name, ending))
    .filter((folder) => collisionKey(folder) !== ARCHIVE_NAME)
    .map((folder) => posix.join(directory, folder));
}

/**
 * What a file may be, by its name: for files that no manifest names.
 * @returns the kind, and the path of the resource, which is the folder when the file is the index of one.
 */
export function resourceOfFile(
  path: string,
  { filename }: LayoutOptions,
): { readonly kind: Kind; readonly path: string } | undefined {
  const base = posix.basename(path);
  if (base === filename) {
    return { kind: 'collections', path };
  }
  for (const [kind, { folder, suffix, stem }] of formatsByName) {
    const place = folder === undefined ? path : posix.dirname(path);
    const name = posix.basename(place);
    const isIts = folder === undefined || base === folder.indexName;
    if (isIts && name.endsWith(suffix) && hasStem(name.slice(0, -suffix.length), stem)) {
      return { kind, path: place };
    }
  }
  return undefined;
}

/** @param stem the one that all of a kind have; only the ending that tells equal names apart may follow. */
function hasStem(name: string, stem: string | undefined): boolean {
  return stem === undefined || name === stem || (name.startsWith(`${stem} (`) && name.endsWith(')'));
}
