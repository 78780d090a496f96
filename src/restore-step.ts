/** The steps of a restore, as they are planned, carried out and told. Types only. */
import type { Difference, Kind } from './model.ts';

/** What a restore does with one resource, or with one item of a collection. */
export type RestoreStep = {
  readonly kind: Kind;
  /** In the backup. */
  readonly uuid: string;
  readonly name: string;
  /** Name of the workspace that it was in. */
  readonly workspace: string;
  /** The one folder or request that is restored, by the names of what it lies in and its own. */
  readonly item?: string;
  /** `finish`: an earlier run made a part of the copy. `leave`: nothing is to be done. `skip`: nothing can be done. */
  readonly action: 'create' | 'finish' | 'replace' | 'leave' | 'skip';
  /** The name of the copy. */
  readonly as?: string;
  /** Why it is left alone or skipped, or what else a person should know. */
  readonly note?: string;
  /** Places that are empty afterwards, because only a person has their values. */
  readonly toFillIn: readonly string[];
  /** What differs between Postman and the backup; only of what is replaced. */
  readonly differences?: readonly Difference[];
  /** Git object id of what Postman has now, secrets taken out; only in place. */
  readonly seen?: string;
};

/** What became of a step; `untried`: the restore ended before. */
export type StepResult = RestoreStep & {
  /** Absent: it was only planned. */
  readonly outcome?: 'done' | 'failed' | 'untried';
  /** With `failed`. */
  readonly code?: string;
  readonly problem?: string;
};
