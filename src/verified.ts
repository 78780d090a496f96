/** What the command `verify` found out. Types only. */
import type { Difference, Kind } from './model.ts';

/** What was found out about one resource of a backup. */
export type VerifiedResource = {
  readonly kind: Kind;
  readonly uuid: string;
  readonly name: string;
  /** Its name, or its id. */
  readonly workspace: string;
  /** In the repository. */
  readonly path: string;
  /** `kept`: its files are whole, but no API of Postman takes this kind back. */
  readonly state: 'restorable' | 'kept' | 'broken';
  /** Error code and reason, with `broken`. */
  readonly code?: string;
  readonly problem?: string;
  /** Its files are not those that the backup wrote: somebody edited them since. */
  readonly isEdited: boolean;
  /** In how many places a secret is to be filled in by hand after a restore. */
  readonly toFillIn: number;
  /** What else a person should know; it does not stand in the way of a restore. */
  readonly remarks: readonly string[];
  readonly postman: ComparedWithPostman;
  /** Only with `--drill`. */
  readonly drill?: Drilled;
};

/** How a resource of a backup relates to what Postman gives now. */
export type ComparedWithPostman =
  | { readonly state: 'same' }
  | {
      /** Postman was changed since the backup. */
      readonly state: 'newer';
      /** ISO 8601, as Postman's list shows it, which may be older than the change. */
      readonly changedAt?: string;
      /** From the backup to Postman; absent when it is too large to be compared, or nested too deeply. */
      readonly differences?: readonly Difference[];
      /** How many there are besides. */
      readonly moreDifferences?: number;
    }
  /** It is in the backup only. */
  | { readonly state: 'gone' }
  | { readonly state: 'unknown'; readonly why: string };

export type Drilled =
  | { readonly state: 'same' }
  | { readonly state: 'different'; readonly differences: readonly Difference[] }
  | { readonly state: 'failed'; readonly code: string; readonly problem: string }
  | { readonly state: 'left-out'; readonly why: string };

/** What was found out about one backup: one directory in one commit. */
export type VerifiedBackup = {
  /** For people: the last part of its address. */
  readonly repository: string;
  readonly ref: string;
  readonly commit: string;
  readonly directory: string;
  /** When the newest commit of a backup was made, ISO 8601; absent when there is none. */
  readonly newest?: string;
  /** Whether its manifest can be read; otherwise the ids in the files tell the resources. */
  readonly isIndexed: boolean;
  /** It misses changes that Postman has had for longer than `max-age`, or nobody knows whether it does. */
  readonly isOverdue: boolean;
  readonly resources: readonly VerifiedResource[];
  /** Why nothing was compared with Postman. */
  readonly notCompared?: string;
  /** Only with `--since`. */
  readonly past?: VerifiedPast;
};

/** The commits that touched a backup since a date. */
export type VerifiedPast = {
  readonly commits: number;
  /** How many different versions of resources they hold. */
  readonly versions: number;
  readonly broken: readonly BrokenVersion[];
};

export type BrokenVersion = {
  /** The newest commit that holds it. */
  readonly commit: string;
  /** ISO 8601. */
  readonly date: string;
  readonly path: string;
  readonly problem: string;
};
