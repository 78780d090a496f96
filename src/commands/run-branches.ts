/** Runs the backups branch by branch: those that go to one branch share its commit. */

import { resolve } from 'node:path';
import type { BackupConfig, Config } from '../config/config.ts';
import { groupBy } from '../group-by.ts';
import type { ResourceKey } from '../model.ts';
import type { Log } from '../report/log.ts';
import type { Mask } from '../report/mask.ts';
import { maskStrings } from '../report/mask-report.ts';
import type { Progress } from '../report/progress.ts';
import type { BackupResult } from '../report/report.ts';
import { keyOf } from '../resource-key.ts';
import { backup } from './backup.ts';
import type { BackupPart, BackupTools } from './backup-input.ts';
import { createBudget } from './budget.ts';
import { createComparisons } from './compare-batch.ts';
import type { createConnections, Patience } from './connect.ts';
import type { Repository } from './ports.ts';
import type { Reviewed } from './review-input.ts';
import { combineErrors, endsRun, locateError } from './run-error.ts';
import {
  describeFileError,
  readState,
  STATE_FILE,
  type VerificationTimes,
  writeState,
} from './state-file.ts';

export type RunContext = {
  readonly connections: ReturnType<typeof createConnections>;
  /** Tells this run from others: the CI job's id. */
  readonly runId: string;
  readonly workingDirectory: string;
  readonly patience?: Patience;
  /** Only these are backed up; absent: all that is selected. */
  readonly only?: ReadonlySet<ResourceKey>;
  readonly log: Log;
  readonly mask: Mask;
  readonly progress: Progress;
  readonly now: () => Date;
};

type RunResult = {
  readonly results: readonly BackupResult[];
  /** What went wrong with backups as a whole, if anything did. */
  readonly error?: unknown;
};

type Branch = readonly [BackupConfig, ...BackupConfig[]];

/** Never throws: what ends a backup is part of the result. */
export async function runBranches(config: Config, context: RunContext): Promise<RunResult> {
  const { log } = context;
  const stateFile = resolve(context.workingDirectory, STATE_FILE);
  const state = new Map(readState(stateFile));
  const results: BackupResult[] = [];
  const errors: unknown[] = [];
  const told = new Set<BackupConfig>();
  const tools = createTools(config, context);

  const fail = (backups: readonly BackupConfig[], error: unknown) => {
    const [first] = backups;
    for (const one of backups) {
      told.add(one);
    }
    const isAlone = config.backups.length === 1 || first === undefined;
    errors.push(isAlone ? error : locateError(error, placeOf(first, backups.length === 1)));
  };

  const partOf = (entry: BackupConfig, repository: Repository, made: BackupResult[]): BackupPart => {
    const name = [repository.label, entry.branch ?? '', entry.directory].join(' ');
    const verifiedAt = state.get(name);
    return {
      settings: entry,
      source: context.connections.openSource(entry),
      ...(verifiedAt === undefined ? {} : { verifiedAt }),
      ...(context.only === undefined ? {} : { only: context.only }),
      onFailure: (error) => fail([entry], error),
      onResult: (result) => {
        told.add(entry);
        made.push(result);
        state.set(name, timesAfter(verifiedAt, result, context.now()));
      },
    };
  };

  const backUp = async (branch: Branch) => {
    const maskAll = <T>(value: T) => maskStrings(value, context.mask);
    const { repository, review } = await context.connections.openRepository(branch, { ...tools, maskAll });
    const made: BackupResult[] = [];
    let reviewed: Reviewed = { warnings: [] };
    try {
      const parts = branch.map((entry) => partOf(entry, repository, made));
      await backup(parts, { ...tools, repository });
      reviewed = (await review?.finish(made)) ?? reviewed;
    } finally {
      results.push(...made.map((result) => withReview(result, reviewed)));
      await repository.close();
    }
  };

  for (const branch of groupBy(config.backups, ({ target }) => target).values()) {
    try {
      await backUp(branch);
    } catch (error) {
      fail(branch, error);
    }
    if (errors.some(endsRun)) {
      break;
    }
  }
  if (!config.dryRun && context.only === undefined) {
    keepState(stateFile, state, log);
  }
  const untried = config.backups.filter((entry) => !told.has(entry)).length;
  return { results, error: combineErrors(errors, untried) };
}

/** What all backups of a run share. */
function createTools(
  config: Config,
  { runId, patience = {}, mask, log, progress, now }: RunContext,
): Omit<BackupTools, 'repository'> {
  let commits = 0;
  return {
    log,
    progress,
    now,
    runId,
    dryRun: config.dryRun,
    budget: createBudget(config.recheckBudget, config.backups.length),
    removals: { made: 0 },
    comparisons: createComparisons(),
    nextRunId: () => `${runId}-${++commits}`,
    pauseMs: patience.movedPauseMs ?? pauseAfterMove,
    onSecret: mask.add,
    maskText: mask.apply,
  };
}

/** Between nothing and half a second, then a second, then two …: so many that collided spread out by themselves. */
export function pauseAfterMove(attempt: number): number {
  return Math.random() * 2 ** (attempt - 1) * 500;
}

function withReview(result: BackupResult, { mergeRequest, warnings }: Reviewed): BackupResult {
  return {
    ...result,
    ...(mergeRequest === undefined ? {} : { mergeRequest }),
    warnings: [...result.warnings, ...warnings],
  };
}

function placeOf({ destination, branch, directory }: BackupConfig, withDirectory: boolean): string {
  const where = destination.type === 'api' ? destination.project : (destination.webUrl ?? destination.url);
  return [where, branch, withDirectory ? directory : '']
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');
}

/** What was compared with Postman itself in this run is verified now; the rest was when it was. */
function timesAfter(
  before: VerificationTimes | undefined,
  { outcomes }: BackupResult,
  now: Date,
): VerificationTimes {
  const times = new Map<ResourceKey, string>();
  for (const outcome of outcomes) {
    const { status } = outcome;
    const key = keyOf(outcome);
    const at = status === 'changed' || status === 'unchanged' ? now.toISOString() : before?.get(key);
    if (at !== undefined) {
      times.set(key, at);
    }
  }
  return times;
}

function keepState(path: string, state: ReadonlyMap<string, VerificationTimes>, log: Log): void {
  try {
    writeState(path, state);
  } catch (error) {
    log.warn(
      `When resources were verified could not be written to ${STATE_FILE}: ${describeFileError(error)}`,
    );
  }
}
