/** Runs `push` for each backup of the branch, and reports what became of it. */

import { randomBytes } from 'node:crypto';
import { readCiEnvironment } from '../config/ci-environment.ts';
import type { BackupConfig, Config, Destination } from '../config/config.ts';
import { loadPushConfig } from '../config/push.ts';
import type { GitHistory } from '../git/history.ts';
import { describeError } from '../report/describe-error.ts';
import { maskStrings } from '../report/mask-report.ts';
import { describePush, type PushReport, type PushResult, summarizePush } from '../report/push-report.ts';
import { createConnections } from './connect.ts';
import { createMeter } from './meter.ts';
import { openHistory } from './open-history.ts';
import { openTarget } from './open-target.ts';
import { push } from './push.ts';
import type { PushPart, PushTools } from './push-input.ts';
import { PUSH_RUN } from './push-run.ts';
import { createPastReader } from './read-past.ts';
import type { RunInput } from './run-backups.ts';
import { pauseAfterMove } from './run-branches.ts';

/** @returns the report, without secrets. */
export async function runPush(input: RunInput): Promise<PushReport> {
  const { log, mask, now, version } = input;
  const startedAt = now();
  const pushes: PushResult[] = [];
  let dryRun = false;
  let error: unknown;
  try {
    const config = loadPushConfig(input);
    dryRun = config.dryRun;
    for (const secret of config.secrets) {
      mask.add(secret);
    }
    for (const warning of config.warnings) {
      log.warn(warning);
    }
    await pushAll(config, input, (result) => pushes.push(result));
  } catch (thrown) {
    error = thrown;
  }
  const facts = { pushes, dryRun, startedAt, finishedAt: now(), tool: version, error };
  const report = maskStrings(summarizePush(facts), mask);
  log.info(describePush(report));
  if (error !== undefined) {
    log.error(describeError(error));
  }
  return report;
}

async function pushAll(
  config: Config,
  input: RunInput,
  onResult: (result: PushResult) => void,
): Promise<void> {
  const { mask, progress, patience = {} } = input;
  const ci = readCiEnvironment(input.env);
  const connections = createConnections({ ...input, ci, meter: createMeter() });
  const runId = randomBytes(6).toString('hex');
  let commits = 0;
  const tools: PushTools = {
    ...{ progress, dryRun: config.dryRun, onSecret: mask.add, maskText: mask.apply },
    nextRunId: () => `${PUSH_RUN}${runId}-${++commits}`,
    pauseMs: patience.movedPauseMs ?? pauseAfterMove,
  };
  if (config.backups.length === 0) {
    input.log.info('The configuration has no backup of this branch, so there is nothing to push from it.');
  }
  for (const settings of config.backups) {
    const { repository } = await connections.openRepository([settings]);
    const history = openHistory(withPath(settings.destination, ci), input);
    const { source, target } = {
      source: connections.openSource(settings),
      target: openTarget(connections, settings.postman, input),
    };
    try {
      const branch = () => repository.branchName();
      const readPast = createPastReader(history, { branch, directory: settings.directory });
      const readCommit = createCommitReader(history, ci, settings);
      await push({ settings, source, target, repository, readPast, readCommit, onResult }, tools);
    } finally {
      await history.close();
      await repository.close();
    }
  }
}

/** The pipeline's commit is what somebody pushed; the branch may have gone on. */
function createCommitReader(
  history: GitHistory,
  { commitSha, commitBranch }: ReturnType<typeof readCiEnvironment>,
  { branch, directory }: BackupConfig,
): NonNullable<PushPart['readCommit']> {
  return async (head) => {
    if (commitSha === undefined || commitSha === head || commitBranch !== branch) {
      return undefined;
    }
    const { commit } = await history.find({ ref: commitSha });
    const below = directory === '' ? '' : `${directory}/`;
    const files = await history.readFiles(commit);
    return { commit, files: new Map([...files].filter(([path]) => path.startsWith(below))) };
  };
}

/** Git knows a project by its path only. */
function withPath(
  destination: BackupConfig['destination'],
  { projectId, projectPath }: ReturnType<typeof readCiEnvironment>,
): Destination {
  return destination.type === 'api' && destination.project === projectId && projectPath !== undefined
    ? { ...destination, project: projectPath }
    : destination;
}
