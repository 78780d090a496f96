/** Runs every configured backup and reports what became of them. */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { type CiEnvironment, readCiEnvironment } from '../config/ci-environment.ts';
import type { Config } from '../config/config.ts';
import { findReportDirectory, type LoadInput, loadConfig } from '../config/load.ts';
import { describeError } from '../report/describe-error.ts';
import { describeReport } from '../report/describe-report.ts';
import type { Log } from '../report/log.ts';
import type { Mask } from '../report/mask.ts';
import { maskReport } from '../report/mask-report.ts';
import type { Progress } from '../report/progress.ts';
import { failedReport, type Report, summarize } from '../report/report.ts';
import { writeReport } from '../report/write-report.ts';
import { createConnections, type Surroundings } from './connect.ts';
import { createMeter } from './meter.ts';
import { runBranches } from './run-branches.ts';
import { refusalsOf } from './run-error.ts';
import { describeFileError } from './state-file.ts';

export type RunInput = Pick<LoadInput, 'flags' | 'env' | 'readFile'> &
  Omit<Surroundings, 'ci' | 'meter'> & {
    readonly workingDirectory: string;
    readonly log: Log;
    readonly mask: Mask;
    readonly progress: Progress;
    readonly version: string;
  };

/** @returns the report, without secrets; it also lies in the report folder. */
export async function runBackups(input: RunInput): Promise<Report> {
  const startedAt = input.now();
  try {
    return await runAll(loadConfig(input), startedAt, input);
  } catch (error) {
    input.log.error(describeError(error));
    const report = maskReport(failedReport(error, { ...input, startedAt }), input.mask);
    await keepReport(report, findReportDirectory(input), input);
    return report;
  }
}

async function runAll(config: Config, startedAt: Date, input: RunInput): Promise<Report> {
  const { log, mask, now, version } = input;
  for (const secret of config.secrets) {
    mask.add(secret);
  }
  for (const warning of config.warnings) {
    log.warn(warning);
  }
  const meter = createMeter();
  const ci = readCiEnvironment(input.env);
  const connections = createConnections({ ...input, ci, meter });
  const runId = nameRun(ci);
  const { results: backups, error } = await runBranches(config, { ...input, connections, runId });
  const summary = summarize({
    backups,
    dryRun: config.dryRun,
    startedAt,
    finishedAt: now(),
    tool: version,
    cost: meter.cost(),
    quota: connections.quotaLeft(),
    error,
  });
  // Before any name is cut short: half a secret would not be found.
  const report = maskReport(summary, mask);
  log.info(describeReport(report));
  const refusals = refusalsOf(config.dryRun ? [] : report.backups.flatMap(({ outcomes }) => outcomes));
  for (const one of error === undefined ? refusals : [error]) {
    log.error(describeError(one));
  }
  await keepReport(report, config.reportDirectory, input);
  return report;
}

/** @returns what tells this run from others: the id of the job, or something nobody else has. */
export function nameRun({ jobId }: CiEnvironment): string {
  // A variable of the project may overlay GitLab's own, and this one becomes a trailer.
  return jobId !== undefined && /^[\w-]+$/.test(jobId) ? jobId : randomBytes(6).toString('hex');
}

/** What was done is done by now: a report that cannot be written does not undo it, but is said. */
async function keepReport(
  report: Report,
  reportDirectory: string,
  { log, mask, workingDirectory }: RunInput,
): Promise<void> {
  const directory = resolve(workingDirectory, reportDirectory);
  try {
    await writeReport({ report, directory, mask });
  } catch (error) {
    log.warn(`The report could not be written to ${directory}: ${describeFileError(error)}`);
  }
}
