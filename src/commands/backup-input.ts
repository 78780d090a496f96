/** What a backup is given: its settings, and the tools to carry it out. */
import type { BackupConfig } from '../config/config.ts';
import type { ResourceKey } from '../model.ts';
import type { Log } from '../report/log.ts';
import type { Progress } from '../report/progress.ts';
import type { BackupResult } from '../report/report.ts';
import type { Budget } from './budget.ts';
import type { RemovalCount } from './carry-out.ts';
import type { Comparisons } from './compare-batch.ts';
import type { Repository, Source } from './ports.ts';

/** One backup: what goes into one directory of the branch. */
export type BackupPart = {
  readonly settings: BackupConfig;
  readonly source: Source;
  /** When each resource was last verified, as far as an earlier run wrote it down. */
  readonly verifiedAt?: ReadonlyMap<ResourceKey, string>;
  /** Only these are backed up, where they lie now, and nothing is removed: a restore is about to overwrite them. */
  readonly only?: ReadonlySet<ResourceKey>;
  /** Hears what became of the backup, also when it ends with an error half-way. */
  readonly onResult: (result: BackupResult) => void;
  /** Hears why this backup cannot go on; others on the same branch do. */
  readonly onFailure: (error: unknown) => void;
};

/** What the backups of one branch share. */
export type BackupTools = {
  readonly repository: Repository;
  readonly log: Log;
  readonly progress: Progress;
  readonly now: () => Date;
  readonly dryRun: boolean;
  readonly budget: Budget;
  /** How many resources the run has removed so far. */
  readonly removals: RemovalCount;
  /** What the run has compared so far. */
  readonly comparisons: Comparisons;
  /** Tells this run from others: the CI job's id. */
  readonly runId: string;
  /** A value of the `Backup-Run` trailer that no other commit has. */
  readonly nextRunId: () => string;
  readonly pauseMs: (attempt: number) => number;
  /** Takes out of a text every secret that is known by now. */
  readonly maskText: (text: string) => string;
  /** Hears every secret value that was found, so that it is masked wherever it may turn up. */
  readonly onSecret: (value: string) => void;
};
