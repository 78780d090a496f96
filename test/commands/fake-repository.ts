/** One branch of a repository in memory: applies actions by GitLab's rules, and only where the plan was made. */
import { createHash } from 'node:crypto';
import type { Repository } from '../../src/commands/ports.ts';
import type { Action, CommitPlan } from '../../src/model.ts';

type Commit = {
  readonly id: string;
  readonly message: string;
  readonly files: ReadonlyMap<string, string>;
  readonly plan?: CommitPlan;
};

export type FakeRepository = Repository & {
  /** Oldest first; those of others too. */
  readonly commits: Commit[];
  /** Of the branch's head; empty when there is none. */
  files(): ReadonlyMap<string, string>;
  /** Somebody else's commit; `undefined` deletes the file. */
  push(changes: Readonly<Record<string, string | undefined>>): void;
  /** Called before each commit of ours is tried. */
  beforeApply: (plan: CommitPlan) => void;
};

export function createFakeRepository(): FakeRepository {
  const commits: Commit[] = [];
  const blobs = new Map<string, string>();
  const files = () => commits.at(-1)?.files ?? new Map<string, string>();

  function add(message: string, content: ReadonlyMap<string, string>, plan?: CommitPlan): string {
    for (const text of content.values()) {
      blobs.set(blobId(text), text);
    }
    const id = createHash('sha1').update(`${commits.length} ${message}`).digest('hex');
    commits.push({ id, message, files: content, ...(plan === undefined ? {} : { plan }) });
    return id;
  }

  const repository: FakeRepository = {
    ...{ label: 'platform/apis', commits, files, beforeApply: () => undefined },
    push(changes) {
      const after = new Map(files());
      for (const [path, text] of Object.entries(changes)) {
        if (text === undefined) {
          after.delete(path);
        } else {
          after.set(path, text);
        }
      }
      add('somebody', after);
    },
    listTree: async () => {
      const commit = commits.at(-1)?.id;
      const ids = new Map([...files()].map(([path, text]) => [path, blobId(text)]));
      return { files: ids, ...(commit === undefined ? {} : { commit }) };
    },
    hasFile: async (path) => files().has(path),
    readBlob: async (id) => Buffer.from(blobs.get(id) ?? `no blob ${id}`),
    apply: async (plan) => {
      repository.beforeApply(plan);
      if (commits.at(-1)?.id !== plan.baseCommit) {
        return { status: 'moved' };
      }
      const after = new Map(files());
      for (const action of plan.actions) {
        applyAction(action, after);
      }
      return { status: 'committed', commit: add(plan.message, after, plan) };
    },
    branchName: async () => 'main',
    close: async () => undefined,
  };
  return repository;
}

export function blobId(text: string): string {
  const content = Buffer.from(text);
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

/** GitLab refuses what does not fit (lib/gitlab/git/index.rb): a file that is there already, or one that is not. */
export function applyAction(action: Action, files: Map<string, string>): void {
  const before = action.action === 'move' ? action.previousPath : action.path;
  const isNew = action.action === 'create';
  if (files.has(before) === isNew) {
    throw new Error(`${action.action}: ${before} does not fit`);
  }
  if (action.action === 'move' && files.has(action.path)) {
    throw new Error(`move: ${action.path} is taken`);
  }
  const content = 'content' in action ? action.content.toString() : undefined;
  const text = content ?? files.get(before) ?? '';
  files.delete(before);
  if (action.action !== 'delete') {
    files.set(action.path, text);
  }
}
