/** Finds the backups that lie in a commit: their manifests, and the names that its history gives to workspaces. */
import { posix } from 'node:path';
import type { GitHistory, Headline } from '../git/history.ts';
import type { Kind, Manifest } from '../model.ts';
import { kindFormats } from '../snapshot/kinds/registry.ts';
import { MANIFEST_NAME } from '../snapshot/layout.ts';
import { parseManifest } from '../snapshot/manifest.ts';

export type FoundBackup = {
  readonly directory: string;
  /** Absent: there is one that cannot be read. */
  readonly manifest?: Manifest;
};

/** @param files of the commit: path → blob id. */
export async function readManifests(
  files: ReadonlyMap<string, string>,
  history: GitHistory,
): Promise<readonly FoundBackup[]> {
  const places = [...files]
    .filter(([path, id]) => posix.basename(path) === MANIFEST_NAME && id !== '')
    .sort();
  const contents = history.readBlobs(places.map(([, id]) => id));
  const found: FoundBackup[] = [];
  for (const [path] of places) {
    const { value } = await contents.next();
    const directory = path === MANIFEST_NAME ? '' : posix.dirname(path);
    const manifest = value === undefined ? undefined : parseManifest(value, directory);
    found.push({ directory, ...(manifest === undefined ? {} : { manifest }) });
  }
  return found;
}

/** The manifest of a newer version may name kinds that this one does not know. */
export function isKnownKind(kind: Kind): boolean {
  return Object.hasOwn(kindFormats, kind);
}

/** @returns id → name, as the newest commit that names the workspace has it. */
export function workspaceNames(commits: readonly Headline[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const text of commits.flatMap(({ workspaces }) => workspaces)) {
    const { name = '', id = '' } = /^(?<name>.*) \((?<id>[^()]+)\)$/.exec(text)?.groups ?? {};
    if (!names.has(id)) {
      names.set(id, name);
    }
  }
  return names;
}
