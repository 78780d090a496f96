/** What a push is given: its settings, and the tools to carry it out. */
import type { BackupConfig } from '../config/config.ts';
import type { BackupTools } from './backup-input.ts';
import type { Repository, Source, Target } from './ports.ts';
import type { ReadPast } from './read-past.ts';

/** One push: what lies in one directory of the branch. */
export type PushPart = {
  readonly settings: BackupConfig;
  readonly source: Source;
  readonly target: Target;
  readonly repository: Repository;
  readonly readPast: ReadPast;
};

export type PushTools = Pick<
  BackupTools,
  'progress' | 'dryRun' | 'nextRunId' | 'pauseMs' | 'maskText' | 'onSecret'
>;
