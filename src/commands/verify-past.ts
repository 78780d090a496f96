/** Verifies what earlier commits hold of a backup: each version of a resource once, however many commits hold it. */
import type { GitHistory } from '../git/history.ts';
import { treeId } from '../object-id.ts';
import type { Progress } from '../report/progress.ts';
import { manifestPath } from '../snapshot/layout.ts';
import type { BrokenVersion, VerifiedPast } from '../verified.ts';
import { readSnapshotsOf, type Snapshot, type SnapshotResource } from './read-snapshot.ts';
import { readResource } from './verify-resources.ts';

/**
 * @param head the backup as it is now, which is verified already.
 * @param options.since commits of that moment and later are read, along first parents.
 */
export async function verifyPast(
  head: Snapshot,
  history: GitHistory,
  { since, progress }: { readonly since: Date; readonly progress: Progress },
): Promise<VerifiedPast> {
  const { directory, ref } = head;
  const commits = (await history.listHeadlines(head, [directory])).filter(
    ({ id, date }) => date >= since && id !== head.commit,
  );
  const seen = new Set(head.resources.map(versionOf));
  const ofHead = seen.size;
  const broken: BrokenVersion[] = [];
  progress.start('verifying earlier commits', commits.length);
  try {
    for (const { id: commit, date } of commits) {
      const tell = (path: string, problem: string) =>
        broken.push({ commit, date: date.toISOString(), path, problem });
      const [snapshot] = await readSnapshotsOf({ ref, commit, date }, history, { directory });
      if (snapshot?.isIndexed === false) {
        tell(manifestPath(directory), 'The manifest cannot be read.');
      }
      await verifyNew(snapshot, seen, tell);
      progress.step();
    }
  } finally {
    progress.stop();
  }
  return { commits: commits.length, versions: seen.size - ofHead, broken };
}

async function verifyNew(
  snapshot: Snapshot | undefined,
  seen: Set<string>,
  tell: (path: string, problem: string) => void,
): Promise<void> {
  if (snapshot === undefined) {
    return;
  }
  const fresh = snapshot.resources.filter((one) => !seen.has(versionOf(one)));
  await snapshot.prefetch(fresh);
  for (const resource of fresh) {
    seen.add(versionOf(resource));
    const { read } = await readResource(resource, snapshot);
    if ('problem' in read) {
      tell(resource.path, read.problem);
    }
  }
}

/** The same files under the same entry are as good, or as bad, in every commit. */
function versionOf({ kind, uuid, path, entry, files }: SnapshotResource): string {
  return [kind, uuid, path, entry.id, files.get('') ?? treeId(files)].join(' ');
}
