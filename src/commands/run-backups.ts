/** Runs every configured backup and reports what became of them. */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { readCiEnvironment } from '../config/ci-environment.ts';
import type { BackupConfig, Config } from '../config/config.ts';
import { type LoadInput, loadConfig } from '../config/load.ts';
import type { HttpEvent } from '../http/client.ts';
import type { Quota, ResourceKey } from '../model.ts';
import { describeError } from '../report/describe-error.ts';
import { describeReport } from '../report/describe-report.ts';
import type { Log } from '../report/log.ts';
import type { Mask } from '../report/mask.ts';
import { maskReport } from '../report/mask-report.ts';
import type { Progress } from '../report/progress.ts';
import { type BackupResult, failedReport, type Report, summarize } from '../report/report.ts';
import { writeReport } from '../report/write-report.ts';
import { keyOf } from '../snapshot/layout.ts';
import { backup } from './backup.ts';
import { createConnections, type Surroundings } from './connect.ts';
import { combineErrors, endsRun, locateError, refusalsOf } from './run-error.ts';
import { readState, STATE_FILE, type VerificationTimes, writeState } from './state-file.ts';

export type RunInput = Pick<LoadInput, 'flags' | 'env' | 'readFile'> &
  Omit<Surroundings, 'ci' | 'onHttpEvent'> & {
    readonly workingDirectory: string;
    readonly log: Log;
    readonly mask: Mask;
    readonly progress: Progress;
    readonly version: string;
  };

/** @returns the report, without secrets; it also lies in the report folder once the configuration is right. */
export async function runBackups(input: RunInput): Promise<Report> {
  const startedAt = input.now();
  try {
    return await runAll(loadConfig(input), startedAt, input);
  } catch (error) {
    input.log.error(describeError(error));
    return failedReport(error, { ...input, startedAt });
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
  const connections = createConnections({ ...input, ci, onHttpEvent: meter.count });
  const run = createRun(config, { ...input, connections, runId: ci.jobId ?? randomBytes(6).toString('hex') });
  const error = await run.all();
  const summary = summarize({
    backups: run.results,
    dryRun: config.dryRun,
    startedAt,
    finishedAt: now(),
    tool: version,
    calls: meter.calls(),
    waitedMs: meter.waitedMs(),
    quota: run.quota(),
    error,
  });
  // Before any name is cut short: half a secret would not be found.
  const report = maskReport(summary, mask);
  log.info(describeReport(report));
  const refusals = refusalsOf(config.dryRun ? [] : report.backups.flatMap(({ outcomes }) => outcomes));
  for (const one of error === undefined ? refusals : [error]) {
    log.error(describeError(one));
  }
  await keepReport(report, { ...input, directory: resolve(input.workingDirectory, config.reportDirectory) });
  return report;
}

type RunContext = RunInput & {
  readonly connections: ReturnType<typeof createConnections>;
  readonly runId: string;
};

function createRun(config: Config, context: RunContext) {
  const { log, progress, now, runId, connections } = context;
  const stateFile = resolve(context.workingDirectory, STATE_FILE);
  const state = new Map(readState(stateFile));
  const results: BackupResult[] = [];
  let quota: Quota | undefined;
  let commits = 0;

  async function backUp(entry: BackupConfig): Promise<void> {
    const source = connections.openSource(entry);
    const repository = connections.openRepository(entry);
    const name = [repository.label, entry.branch ?? '', entry.directory].join(' ');
    const verifiedAt = state.get(name);
    try {
      await backup(
        { ...entry, recheckBudget: config.recheckBudget, dryRun: config.dryRun },
        {
          source,
          repository,
          log,
          progress,
          now,
          runId,
          nextRunId: () => `${runId}-${++commits}`,
          // Between nothing and half a second more at each try.
          pauseMs: (attempt) => Math.random() * attempt * 500,
          ...(verifiedAt === undefined ? {} : { verifiedAt }),
          onQuota: (left) => {
            quota = left;
          },
          onResult: (result) => {
            results.push(result);
            state.set(name, timesAfter(verifiedAt, result, now()));
          },
        },
      );
    } finally {
      await repository.close();
    }
  }

  /** @returns what went wrong with a backup as a whole, if anything did. */
  async function all(): Promise<unknown> {
    const errors: unknown[] = [];
    let begun = 0;
    for (const entry of config.backups) {
      begun++;
      try {
        await backUp(entry);
      } catch (error) {
        errors.push(config.backups.length > 1 ? locateError(error, placeOf(entry)) : error);
        if (endsRun(error)) {
          break;
        }
      }
    }
    if (!config.dryRun) {
      keepState(stateFile, state, log);
    }
    return combineErrors(errors, config.backups.length - begun);
  }

  return { all, results, quota: () => quota };
}

function placeOf({ destination, branch, directory }: BackupConfig): string {
  const where = destination.type === 'api' ? destination.project : (destination.webUrl ?? destination.url);
  return [where, branch, directory].filter((part) => part !== undefined && part !== '').join(' · ');
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

function createMeter() {
  const calls = new Map<string, number>();
  let waitedMs = 0;
  return {
    count(host: string, event: HttpEvent): void {
      if (event.type === 'request') {
        calls.set(host, (calls.get(host) ?? 0) + 1);
      } else {
        waitedMs += event.ms;
      }
    },
    calls: () => Object.fromEntries(calls),
    waitedMs: () => waitedMs,
  };
}

function keepState(path: string, state: ReadonlyMap<string, VerificationTimes>, log: Log): void {
  try {
    writeState(path, state);
  } catch (error) {
    log.warn(`When resources were verified could not be written to ${STATE_FILE}: ${reasonOf(error)}`);
  }
}

/** The backup is done by now: a report that cannot be written does not undo it, but is said. */
async function keepReport(
  report: Report,
  { log, mask, directory }: RunInput & { readonly directory: string },
): Promise<void> {
  try {
    await writeReport({ report, directory, mask });
  } catch (error) {
    log.warn(`The report could not be written to ${directory}: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
