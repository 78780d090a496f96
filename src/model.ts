/** The nouns of this program. Types only; imports nothing. */

/** What Postman calls the kinds of thing that can be backed up. */
export type Kind =
  | 'collections'
  | 'environments'
  | 'globals'
  | 'specs'
  | 'apis'
  | 'mocks'
  | 'monitors'
  | 'workspaces';

/** How collections lie in the repository: one file each, or a folder each. */
export type Layout = 'json' | 'tree';

/** Identifies one resource for good: a new owner changes its uid, a rename its name, nothing this. */
export type ResourceKey = `${string}/${string}`;

export type Workspace = {
  readonly id: string;
  readonly name: string;
};

/** One resource as Postman's list shows it. */
export type ResourceRef = {
  readonly kind: Kind;
  /** `<owner id>-<uuid>`: what the API wants in a path. */
  readonly uid: string;
  readonly uuid: string;
  readonly name: string;
  readonly workspace: Workspace;
  /** The list's timestamp: a hint, never proof (design §4). */
  readonly updatedAt?: string;
  /** The list does not show it; only the workspace names it. */
  readonly unlisted?: true;
  /** What the list gave in full: no further call is needed. */
  readonly body?: unknown;
};

/** What was listed of one kind in one workspace, and whether that was all of it. */
export type Listing = {
  readonly kind: Kind;
  readonly workspace: Workspace;
  readonly refs: readonly ResourceRef[];
  /** Why this listing must not be taken as complete; absent when it can be. */
  readonly doubt?: string;
  /** It is empty or not found, and nothing else says the same: so it is no word about what was there. */
  readonly unconfirmed?: true;
  /** Why there is no listing: this plan or region does not offer the kind. That is no failure. */
  readonly unavailable?: string;
};

/** What Postman lists now, in the workspaces of one backup. */
export type Inventory = {
  readonly workspaces: readonly Workspace[];
  readonly listings: readonly Listing[];
};

/** What is left of the month's Postman API calls (`GET /me`, operation `api_usage`). */
export type Quota = {
  readonly limit: number;
  readonly left: number;
};

/** One resource in the committed record of the last backup. */
export type ManifestEntry = {
  readonly uid: string;
  readonly name: string;
  /** Workspace id. */
  readonly workspace: string;
  /** Of its file, or of its folder. */
  readonly path: string;
  /** Git object id: of the blob, or of the tree. */
  readonly id: string;
  /** How many items it held: a collection's requests and folders, a spec's files. */
  readonly items?: number;
  /** What Postman's list showed when the file was written. */
  readonly updatedAt?: string;
};

export type Manifest = ReadonlyMap<ResourceKey, ManifestEntry>;

/** The files below one directory of a branch. */
export type Tree = {
  /** Head of the branch; absent in an empty repository. */
  readonly commit?: string;
  /** Path from the repository's root → git blob id; empty for a submodule, which has no content to read. */
  readonly files: ReadonlyMap<string, string>;
};

/** One file, ready to commit. */
export type RenderedFile = {
  readonly content: Buffer;
  /** Git blob id of `content`. */
  readonly id: string;
};

/** A secret that was found; never its value. */
export type Finding = {
  readonly rule: string;
  /** JSON path inside the resource. */
  readonly path: string;
};

/** One entry of `allow-secrets`: `<resource>#<rule or JSON path>`. */
export type AllowedSecret = {
  /** Id, uid, exact name or glob. */
  readonly resource: string;
  /** The name of a rule, or a JSON path as the report prints it; a glob in either. */
  readonly what: string;
};

/** A resource, ready to commit: one file, or the files of a folder. */
export type RenderedResource = {
  /** Git object id: of the blob, or of the tree. */
  readonly id: string;
  readonly files: readonly ResourceFile[];
  /** How many items it holds: a collection's requests and folders, a spec's files; absent for other kinds. */
  readonly items?: number;
  readonly findings: readonly Finding[];
};

export type ResourceFile = RenderedFile & {
  /** Below the resource's own path; empty when the resource is this one file. */
  readonly path: string;
};

/** One step of a commit, in GitLab's words. */
export type Action =
  | { readonly action: 'create' | 'update'; readonly path: string; readonly content: Buffer }
  | {
      readonly action: 'move';
      readonly path: string;
      readonly previousPath: string;
      /** Absent: the file moves as it is. */
      readonly content?: Buffer;
    }
  | { readonly action: 'delete'; readonly path: string };

export type CommitAuthor = {
  readonly name: string;
  readonly email: string;
};

