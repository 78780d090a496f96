/** Reads the backups that lie in one commit: what they hold, and the content of each resource when it is asked for. */
import { KnownError } from '../errors.ts';
import type { Version, Wanted } from '../git/find-version.ts';
import type { GitHistory } from '../git/history.ts';
import type { JsonObject } from '../json.ts';
import type { Kind, Manifest, ManifestEntry, Workspace } from '../model.ts';
import { filesAt } from '../plan/tree-content.ts';
import { printable } from '../printable.ts';
import { kindOf, uuidOf } from '../resource-key.ts';
import { manifestPath } from '../snapshot/layout.ts';
import { parseBackup } from '../snapshot/parse-backup.ts';
import { adoptFiles } from './read-branch.ts';
import { type FoundBackup, isKnownKind, readManifests, workspaceNames } from './read-manifests.ts';

/** One resource of a backup. */
export type SnapshotResource = {
  readonly kind: Kind;
  readonly uuid: string;
  readonly uid: string;
  readonly name: string;
  /** Named as the newest commit that tells its name has it, else by its id; the id is empty when nobody recorded it. */
  readonly workspace: Workspace;
  /** In the repository. */
  readonly path: string;
  readonly entry: ManifestEntry;
  /** Path below the resource's own (empty for a resource that is one file) → blob id; empty when nothing is there. */
  readonly files: ReadonlyMap<string, string>;
};

/** One backup as it was in one commit. */
export type Snapshot = Version & {
  readonly directory: string;
  /** Whether its manifest could be read; otherwise the resources are those that the ids in the files tell. */
  readonly isIndexed: boolean;
  readonly resources: readonly SnapshotResource[];
  /** @returns the files of a resource; one that is not there is left out. */
  readonly readFiles: (resource: SnapshotResource) => Promise<ReadonlyMap<string, Buffer>>;
  /** @returns its normalized value. @throws KnownError BACKUP_UNREADABLE or RESOURCE_INVALID */
  readonly read: (resource: SnapshotResource) => Promise<JsonObject>;
  /** Fetches the files of many at once, so that reading them one by one does not ask the server for each. */
  readonly prefetch: (resources: readonly SnapshotResource[]) => Promise<void>;
};

/**
 * @param options.directory of one backup; absent: all that the commit holds.
 * @returns at least one snapshot.
 * @throws KnownError BACKUP_NOT_FOUND when there is no such commit, or no backup in it.
 */
export async function readSnapshots(
  history: GitHistory,
  { directory, ...wanted }: Wanted & { readonly directory?: string },
): Promise<readonly Snapshot[]> {
  const version = await history.find(wanted);
  const names = workspaceNames(await history.listHeadlines(version, [directory ?? '']));
  const about = directory === undefined ? { names } : { names, directory };
  const snapshots = await readSnapshotsOf(version, history, about);
  if (snapshots.length === 0) {
    throw await noBackup(version, history, { ...wanted, ...(directory === undefined ? {} : { directory }) });
  }
  return snapshots;
}

/**
 * @param version a commit that `history` has found, or one before it.
 * @param about.names id of a workspace → its name.
 * @returns what the commit holds of the backups; nothing when there is none.
 */
export async function readSnapshotsOf(
  version: Version,
  history: GitHistory,
  {
    directory,
    names = new Map(),
  }: { readonly directory?: string; readonly names?: ReadonlyMap<string, string> },
): Promise<readonly Snapshot[]> {
  const files = await history.readFiles(version.commit);
  const found = await readManifests(files, history);
  const backups =
    directory === undefined ? found : [found.find((one) => one.directory === directory) ?? { directory }];
  const snapshots: Snapshot[] = [];
  for (const backup of backups) {
    const manifest = backup.manifest ?? (await adoptAll(backup, files, history));
    const isIndexed = backup.manifest !== undefined;
    if (isIndexed || manifest.size > 0 || files.has(manifestPath(backup.directory))) {
      const resources = listResources(manifest, files, names);
      snapshots.push({
        ...version,
        directory: backup.directory,
        isIndexed,
        resources,
        ...createReader(history),
      });
    }
  }
  return snapshots;
}

/** Without a manifest the ids in the files say which resources they are. */
async function adoptAll(
  { directory }: FoundBackup,
  files: ReadonlyMap<string, string>,
  history: GitHistory,
): Promise<Manifest> {
  const below = directory === '' ? '' : `${directory}/`;
  const adopted = await adoptFiles(
    { readBlob: (id) => readBlob(history, id) },
    {
      tree: { files: new Map([...files].filter(([path]) => path.startsWith(below))) },
      manifest: new Map(),
      manifestIsCommitted: false,
      guests: new Map(),
      unindexed: new Set(),
    },
    { refs: [], layout: { directory, layout: 'json', flat: true } },
  );
  return adopted.manifest;
}

async function readBlob(history: GitHistory, id: string): Promise<Buffer> {
  const { value } = await history.readBlobs([id]).next();
  return value ?? Buffer.alloc(0);
}

function listResources(
  manifest: Manifest,
  files: ReadonlyMap<string, string>,
  names: ReadonlyMap<string, string>,
): readonly SnapshotResource[] {
  return [...manifest]
    .filter(([key]) => isKnownKind(kindOf(key)))
    .map(([key, entry]) => {
      const { uid, name, path, workspace } = entry;
      return {
        ...{ kind: kindOf(key), uuid: uuidOf(key), uid, name, path, entry },
        workspace: { id: workspace, name: names.get(workspace) ?? workspace },
        files: filesAt({ files }, path),
      };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function createReader(history: GitHistory): Pick<Snapshot, 'read' | 'readFiles' | 'prefetch'> {
  const readFiles = async ({ files }: SnapshotResource) => {
    const present = [...files].filter(([, id]) => id !== '');
    const blobs = history.readBlobs(present.map(([, id]) => id));
    const contents = new Map<string, Buffer>();
    for (const [path] of present) {
      const { value } = await blobs.next();
      contents.set(path, value ?? Buffer.alloc(0));
    }
    return contents;
  };
  return {
    readFiles,
    read: async (resource) => parseBackup(resource, await readFiles(resource)),
    prefetch: (resources) =>
      history.fetchBlobs(resources.flatMap(({ files }) => [...files.values()].filter((id) => id !== ''))),
  };
}

async function noBackup(
  version: Version,
  history: GitHistory,
  { ref, at, directory }: Wanted & { readonly directory?: string },
): Promise<KnownError> {
  const place = directory === undefined ? '' : ` in "${printable(directory)}"`;
  const where = `"${printable(version.ref)}" (${version.commit.slice(0, 8)})`;
  if (at === undefined) {
    return new KnownError('BACKUP_NOT_FOUND', `There is no backup${place} on ${where}.`);
  }
  const tip = await history.find(ref === undefined ? {} : { ref });
  const runs = (await history.listHeadlines(tip, [directory ?? ''])).filter(
    ({ runId }) => runId !== undefined,
  );
  const first = runs.at(-1)?.date.toISOString();
  const since = first === undefined ? 'There is none since either' : `The first one is of ${first}`;
  return new KnownError(
    'BACKUP_NOT_FOUND',
    `There was no backup${place} on ${where} at ${at.toISOString()}. ${since}.`,
  );
}
