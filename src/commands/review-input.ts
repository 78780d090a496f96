/** What a backup by merge request is given, what it finds, and what becomes of the merge request. */
import type { BackupConfig, MergeRequestConfig } from '../config/config.ts';
import type { BranchHead } from '../gitlab/branch.ts';
import type { MergeRequests } from '../gitlab/merge-requests.ts';
import type { MergeRequest } from '../model.ts';
import type { MergeRequestResult } from '../report/report.ts';
import type { BackupTools } from './backup-input.ts';

export type ReviewTools = Pick<
  BackupTools,
  'dryRun' | 'nextRunId' | 'maskText' | 'onSecret' | 'comparisons'
> & {
  /** Takes known secrets out of each string of a value. */
  readonly maskAll: <T>(value: T) => T;
};

export type ReviewOptions = {
  readonly requests: MergeRequests;
  readonly settings: MergeRequestConfig;
  /** All those that go to the branch. */
  readonly backups: readonly [BackupConfig, ...BackupConfig[]];
  /** The project's, if it is known. */
  readonly defaultBranch?: string;
  readonly tools: ReviewTools;
};

/** What a run found at its last look at the branches. */
export type Found = {
  readonly source: string;
  readonly target: { readonly name: string; readonly commit: string };
  /** Where the run starts. */
  readonly head: BranchHead;
  /** `both`: what the source branch brings lies on top of the target by now. */
  readonly from: 'target' | 'source' | 'both';
  /** Where backups lie on the source branch: also those of other jobs. */
  readonly directories: readonly string[];
  readonly hasOthers: boolean;
  readonly open?: MergeRequest;
  readonly warnings: readonly string[];
};

export type Reviewed = {
  readonly mergeRequest?: MergeRequestResult;
  readonly warnings: readonly string[];
};