/** One commit, decided but not made. */
export type CommitPlan = {
  /** The head that the plan was made from; absent in an empty repository. */
  readonly baseCommit?: string;
  /** In the order they have to be applied. */
  readonly actions: readonly Action[];
  readonly message: string;
  /** Value of this commit's `Backup-Run` trailer, unique for each commit. */
  readonly runId: string;
  readonly author?: CommitAuthor;
};

/** What became of a commit plan. `moved`: the branch was not where the plan was made, and nothing was written. */
export type Applied =
  | { readonly status: 'committed'; readonly commit: string; readonly url?: string }
  | { readonly status: 'moved' };

/** Why a resource was looked at, and what its content turned out to be. */
export type ChangeType =
  | 'added'
  | 'updated'
  | 'renamed'
  | 'moved'
  | 'removed'
  | 'archived'
  | 'restored'
  | 'repaired';

/** What a resource consists of, in Postman's words. `resource` is itself; a `collection` is one attached to an API. */
export type Piece =
  | 'resource'
  | 'collection'
  | 'folder'
  | 'request'
  | 'example'
  | 'variable'
  | 'schema'
  | 'file';

/** How many pieces of each sort something holds. */
export type PieceCounts = Readonly<Partial<Record<Piece, number>>>;

/** One thing that differs between two versions of a resource. It tells names, never a value. */
export type Difference = {
  readonly piece: Piece;
  /** Its name; the key of a variable, the path of a file. */
  readonly name: string;
  /** Names of what it lies in, the outermost first; empty at the top. */
  readonly within: readonly string[];
} & (
  | {
      readonly change: 'added' | 'removed';
      /** What came or went with it, and is told nowhere else. */
      readonly holds: PieceCounts;
    }
  | { readonly change: 'renamed'; readonly previous: string }
  | {
      readonly change: 'moved';
      /** What it lay in before. */
      readonly from: readonly string[];
    }
  | {
      /** What it holds is in another order. */
      readonly change: 'reordered';
      readonly order: 'items' | 'examples' | 'variables';
    }
  | {
      readonly change: 'edited';
      /** `URL`, `headers`, `tests` …: what people call them; of other kinds, the names of fields. */
      readonly fields: readonly string[];
    }
);

/** What became of one resource in one run. */
export type Outcome = {
  readonly kind: Kind;
  readonly uuid: string;
  readonly name: string;
  readonly workspace: string;
  readonly path?: string;
  readonly status: 'changed' | 'unchanged' | 'unverified' | 'kept' | 'skipped' | 'failed' | 'refused';
  /** What changed; only with `changed`. */
  readonly changes?: readonly ChangeType[];
  /** The name or path it had before. */
  readonly previous?: string;
  /** The edit was found by a re-check: Postman's list did not show it. */
  readonly hidden?: boolean;
  /** What differs from what the branch held; none: the content is the same, only its bytes are not. */
  readonly differences?: readonly Difference[];
  /** How many differences there are besides. */
  readonly moreDifferences?: number;
  /** Why `differences` are not known: others filled the limit of a run, it is too large, its old content is no such file. */
  readonly notCompared?: 'limit' | 'size' | 'unreadable';
  /** Most of its items are gone at once, and fetching it again gave the same. */
  readonly shrunk?: { readonly from: number; readonly to: number };
  /** Why it failed, was kept, skipped or refused; or what else a person should know. */
  readonly note?: string;
  /** Error code, with `failed`. */
  readonly code?: string;
  readonly findings?: readonly Finding[];
};

/** A commit that one branch has and another has not. */
export type BranchCommit = {
  readonly id: string;
  readonly title: string;
  readonly message: string;
};

export type MergeRequest = {
  /** Its number in the project. */
  readonly iid: number;
  readonly url: string;
  readonly state: 'opened' | 'merged' | 'closed';
  readonly title: string;
  readonly description: string;
  /** Head of its source branch: of one that is merged or closed, when it was. */
  readonly sha?: string;
  /** As far as GitLab has found out. */
  readonly hasConflicts: boolean;
  /** Whether it merges as soon as its pipeline succeeds. */
  readonly autoMerge: boolean;
  /** Usernames. */
  readonly reviewers: readonly string[];
  readonly assignees: readonly string[];
};

export type MergeRequestDraft = {
  readonly title: string;
  /** Markdown. */
  readonly description: string;
  readonly labels: readonly string[];
  /** Ids of users. */
  readonly reviewers: readonly number[];
  readonly assignees: readonly number[];
};
