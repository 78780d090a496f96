/** Turns fetched resources into commits: one a run, or several when the content is large, each whole with its manifests. */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Outcome, ResourceKey, Tree } from '../model.ts';
import { aboutResource } from '../plan/about-resource.ts';
import type { BranchState } from '../plan/branch-state.ts';
import type { FetchedResource } from '../plan/plan-files.ts';
import { objectIdAt } from '../plan/tree-content.ts';
import type { CarryOutOptions, CommittedBatch } from './carry-out.ts';
import { createCommitter, type Part } from './commit-pending.ts';
import type { RunFacts } from './plan-batch.ts';
import { sizeOf } from './size-of.ts';

const NO_CONTENT = Buffer.alloc(0);

export type Batches = {
  /** @param readPart reads what the branch holds of this backup, after it moved. */
  open(facts: RunFacts, branch: BranchState, readPart: (tree: Tree) => Promise<BranchState>): PartBatches;
  /** Commits what is left, and what is removed. Of a part with `secrets: fail` and some found, nothing is written. */
  finish(): Promise<void>;
};

/** What one backup brings to the commits. Several bring at once: one after the other is heard, and no commit is disturbed. */
export type PartBatches = {
  /** @throws what a commit failed with, also one that was due to another backup. */
  add(resource: FetchedResource): Promise<void>;
  /** The resource keeps the file it has. */
  fail(key: ResourceKey, outcome: Outcome): Promise<void>;
  /** Nothing more of this backup is committed. */
  abandon(): Promise<void>;
  /** So far: also when a later step fails. */
  results(): { readonly outcomes: readonly Outcome[]; readonly commits: readonly CommittedBatch[] };
};

export function createBatches(options: CarryOutOptions): Batches {
  const parts = new Set<Part>();
  const allPending = () => [...parts].flatMap(({ pending }) => pending);
  const { commit, maxBytes } = createCommitter(options, parts);
  let last = Promise.resolve();

  /** After a failure, whatever comes later fails alike. */
  function inTurn(work: () => void | Promise<void>): Promise<void> {
    last = last.then(work);
    return last;
  }

  async function put(part: Part, resource: FetchedResource): Promise<void> {
    const waiting = sizeOf(allPending());
    if (waiting > 0 && waiting + sizeOf([resource]) > maxBytes()) {
      await commit(allPending(), false);
    }
    part.pending.push(resource);
  }

  return {
    open(facts, branch, readPart) {
      const part: Part = {
        facts,
        readPart,
        branch,
        pending: [],
        settled: [],
        lookedAt: [],
        failed: new Set(),
        outcomes: [],
        commits: [],
      };
      parts.add(part);
      return {
        /** Only what is to be written is kept in memory, and counts for the size of a commit. */
        add: (resource) =>
          inTurn(async () => {
            if (isCommitted(resource, part.branch)) {
              part.settled.push(withContent(resource, () => NO_CONTENT));
            } else if (facts.backup.secrets === 'fail') {
              part.lookedAt.push(withContent(resource, gzipSync));
            } else {
              await put(part, resource);
            }
          }),
        fail: (key, outcome) =>
          inTurn(() => {
            part.failed.add(key);
            part.outcomes.push(outcome);
          }),
        abandon: () => inTurn(() => void parts.delete(part)),
        results: () => part,
      };
    },

    async finish() {
      for (const part of parts) {
        const all = [...part.settled, ...part.lookedAt];
        if (part.facts.backup.secrets === 'fail' && all.some(holdsSecrets)) {
          part.outcomes.push(...all.map(refuse));
          parts.delete(part);
        }
      }
      for (const part of parts) {
        for (let next = part.lookedAt.shift(); next !== undefined; next = part.lookedAt.shift()) {
          await put(part, withContent(next, gunzipSync));
        }
      }
      await commit(allPending(), true);
    },
  };
}

function withContent(resource: FetchedResource, change: (content: Buffer) => Buffer): FetchedResource {
  const { rendered } = resource;
  const files = rendered.files.map((file) => ({ ...file, content: change(file.content) }));
  return { ...resource, rendered: { ...rendered, files } };
}

function isCommitted({ key, reason, rendered }: FetchedResource, { manifest, tree }: BranchState): boolean {
  const entry = manifest.get(key);
  return reason !== 'renamed' && entry?.id === rendered.id && objectIdAt(tree, entry.path) === rendered.id;
}

function holdsSecrets({ rendered }: FetchedResource): boolean {
  return rendered.findings.length > 0;
}

function refuse(resource: FetchedResource): Outcome {
  const about = aboutResource(resource.ref);
  return holdsSecrets(resource)
    ? {
        ...about,
        status: 'refused',
        code: 'SECRETS_FOUND',
        note: 'secrets were found in it',
        findings: resource.rendered.findings,
      }
    : { ...about, status: 'unverified', note: 'not committed, because secrets were found elsewhere' };
}
