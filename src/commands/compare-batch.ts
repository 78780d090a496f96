/** Finds out what differs between what a commit writes and what the branch holds, and adds it to the outcomes. */
import PQueue from 'p-queue';
import type { Outcome, ResourceKey } from '../model.ts';
import type { BranchState } from '../plan/branch-state.ts';
import type { FetchedResource } from '../plan/plan-files.ts';
import { filesAt, objectIdAt } from '../plan/tree-content.ts';
import { keyOf } from '../resource-key.ts';
import { type Compared, type CompareTools, createCompare, MAX_BYTES } from './compare-versions.ts';
import type { Batch, RunFacts } from './plan-batch.ts';
import { sizeOf } from './size-of.ts';

/** What more a run compares, and what is known: a commit that is tried again reads nothing again. */
export type Comparisons = {
  /** Resources with an older version. */
  olds: number;
  /** Resources without one. */
  news: number;
  /** Files of older versions: a call to GitLab each. */
  reads: number;
  readonly known: Map<string, Compared>;
};

type PlannedBatch = {
  readonly facts: RunFacts;
  /** The branch that the batch was planned for. */
  readonly before: BranchState;
  readonly batch: Batch;
  readonly pending: readonly FetchedResource[];
};

/** One resource whose content is written. */
type Written = {
  readonly resource: FetchedResource;
  readonly outcome: Outcome;
  /** Files of the older version: path below the resource's own → blob id; none when there is no older version. */
  readonly old: ReadonlyMap<string, string>;
  /** How many of them are not among the files that are written. */
  readonly reads: number;
  readonly memo: string;
};

const WRITING: ReadonlySet<string> = new Set(['added', 'updated', 'repaired']);
const MAX_COMPARED = 100;
const MAX_READS = 200;
// Hides the latency of GitLab; memory follows this many old versions.
const AT_ONCE = 4;

export function createComparisons(): Comparisons {
  return { olds: MAX_COMPARED, news: MAX_COMPARED, reads: MAX_READS, known: new Map() };
}

/** @returns the batch, its outcomes with what differs. What cannot be compared is said so, and is no failure. */
export async function compareBatch(
  planned: PlannedBatch,
  tools: CompareTools & { readonly comparisons: Comparisons },
): Promise<Batch> {
  const { batch, facts } = planned;
  const written = findWritten(planned);
  const compared = new Map<Outcome, Compared>();
  const { comparisons } = tools;
  const compareVersions = createCompare(tools, facts.backup.secrets !== 'keep');

  async function compareOne(one: Written): Promise<Compared> {
    const refused = refuse(one, comparisons);
    if (refused !== undefined) {
      return refused;
    }
    comparisons[one.old.size === 0 ? 'news' : 'olds'] -= 1;
    comparisons.reads -= one.reads;
    return compareVersions(versionsOf(one));
  }

  const queue = new PQueue({ concurrency: AT_ONCE });
  await queue.addAll(
    written.map((one) => async () => {
      const result = comparisons.known.get(one.memo) ?? (await compareOne(one));
      comparisons.known.set(one.memo, result);
      compared.set(one.outcome, result);
    }),
  );
  const outcomes = batch.files.outcomes.map((outcome) => ({ ...outcome, ...compared.get(outcome) }));
  return { ...batch, files: { ...batch.files, outcomes } };
}

function versionsOf({ resource: { ref, rendered }, old }: Written) {
  const now = new Map(rendered.files.map(({ path, id }) => [path, id]));
  const atHand = new Map(rendered.files.map(({ id, content }) => [id, content]));
  return { kind: ref.kind, old, now, atHand };
}

function findWritten({ batch, before, pending }: PlannedBatch): readonly Written[] {
  const resources = new Map<ResourceKey, FetchedResource>(pending.map((one) => [one.key, one]));
  return batch.files.outcomes.flatMap((outcome): Written | [] => {
    const resource = resources.get(keyOf(outcome));
    const isWritten = outcome.changes?.some((change) => WRITING.has(change)) === true;
    if (resource === undefined || !isWritten) {
      return [];
    }
    const path = before.manifest.get(resource.key)?.path;
    const id = path === undefined ? undefined : objectIdAt(before.tree, path);
    const old = path === undefined ? new Map<string, string>() : filesAt(before.tree, path);
    const { rendered, key } = resource;
    const atHand = new Set(rendered.files.map((file) => file.id));
    const reads = [...old.values()].filter((one) => !atHand.has(one)).length;
    const memo = memoOf(key, id, rendered.id);
    return id === rendered.id ? [] : { resource, outcome, old, reads, memo };
  });
}

/** @returns what names the comparison of two versions, for the rest of the run. */
export function memoOf(key: ResourceKey, oldId: string | undefined, newId: string): string {
  return `${key} ${oldId ?? ''} ${newId}`;
}

/** @returns why it is not compared; of what is new that is nothing to tell. */
function refuse({ resource, old, reads }: Written, left: Comparisons): Compared | undefined {
  if (old.size === 0) {
    return left.news === 0 || sizeOf([resource]) > MAX_BYTES ? {} : undefined;
  }
  if (reads > MAX_READS || sizeOf([resource]) > MAX_BYTES) {
    return { notCompared: 'size' };
  }
  return left.olds === 0 || reads > left.reads ? { notCompared: 'limit' } : undefined;
}
