/** What a push is given: its settings, and the tools to carry it out. */
import type { BackupConfig } from '../config/config.ts';
import type { Tree } from '../model.ts';
import type { PushResult } from '../report/push-report.ts';
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
  /** Hears what became of each edit, also when the push ends with an error half-way. */
  readonly onResult: (result: PushResult) => void;
  /**
   * Reads the commit that somebody pushed, when the branch has another one now.
   * @returns nothing when that is the head.
   */
  readonly readCommit?: (head: string | undefined) => Promise<Tree | undefined>;
};

export type PushTools = Pick<
  BackupTools,
  'progress' | 'dryRun' | 'nextRunId' | 'pauseMs' | 'maskText' | 'onSecret'
>;
