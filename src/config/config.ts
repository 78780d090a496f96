/** What the user asked for, complete and checked. */
import type { AllowedSecret, CommitAuthor, Kind, Layout } from '../model.ts';

export type BackupConfig = {
  /** Ids or exact names; empty: every workspace but personal ones. */
  readonly workspaces: readonly string[];
  readonly collection: readonly string[];
  readonly exclude: readonly string[];
  readonly kinds: readonly Kind[];
  readonly destination: Destination;
  /** Destination and branch as one text: entries with the same target share one commit. */
  readonly target: string;
  /** Absent: the project's default branch. */
  readonly branch?: string;
  /** Some branch is tied to a workspace of its own, so that a branch may bring the entries of another workspace. */
  readonly hasTiedBranches?: true;
  /** Path inside the repository, without slashes at its ends; empty for the root. */
  readonly directory: string;
  readonly layout: Layout;
  /** Of the one collection's file, or folder, with its ending. */
  readonly filename?: string;
  readonly changes: 'auto' | 'full' | 'listed';
  readonly removed: 'keep' | 'archive' | 'delete';
  /** Absent: nobody said; the default holds, and never lets the last resource of a kind go. */
  readonly maxRemovals?: number;
  readonly secrets: 'redact' | 'keep' | 'fail';
  /** What looks like a secret and is none. */
  readonly allowSecrets: readonly AllowedSecret[];
  /** Absent: commits go to the branch itself. */
  readonly mergeRequest?: MergeRequestConfig;
  readonly skipCi: boolean;
  readonly commitPrefix: string;
  readonly author?: CommitAuthor;
  readonly postman: {
    readonly url: string;
    readonly apiKey: string;
    readonly region: 'us' | 'eu';
  };
};

/** How a backup is brought to its branch by a merge request. */
export type MergeRequestConfig = {
  /** Absent: named after the branch. */
  readonly sourceBranch?: string;
  /** Absent: what changed. */
  readonly title?: string;
  readonly labels: readonly string[];
  /** Usernames, without `@`. */
  readonly reviewers: readonly string[];
  readonly assignees: readonly string[];
  readonly autoMerge: boolean;
};

/** Where commits go (design §11). */
export type Destination =
  | { readonly type: 'api'; readonly serverUrl: string; readonly project: string; readonly token: string }
  | {
      readonly type: 'git';
      readonly url: string;
      /** Absent: the credentials that git finds by itself. */
      readonly jobToken?: string;
      /** The project's page, for links to commits. */
      readonly webUrl?: string;
    };

export type Config = {
  readonly backups: readonly BackupConfig[];
  readonly recheckBudget: number;
  readonly dryRun: boolean;
  readonly reportDirectory: string;
  readonly warnings: readonly string[];
  /** Every credential that was read, for the mask. */
  readonly secrets: readonly string[];
};
