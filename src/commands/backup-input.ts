/** What one backup is given: its settings, and the tools to carry it out. */
import type { BackupConfig } from '../config/config.ts';
import type { Quota, ResourceKey } from '../model.ts';
import type { Log } from '../report/log.ts';
import type { Progress } from '../report/progress.ts';
import type { BackupResult } from '../report/report.ts';
import type { Repository, Source } from './ports.ts';

export type BackupTools = {
  readonly source: Source;
  readonly repository: Repository;
  readonly log: Log;
  readonly progress: Progress;
  readonly now: () => Date;
  /** Tells this run from others: the CI job's id. */
  readonly runId: string;
  /** A value of the `Backup-Run` trailer that no other commit has. */
  readonly nextRunId: () => string;
  readonly pauseMs: (attempt: number) => number;
  /** When each resource was last verified, as far as an earlier run wrote it down. */
  readonly verifiedAt?: ReadonlyMap<ResourceKey, string>;
  readonly onQuota: (quota: Quota | undefined) => void;
  /** Hears what became of the backup, also when it ends with an error half-way. */
  readonly onResult: (result: BackupResult) => void;
};

export type BackupSettings = BackupConfig & { readonly recheckBudget: number; readonly dryRun: boolean };
