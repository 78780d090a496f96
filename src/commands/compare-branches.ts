/** Finds out what a branch would bring to its target: of all runs, not only of the last. */
import type { BackupConfig } from '../config/config.ts';
import type { Outcome, Tree } from '../model.ts';
import type { BranchSide } from '../plan/carry-over.ts';
import { diffManifests } from '../plan/diff-manifests.ts';
import { filesAt, objectIdAt } from '../plan/tree-content.ts';
import { keyOf } from '../resource-key.ts';
import { isArchived } from '../snapshot/layout.ts';
import { type Comparisons, memoOf } from './compare-batch.ts';
import { type Compared, type CompareTools, createCompare } from './compare-versions.ts';
import { readSide } from './read-side.ts';

export type BranchDifference = {
  /** Whether any file differs, besides the manifests: those also say what Postman's list showed when. */
  readonly differs: boolean;
  /** What changed, by directory; workspaces are ids. */
  readonly outcomes: ReadonlyMap<string, readonly Outcome[]>;
};

type Tools = CompareTools & { readonly comparisons: Comparisons };

/**
 * @param trees the files below the directories, where the branch parted from its target and at its head.
 * @param backups those of this run; in the other directories names are cleaned to be safe.
 */
export async function compareBranches(
  { base, head }: Readonly<Record<'base' | 'head', Tree>>,
  directories: readonly string[],
  { backups, ...tools }: Tools & { readonly backups: readonly BackupConfig[] },
): Promise<BranchDifference> {
  const outcomes = new Map<string, readonly Outcome[]>();
  let differs = false;
  for (const directory of directories) {
    const before = await readSide(tools.repository, base, directory);
    const after = await readSide(tools.repository, head, directory);
    const changed = diffManifests(before.manifest, after.manifest, (path) => isArchived(path, directory));
    const secrets = backups.find((one) => one.directory === directory)?.secrets;
    const compare = createCompare(tools, secrets !== 'keep');
    const told: Outcome[] = [];
    for (const outcome of changed) {
      told.push({ ...outcome, ...(await compareOne(outcome, { before, after }, { tools, compare })) });
    }
    differs ||= changed.length > 0 || !holdSameFiles(before, after);
    outcomes.set(directory, told);
  }
  return { differs, outcomes };
}

async function compareOne(
  outcome: Outcome,
  sides: Readonly<Record<'before' | 'after', BranchSide>>,
  { tools, compare }: { readonly tools: Tools; readonly compare: ReturnType<typeof createCompare> },
): Promise<Compared> {
  const { comparisons } = tools;
  const key = keyOf(outcome);
  const [old, now] = [sides.before, sides.after].map(({ files, manifest }) => {
    const path = manifest.get(key)?.path;
    return path === undefined
      ? undefined
      : { id: objectIdAt({ files }, path), files: filesAt({ files }, path) };
  });
  if (now?.id === undefined) {
    return {};
  }
  const known = comparisons.known.get(memoOf(key, old?.id, now.id));
  // Of what is new, everything is new: only a run that has it at hand tells what it holds.
  if (known !== undefined || old === undefined || old.id === now.id) {
    return known ?? {};
  }
  const reads = old.files.size + now.files.size;
  if (comparisons.olds === 0 || reads > comparisons.reads) {
    return { notCompared: 'limit' };
  }
  comparisons.olds -= 1;
  comparisons.reads -= reads;
  return await compare({ kind: outcome.kind, old: old.files, now: now.files, atHand: new Map() });
}

function holdSameFiles({ files }: BranchSide, other: BranchSide): boolean {
  return files.size === other.files.size && [...files].every(([path, id]) => other.files.get(path) === id);
}
