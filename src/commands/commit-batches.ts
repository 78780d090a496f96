/** Turns fetched resources into commits: one a run, or several when the content is large, each whole with its manifest. */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Outcome, ResourceKey } from '../model.ts';
import type { BranchState } from '../plan/branch-state.ts';
import type { FetchedResource } from '../plan/plan-files.ts';
import { type CarryOutOptions, type CommittedBatch, carryOut } from './carry-out.ts';

// A JSON body costs many times its size in memory, and over 20 MB GitLab throttles.
const MAX_COMMIT_BYTES = 16 * 1024 * 1024;

const NO_CONTENT = Buffer.alloc(0);

export function createBatches(options: CarryOutOptions, initial: BranchState) {
  let branch = initial;
  let pending: FetchedResource[] = [];
  let pendingBytes = 0;
  let settled: FetchedResource[] = [];
  // With `secrets: fail` nothing may be written before everything has been looked at: so it waits, packed.
  const lookedAt: FetchedResource[] = [];
  const failed = new Set<ResourceKey>();
  const outcomes: Outcome[] = [];
  const commits: CommittedBatch[] = [];

  /** Only what is to be written is kept in memory, and counts for the size of a commit. */
  async function add(resource: FetchedResource): Promise<void> {
    if (isCommitted(resource, branch)) {
      settled.push(withContent(resource, () => NO_CONTENT));
    } else if (options.backup.secrets === 'fail') {
      lookedAt.push(withContent(resource, gzipSync));
    } else {
      await put(resource);
    }
  }

  async function put(resource: FetchedResource): Promise<void> {
    const bytes = resource.file.content.length;
    if (pending.length > 0 && pendingBytes + bytes > MAX_COMMIT_BYTES) {
      await commit({ isLast: false });
    }
    pending.push(resource);
    pendingBytes += bytes;
  }

  /** The resource keeps the file it has. */
  function fail(key: ResourceKey, outcome: Outcome): void {
    failed.add(key);
    outcomes.push(outcome);
  }

  async function commit({ isLast }: { readonly isLast: boolean }): Promise<void> {
    const done = await carryOut(options, { branch, pending, settled, failed, isLast });
    const { batch } = done;
    branch = done.branch;
    commits.push(...(done.commit === undefined ? [] : [done.commit]));
    outcomes.push(...batch.files.outcomes);
    settled = [];
    pending = pending.filter(({ key }) => batch.waiting.has(key));
    pendingBytes = pending.reduce((bytes, { file }) => bytes + file.content.length, 0);
  }

  /** Nothing at all is written when `secrets: fail` finds some. */
  async function finish(): Promise<void> {
    const all = [...settled, ...lookedAt];
    if (options.backup.secrets === 'fail' && all.some(holdsSecrets)) {
      outcomes.push(...all.map(refuse));
      return;
    }
    for (let next = lookedAt.shift(); next !== undefined; next = lookedAt.shift()) {
      await put(withContent(next, gunzipSync));
    }
    await commit({ isLast: true });
  }

  return {
    add,
    fail,
    /** Commits what is left, and what is removed. */
    finish,
    /** So far: also when a later step fails. */
    results: () => ({ outcomes, commits }),
  };
}

function withContent(resource: FetchedResource, change: (content: Buffer) => Buffer): FetchedResource {
  return { ...resource, file: { ...resource.file, content: change(resource.file.content) } };
}

function isCommitted({ key, reason, file }: FetchedResource, { manifest, tree }: BranchState): boolean {
  const entry = manifest.get(key);
  return reason !== 'renamed' && entry?.id === file.id && tree.files.get(entry.path) === file.id;
}

function holdsSecrets({ file }: FetchedResource): boolean {
  return (file.findings ?? []).length > 0;
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
        findings: resource.file.findings ?? [],
      }
    : { ...about, status: 'unverified', note: 'not committed, because secrets were found elsewhere' };
}
