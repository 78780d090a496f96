/** Turns fetched resources into commits: one a run, or several when the content is large, each whole with its manifests. */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Outcome, ResourceKey, Tree } from '../model.ts';
import type { BranchState } from '../plan/branch-state.ts';
import type { FetchedResource } from '../plan/plan-files.ts';
import { objectIdAt } from '../plan/tree-content.ts';
import { type CarryOutOptions, type CommittedBatch, carryOut } from './carry-out.ts';
import type { RunFacts } from './plan-batch.ts';

// A JSON body costs many times its size in memory, and over 20 MB GitLab throttles.
const MAX_COMMIT_BYTES = 16 * 1024 * 1024;

const NO_CONTENT = Buffer.alloc(0);

export type Batches = {
  /** @param readPart reads what the branch holds of this backup, after it moved. */
  open(facts: RunFacts, branch: BranchState, readPart: (tree: Tree) => Promise<BranchState>): PartBatches;
  /** Commits what is left, and what is removed. Of a part with `secrets: fail` and some found, nothing is written. */
  finish(): Promise<void>;
};

/** What one backup brings to the commits. */
export type PartBatches = {
  add(resource: FetchedResource): Promise<void>;
  /** The resource keeps the file it has. */
  fail(key: ResourceKey, outcome: Outcome): void;
  /** Nothing more of this backup is committed. */
  abandon(): void;
  /** So far: also when a later step fails. */
  results(): { readonly outcomes: readonly Outcome[]; readonly commits: readonly CommittedBatch[] };
};

type Part = {
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

export function createBatches(options: CarryOutOptions): Batches {
  const parts = new Set<Part>();

  async function put(part: Part, resource: FetchedResource): Promise<void> {
    const waiting = [...parts].reduce((bytes, { pending }) => bytes + sizeOf(pending), 0);
    if (waiting > 0 && waiting + sizeOf([resource]) > MAX_COMMIT_BYTES) {
      await commit({ isLast: false });
    }
    part.pending.push(resource);
  }

  async function commit({ isLast }: { readonly isLast: boolean }): Promise<void> {
    const all = [...parts];
    const contributions = all.map((part) => ({ ...part, moment: { ...part, isLast } }));
    const done = await carryOut(options, contributions);
    for (const [index, part] of all.entries()) {
      const carried = done.parts[index];
      if (carried !== undefined) {
        const { batch } = carried;
        part.branch = carried.branch;
        part.outcomes.push(...batch.files.outcomes);
        part.commits.push(...(done.commit === undefined || batch.actions.length === 0 ? [] : [done.commit]));
        part.settled = [];
        part.pending = part.pending.filter(({ key }) => batch.waiting.has(key));
      }
    }
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
        async add(resource) {
          if (isCommitted(resource, part.branch)) {
            part.settled.push(withContent(resource, () => NO_CONTENT));
          } else if (facts.backup.secrets === 'fail') {
            part.lookedAt.push(withContent(resource, gzipSync));
          } else {
            await put(part, resource);
          }
        },
        fail(key, outcome) {
          part.failed.add(key);
          part.outcomes.push(outcome);
        },
        abandon: () => parts.delete(part),
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
      await commit({ isLast: true });
    },
  };
}

function withContent(resource: FetchedResource, change: (content: Buffer) => Buffer): FetchedResource {
  const { rendered } = resource;
  const files = rendered.files.map((file) => ({ ...file, content: change(file.content) }));
  return { ...resource, rendered: { ...rendered, files } };
}

function sizeOf(resources: readonly FetchedResource[]): number {
  let bytes = 0;
  for (const { content } of resources.flatMap(({ rendered }) => rendered.files)) {
    bytes += content.length;
  }
  return bytes;
}

function isCommitted({ key, reason, rendered }: FetchedResource, { manifest, tree }: BranchState): boolean {
  const entry = manifest.get(key);
  return reason !== 'renamed' && entry?.id === rendered.id && objectIdAt(tree, entry.path) === rendered.id;
}

function holdsSecrets({ rendered }: FetchedResource): boolean {
  return rendered.findings.length > 0;
}

function refuse(resource: FetchedResource): Outcome {
  const { kind, uuid, name, workspace } = resource.ref;
  const about = { kind, uuid, name, workspace: workspace.name };
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
