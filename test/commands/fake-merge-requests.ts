/** A GitLab project in memory: branches with a history, and one merge request. Whoever pushes is not asked who he is. */
import { createHash } from 'node:crypto';
import type { Repository } from '../../src/commands/ports.ts';
import type { Review } from '../../src/commands/review.ts';
import type { BranchHead } from '../../src/gitlab/branch.ts';
import type { MergeRequests } from '../../src/gitlab/merge-requests.ts';
import type { CommitPlan, MergeRequest } from '../../src/model.ts';
import { applyAction, blobId } from './fake-repository.ts';

type Files = ReadonlyMap<string, string>;
type Commit = {
  readonly id: string;
  readonly parent?: Commit;
  readonly message: string;
  readonly files: Files;
};

export type FakeProject = {
  readonly requests: MergeRequests;
  /** The one that there is, and what became of it. */
  mergeRequest: MergeRequest | undefined;
  /** Heads whose pipelines GitLab was told to wait for. */
  readonly autoMerges: string[];
  /** Called before a commit of ours is tried. */
  beforeCommit: () => void;
  /** @returns the branch that a review finds, as a repository. */
  open(review: Review, directory: string): Repository;
  /** Somebody's commit; a branch that is missing starts at main. */
  push(branch: string, files: Readonly<Record<string, string>>, message?: string): void;
  /** Somebody closes the merge request, or merges it with one commit. */
  end(state: 'merged' | 'closed'): void;
  /** Files of the branch's head. */
  files(branch: string): Files;
  /** Messages of the commits that only `branch` has, newest first. */
  ahead(branch: string): readonly string[];
};

export function createFakeProject(): FakeProject {
  const branches = new Map<string, Commit>();
  const commits = new Map<string, Commit>();
  const blobs = new Map<string, string>();

  function add(branch: string, parent: Commit | undefined, message: string, files: Files): Commit {
    const id = createHash('sha1').update(`${commits.size} ${message}`).digest('hex');
    const made = { id, message, files, ...(parent === undefined ? {} : { parent }) };
    for (const text of files.values()) {
      blobs.set(blobId(text), text);
    }
    commits.set(id, made);
    branches.set(branch, made);
    return made;
  }

  const commitAt = (id: string) => commits.get(id) ?? raise(`no commit ${id}`);
  const historyOf = (commit?: Commit): readonly Commit[] =>
    commit === undefined ? [] : [commit, ...historyOf(commit.parent)];
  const between = (from: string, to: string, directory = '') => {
    const known = new Set(historyOf(commitAt(from)));
    return historyOf(commitAt(to))
      .filter((one) => !known.has(one))
      .filter((one) => touches(one, directory));
  };
  const treeAt = async (commit: string, directories: readonly string[]) => {
    const files = [...commitAt(commit).files].filter(([path]) =>
      directories.some((one) => path.startsWith(`${one}/`)),
    );
    return { commit, files: new Map(files.map(([path, text]) => [path, blobId(text)])) };
  };
  const readBlob = async (id: string) => Buffer.from(blobs.get(id) ?? `no blob ${id}`);

  async function commit({ actions, message }: CommitPlan, head: BranchHead) {
    project.beforeCommit();
    const start = commitAt(head.commit ?? '');
    const expected = head.startBranch === undefined ? (head.replaces ?? start.id) : undefined;
    if (branches.get(head.name)?.id !== expected) {
      return { status: 'moved' as const };
    }
    const files = new Map(start.files);
    for (const action of actions) {
      applyAction(action, files);
    }
    return { status: 'committed' as const, commit: add(head.name, start, message, files).id };
  }

  const change = (fields: Partial<MergeRequest>) => {
    project.mergeRequest = { ...(project.mergeRequest ?? raise('no merge request')), ...fields };
    return Promise.resolve({} as Awaited<ReturnType<MergeRequests['update']>>);
  };
  const requests: MergeRequests = {
    findTarget: async () => ({ name: 'main', commit: branches.get('main')?.id ?? '' }),
    headOf: async (branch) => branches.get(branch)?.id,
    listCommits: async (from, to, directory) =>
      between(from, to, directory).map(({ id, message }) => ({
        id,
        message,
        title: message.split('\n')[0] ?? '',
      })),
    touches: async (from, to, directory) => between(from, to, directory).length > 0,
    findOpen: async () => (project.mergeRequest?.state === 'opened' ? project.mergeRequest : undefined),
    findEnd: async (_, head) =>
      project.mergeRequest?.state !== 'opened' && project.mergeRequest?.sha === head
        ? project.mergeRequest.state
        : undefined,
    mergeBase: async (one, other) => {
      const known = new Set(historyOf(commitAt(one)));
      return historyOf(commitAt(other)).find((commit) => known.has(commit))?.id ?? raise('no merge base');
    },
    ...{ treeAt, readBlob, commit },
    findUser: async () => undefined,
    create: async ({ source }, { title, description }) => {
      project.mergeRequest = {
        ...{ iid: 7, url: 'https://gitlab.example/7', state: 'opened', title, description },
        ...{ sha: branches.get(source)?.id ?? '', hasConflicts: false, autoMerge: false },
        ...{ reviewers: [], assignees: [] },
      };
      return project.mergeRequest;
    },
    update: async (_, text) => change(text),
    close: async (_, description) => change({ state: 'closed', description }),
    setAutoMerge: async (_, head) => {
      project.autoMerges.push(head);
      return undefined;
    },
  };

  const project: FakeProject = {
    ...{ requests, mergeRequest: undefined, autoMerges: [], beforeCommit: () => undefined },
    open(review, directory) {
      let head: BranchHead | undefined;
      return {
        label: 'platform/apis',
        listTree: async () => {
          head = await review.findHead();
          return treeAt(head.commit ?? '', [directory]);
        },
        hasFile: async (path) => commitAt(head?.commit ?? '').files.has(path),
        readBlob,
        apply: async (plan) => {
          const applied = await commit(plan, head ?? raise('not read yet'));
          if (applied.status === 'committed') {
            head = { name: head?.name ?? '', commit: applied.commit };
            review.onCommit(applied.commit);
          }
          return applied;
        },
        branchName: async () => head?.name ?? '',
        close: async () => undefined,
      };
    },
    push(branch, files, message = 'Touch it') {
      const parent = branches.get(branch) ?? branches.get('main');
      add(branch, parent, message, new Map([...(parent?.files ?? []), ...Object.entries(files)]));
    },
    end(state) {
      const source = branches.get('postman-backup/main') ?? raise('no branch');
      if (state === 'merged') {
        project.push('main', Object.fromEntries(source.files));
      }
      void change({ state, sha: source.id });
    },
    files: (branch) => branches.get(branch)?.files ?? new Map(),
    ahead: (branch) =>
      between(branches.get('main')?.id ?? '', branches.get(branch)?.id ?? '').map(({ message }) => message),
  };
  return project;
}

function touches({ parent, files }: Commit, directory: string): boolean {
  const before = parent?.files ?? new Map<string, string>();
  return [...new Set([...before.keys(), ...files.keys()])].some(
    (path) => `${path}/`.startsWith(directory) && before.get(path) !== files.get(path),
  );
}

function raise(what: string): never {
  throw new Error(what);
}
