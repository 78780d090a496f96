/** What a command talks to; each has several implementations. */
import type { Applied, CommitPlan, Inventory, Kind, Quota, ResourceRef, Tree, Workspace } from '../model.ts';

/** Where resources come from: the Postman API, or a fake. Every method may throw a KnownError. */
export interface Source {
  /** @param scope.workspaces ids or exact names; empty: every workspace but personal ones. */
  list(scope: {
    readonly workspaces: readonly string[];
    readonly kinds: readonly Kind[];
  }): Promise<Inventory>;
  /** @returns the resource's body as the API gives it, without its envelope. */
  fetch(ref: ResourceRef): Promise<unknown>;
  /** @returns nothing when calls are not limited. */
  quota(): Promise<Quota | undefined>;
}

/**
 * Where resources are written: the Postman API, or a fake. Only `restore` and `push` have one. Every method may throw a
 * KnownError; after an unclear answer it has looked whether the write was done, and none is done twice.
 */
export interface Target {
  createWorkspace(draft: { readonly name: string; readonly description?: string }): Promise<Workspace>;
  /** One that is gone already is removed. */
  removeWorkspace(id: string): Promise<void>;
  /**
   * @param body of a new resource, without ids of its own; references to others are uids.
   * @returns what is there now.
   */
  create(kind: Kind, workspace: Workspace, body: unknown): Promise<ResourceRef>;
  /** @param body with the ids of what it keeps: what has none is created, what is missing is removed. */
  replace(ref: ResourceRef, body: unknown): Promise<void>;
  /** One that is gone already is removed. */
  remove(ref: ResourceRef): Promise<void>;
}

/** Where files go: one branch of a GitLab project or of a git repository, or a fake. */
export interface Repository {
  /** For people: a project, or a path or URL. */
  readonly label: string;
  /** Reads the branch as it is now; when it does not exist, what it would start from. */
  listTree(): Promise<Tree>;
  /** Whether a file, and no folder, lies at the path in the tree that was listed last. */
  hasFile(path: string): Promise<boolean>;
  readBlob(id: string): Promise<Buffer>;
  /** Makes the commit, or learns that the branch is not where the plan was made. */
  apply(plan: CommitPlan): Promise<Applied>;
  branchName(): Promise<string>;
  /** Removes what was put aside. */
  close(): Promise<void>;
}
