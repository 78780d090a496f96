/** The layout `json`: which paths a resource may have (interface.md, Layout). */
import { posix } from 'node:path';
import type { ResourceKey, ResourceRef, Workspace } from '../model.ts';
import { fileName } from './file-name.ts';
import { kindFormats } from './kinds/registry.ts';

const MANIFEST_NAME = '.postman-gitlab.json';
const ARCHIVE_NAME = '_archive';

export type LayoutOptions = {
  readonly directory: string;
  /** All files directly in `directory`, or one folder a workspace. */
  readonly flat: boolean;
  /** The name of the one file, when the user chose it. */
  readonly filename?: string;
};

export function keyOf(ref: Pick<ResourceRef, 'kind' | 'uuid'>): ResourceKey {
  return `${ref.kind}/${ref.uuid}`;
}

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
  const target = posix.join(archiveDirectory(directory), posix.relative(directory, path));
  const dot = target.indexOf('.', target.lastIndexOf('/'));
  const stemEnd = dot === -1 ? target.length : dot;
  return uniqueEndings(uuid).map((ending) => `${target.slice(0, stemEnd)}${ending}${target.slice(stemEnd)}`);
}

/** @returns the paths that a resource may have below `folder`, best first. */
export function resourcePaths(ref: ResourceRef, folder: string, options: LayoutOptions): readonly string[] {
  const { suffix } = kindFormats[ref.kind];
  const { filename } = options;
  return uniqueEndings(ref.uuid).map((ending) =>
    posix.join(
      folder,
      filename === undefined
        ? fileName(ref.name, `${ending}${suffix}`)
        : filename.replace(/(?=\.json$)/, ending),
    ),
  );
}

/** @returns the folders that a workspace may have below the backup's directory, best first. */
export function workspaceFolders(workspace: Workspace, directory: string): readonly string[] {
  return uniqueEndings(workspace.id)
    .map((ending) => fileName(workspace.name, ending))
    .filter((folder) => folder.toLowerCase() !== ARCHIVE_NAME)
    .map((folder) => posix.join(directory, folder));
}

/** Of equal names, the one that comes later carries eight digits of its uuid; the whole uuid settles the rest. */
function uniqueEndings(uuid: string): readonly string[] {
  return ['', ` (${uuid.slice(0, 8)})`, ` (${uuid})`];
}
