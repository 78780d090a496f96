/** Commits what is pending, in halves when GitLab or a proxy in front of it finds it too large. */
import { KnownError } from '../errors.ts';
import type { Outcome, ResourceKey, Tree } from '../model.ts';
import { aboutResource } from '../plan/about-resource.ts';
import type { BranchState } from '../plan/branch-state.ts';
import type { FetchedResource } from '../plan/plan-files.ts';
import { type CarryOutOptions, type CommittedBatch, carryOut } from './carry-out.ts';
import type { RunFacts } from './plan-batch.ts';
import { sizeOf } from './size-of.ts';

/** How far one backup has come. */
export type Part = {
  readonly facts: RunFacts;
  readonly readPart: (tree: Tree) => Promise<BranchState>;
  branch: BranchState;
  pending: FetchedResource[];
  settled: FetchedResource[];
  /** With `secrets: fail` nothing may be written before everything has been looked at: so it waits, packed. */
  lookedAt: FetchedResource[];
  readonly failed: Set<ResourceKey>;
  readonly outcomes: Outcome[];
  readonly commits: CommittedBatch[];
};

// A JSON body costs many times its size in memory, and over 20 MB GitLab throttles.
export const MAX_COMMIT_BYTES = 16 * 1024 * 1024;

export function createCommitter(options: CarryOutOptions, parts: ReadonlySet<Part>) {
  let maxBytes = MAX_COMMIT_BYTES;

  /**
   * A resource that is too large alone fails, and keeps the file it has.
   * @param chosen which of the pending resources go into it; the others wait.
   */
  async function commit(chosen: readonly FetchedResource[], isLast: boolean): Promise<void> {
    try {
      await commitOnce(options, parts, { chosen: new Set(chosen), isLast });
    } catch (error) {
      if (!isTooLarge(error) || chosen.length === 0) {
        throw error;
      }
      maxBytes = sizeOf(chosen) / 2;
      await commitHalves(chosen);
      if (chosen.every(isPending)) {
        failAll(chosen, error);
      }
      await commit(chosen.filter(isPending), isLast);
    }
  }

  async function commitHalves(chosen: readonly FetchedResource[]): Promise<void> {
    if (chosen.length > 1) {
      const middle = Math.ceil(chosen.length / 2);
      await commit(chosen.slice(0, middle), false);
      await commit(chosen.slice(middle), false);
    }
  }

  function isPending(resource: FetchedResource): boolean {
    return [...parts].some(({ pending }) => pending.includes(resource));
  }

  function failAll(resources: readonly FetchedResource[], { code, message }: KnownError): void {
    for (const part of parts) {
      const isIts = (one: FetchedResource) => resources.includes(one);
      for (const { key, ref } of part.pending.filter(isIts)) {
        part.failed.add(key);
        part.outcomes.push({ ...aboutResource(ref), status: 'failed', code, note: message });
      }
      part.pending = part.pending.filter((one) => !isIts(one));
    }
  }

  return {
    commit,
    /** The largest commit that is worth trying. */
    maxBytes: () => maxBytes,
  };
}

async function commitOnce(
  options: CarryOutOptions,
  parts: ReadonlySet<Part>,
  { chosen, isLast }: { readonly chosen: ReadonlySet<FetchedResource>; readonly isLast: boolean },
): Promise<void> {
  const all = [...parts];
  const contributions = all.map((part) => ({
    ...part,
    moment: { ...part, pending: part.pending.filter((one) => chosen.has(one)), isLast },
  }));
  const done = await carryOut(options, contributions);
  for (const [index, part] of all.entries()) {
    const carried = done.parts[index];
    if (carried !== undefined) {
      const { batch } = carried;
      part.branch = carried.branch;
      part.outcomes.push(...batch.files.outcomes);
      part.commits.push(...(done.commit === undefined || batch.actions.length === 0 ? [] : [done.commit]));
      part.settled = [];
      part.pending = part.pending.filter((one) => !chosen.has(one) || batch.waiting.has(one.key));
    }
  }
}

function isTooLarge(error: unknown): error is KnownError {
  return error instanceof KnownError && error.code === 'GITLAB_PAYLOAD_TOO_LARGE';
}
