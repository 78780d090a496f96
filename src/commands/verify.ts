/** `verify`: proves that what lies in a repository can be brought back. It reads, unless a drill is asked for. */
import { resolve } from 'node:path';
import { readCiEnvironment } from '../config/ci-environment.ts';
import { findReportDirectory } from '../config/load.ts';
import { loadVerifyConfig, type VerifyConfig, type VerifyTarget } from '../config/verify.ts';
import { KnownError } from '../errors.ts';
import type { GitHistory } from '../git/history.ts';
import { describeError, describeProblem } from '../report/describe-error.ts';
import { describeVerify } from '../report/describe-verify.ts';
import { maskReport } from '../report/mask-report.ts';
import { failedVerify, summarizeVerify, type VerifyReport } from '../report/verify-report.ts';
import { writeVerifyReport } from '../report/write-report.ts';
import type { VerifiedBackup } from '../verified.ts';
import { createConnections } from './connect.ts';
import { createMeter } from './meter.ts';
import { openHistory } from './open-history.ts';
import { readSnapshots } from './read-snapshot.ts';
import type { RunInput } from './run-backups.ts';
import { combineErrors, endsRun } from './run-error.ts';
import { describeFileError } from './state-file.ts';
import { type VerifyTools, verifySnapshot } from './verify-snapshot.ts';

/** @returns the report, without secrets; it also lies in the report folder. */
export async function runVerify(input: RunInput): Promise<VerifyReport> {
  const startedAt = input.now();
  try {
    const config = loadVerifyConfig(input);
    for (const secret of config.secrets) {
      input.mask.add(secret);
    }
    for (const warning of config.warnings) {
      input.log.warn(warning);
    }
    return await verifyAll(config, startedAt, input);
  } catch (error) {
    input.log.error(describeError(error));
    const report = maskReport(failedVerify(error, { ...input, startedAt }), input.mask);
    await keepReport(report, findReportDirectory(input), input);
    return report;
  }
}

async function verifyAll(config: VerifyConfig, startedAt: Date, input: RunInput): Promise<VerifyReport> {
  const { log, mask, now, version } = input;
  const meter = createMeter();
  const connections = createConnections({ ...input, ci: readCiEnvironment(input.env), meter });
  const { backups, error } = await verifyTargets(config, { ...input, connections });
  const facts = { backups, startedAt, finishedAt: now(), tool: version, error };
  const summary = summarizeVerify({ ...facts, cost: meter.cost(), quota: connections.quotaLeft() });
  // Before any name is cut short: half a secret would not be found.
  const report = maskReport(summary, mask);
  log.info(describeVerify(report));
  if (error !== undefined) {
    log.error(describeError(error));
  } else if (report.error !== undefined) {
    log.error(describeProblem(report.error));
  }
  await keepReport(report, config.reportDirectory, input);
  return report;
}

type Found = {
  readonly backups: readonly VerifiedBackup[];
  /** What ended the run, or kept a part of it from being verified. */
  readonly error?: unknown;
};

/** A directory without a backup says nothing about the others. */
async function verifyTargets(config: VerifyConfig, tools: VerifyTools): Promise<Found> {
  const histories = new Map<string, GitHistory>();
  const openOnce = ({ repository }: VerifyTarget): GitHistory => {
    const key = JSON.stringify(repository);
    const history = histories.get(key) ?? openHistory(repository, tools);
    histories.set(key, history);
    return history;
  };
  const backups: VerifiedBackup[] = [];
  const errors: unknown[] = [];
  try {
    for (const target of config.targets) {
      await verifyTarget(target, openOnce(target), { config, tools, backups, errors });
      if (errors.some(endsRun)) {
        break;
      }
    }
  } finally {
    for (const history of histories.values()) {
      await history.close();
    }
  }
  return { backups, ...(errors.length === 0 ? {} : { error: combineErrors(errors, 0) }) };
}

type Run = {
  readonly config: VerifyConfig;
  readonly tools: VerifyTools;
  readonly backups: VerifiedBackup[];
  readonly errors: unknown[];
};

async function verifyTarget(
  target: VerifyTarget,
  history: GitHistory,
  { config, tools, backups, errors }: Run,
): Promise<void> {
  const { ref, directory } = target;
  const { at } = config;
  try {
    const snapshots = await readSnapshots(history, {
      ...(ref === undefined ? {} : { ref }),
      ...(at === undefined ? {} : { at }),
      ...(directory === undefined ? {} : { directory }),
    });
    for (const snapshot of snapshots) {
      const { backup, error } = await verifySnapshot(snapshot, history, { target, config, tools });
      backups.push(backup);
      errors.push(...(error === undefined ? [] : [error]));
    }
  } catch (error) {
    if (!(error instanceof KnownError)) {
      throw error;
    }
    errors.push(error);
  }
}

/** A report that cannot be written changes nothing of what was found, but is said. */
async function keepReport(
  report: VerifyReport,
  reportDirectory: string,
  { log, mask, workingDirectory }: RunInput,
): Promise<void> {
  const directory = resolve(workingDirectory, reportDirectory);
  try {
    await writeVerifyReport({ report, directory, mask });
  } catch (error) {
    log.warn(`The report could not be written to ${directory}: ${describeFileError(error)}`);
  }
}
