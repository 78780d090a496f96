/** The nouns of the catalogue: what its pages show, read from configuration and repository. Types only. */
import type { Kind } from '../model.ts';

export type Site = {
  /** Of the project or repository, for people. */
  readonly label: string;
  /** When the pages were made: all ages count back from it. */
  readonly now: Date;
  readonly backups: readonly BackupRow[];
  readonly shelves: readonly Shelf[];
};

/** One configured backup; Postman calls it an integration. */
export type BackupRow = {
  /** Names or ids as they were configured; empty: every workspace. */
  readonly workspaces: readonly string[];
  readonly collections: readonly string[];
  readonly exclude: readonly string[];
  readonly kinds: readonly Kind[];
  /** Absent: the project that is shown. */
  readonly project?: string;
  readonly branch: string;
  readonly directory: string;
  readonly layout: string;
  readonly mode: string;
  readonly removed: string;
  readonly secrets: string;
};

/** What one manifest holds: the backup that lies in one directory of one branch. */
export type Shelf = {
  readonly branch: string;
  readonly directory: string;
  /** All commits to the directory, newest first. */
  readonly commits: readonly Commit[];
  /** The last commit of a backup; absent when the history tells of none. */
  readonly last?: Commit;
  readonly resources: readonly Holding[];
};

/** One resource in one place. */
export type Holding = {
  readonly kind: Kind;
  readonly uuid: string;
  readonly name: string;
  /** Its name where a commit told it, else its id. */
  readonly workspace: string;
  readonly path: string;
  readonly isArchived: boolean;
  readonly branch: string;
  readonly directory: string;
  /** How many requests and folders, or files. */
  readonly items?: number;
  readonly commits: readonly Commit[];
};

export type Commit = {
  readonly id: string;
  readonly date: Date;
  readonly author: string;
  readonly subject: string;
  readonly runId?: string;
  /** How many resources of its run had failed when it was made; absent when none had, or nobody says. */
  readonly failed?: number;
  /** Its page in GitLab. */
  readonly url?: string;
};

/** What a commit did to one resource. */
export type Change = {
  readonly commit: Commit;
  /** A line each, for people: the names in it are fit for one line. */
  readonly differences: readonly string[];
};

/** One resource with everything that its page shows. */
export type ResourcePage = {
  /** Every place that holds it; the content is that of the first. */
  readonly holdings: readonly [Holding, ...Holding[]];
  /** The backups that are configured for one of these places. */
  readonly backups: readonly BackupRow[];
  readonly changes: readonly Change[];
  /** How many older commits are not among `changes`. */
  readonly olderChanges: number;
  readonly content: Content;
};

/** One version of a resource, as far as it could be read. */
export type Read =
  | { readonly state: 'absent' }
  | { readonly state: 'unreadable'; readonly reason?: string }
  | { readonly state: 'read'; readonly value: unknown };

export type Content =
  | ({ readonly type: 'collection' } & Collection)
  | { readonly type: 'variables'; readonly variables: readonly Variable[] }
  | { readonly type: 'files'; readonly files: readonly string[] }
  /** Nothing of it can be shown. */
  | { readonly type: 'none'; readonly reason?: string };

export type Collection = {
  readonly description: string;
  readonly auth?: string;
  readonly scripts: readonly Script[];
  readonly variables: readonly Variable[];
  readonly items: readonly Item[];
};

export type Item = Folder | Request;

type Node = {
  readonly name: string;
  /** Unique on its page. */
  readonly anchor: string;
  /** Markdown. */
  readonly description: string;
  /** What kind of authorization; its values are never read. */
  readonly auth?: string;
  readonly scripts: readonly Script[];
};

export type Folder = Node & { readonly type: 'folder'; readonly items: readonly Item[] };

export type Request = Node & {
  readonly type: 'request';
  readonly method: string;
  readonly url: string;
  readonly parameters: readonly Row[];
  readonly headers: readonly Row[];
  readonly body?: Body;
  readonly examples: readonly Example[];
};

export type Row = {
  readonly key: string;
  readonly value: string;
  readonly description: string;
  /** `path`, `query`, `text` …; empty when there is but one sort. */
  readonly sort: string;
  readonly disabled: boolean;
};

export type Body = {
  /** `raw`, `urlencoded`, `formdata`, `graphql`, `file` … */
  readonly mode: string;
  readonly texts: readonly { readonly title: string; readonly text: string }[];
  readonly rows: readonly Row[];
};

export type Example = {
  readonly name: string;
  /** `201 Created` */
  readonly status: string;
  readonly headers: readonly Row[];
  readonly body: string;
};

export type Script = { readonly listen: string; readonly text: string };

/** Its value is no part of the catalogue: whoever may see the pages need not be who may see the repository. */
export type Variable = { readonly name: string; readonly sort: string; readonly disabled: boolean };
