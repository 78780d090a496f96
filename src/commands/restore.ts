/** `restore`: repository → Postman, as new copies or in place. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';
import { readCiEnvironment } from '../config/ci-environment.ts';
import { loadBackupConfig, loadRestoreConfig, type RestoreConfig } from '../config/restore.ts';
import { KnownError } from '../errors.ts';
import type { ResourceRef, StepResult } from '../model.ts';
import { chooseResources } from '../plan/restore/choose-resources.ts';
import { describeLosses, inOrder, namesOfCopies } from '../plan/restore/steps.ts';
import { describeError } from '../report/describe-error.ts';
import { describeRestore } from '../report/describe-restore.ts';
import { maskStrings } from '../report/mask-report.ts';
import { failedRestore, type RestoreReport, summarizeRestore } from '../report/restore-report.ts';
import { backUpFirst } from './back-up-first.ts';
import { carryOutSteps, type PlannedStep } from './carry-out-steps.ts';
import { chooseItems } from './choose-items.ts';
import { createConnections } from './connect.ts';
import { createMeter } from './meter.ts';
import { openRepositoryHistory } from './open-history.ts';
import { readSnapshots, type Snapshot } from './read-snapshot.ts';
import { openCopies } from './restore-copies.ts';
import { openInPlace } from './restore-in-place.ts';
import { type AgreedPlan, readAgreedPlan } from './restore-plan.ts';
import type { Chosen, RestoreWay } from './restore-way.ts';
import type { RunInput } from './run-backups.ts';
import { describeFileError } from './state-file.ts';

const REPORT = 'restore.json';

/** @returns the plan, or what became of it, without secrets; it also lies in the report folder. */
export async function runRestore(input: RunInput): Promise<RestoreReport> {
  const { log, mask, version } = input;
  try {
    const config = loadRestoreConfig(input);
    for (const secret of config.secrets) {
      mask.add(secret);
    }
    for (const warning of config.warnings) {
      log.warn(warning);
    }
    const report = maskStrings(await restore(config, input), mask);
    log.info(describeRestore(report));
    keepReport(report, config.reportDirectory, input);
    return report;
  } catch (error) {
    log.error(describeError(error));
    return maskStrings(failedRestore(error, version), mask);
  }
}

async function restore(config: RestoreConfig, input: RunInput): Promise<RestoreReport> {
  const { plan, repository } = config;
  const agreed =
    plan === undefined ? undefined : readAgreedPlan(plan, input.workingDirectory, input.readFile);
  const history = openRepositoryHistory(repository, input);
  try {
    const snapshots = await readSnapshots(history, wantedOf(config, agreed));
    const [{ ref, commit, date } = noSnapshot()] = snapshots;
    const chosen = await choose(snapshots, config);
    const way = await openWay(chosen, config.at ?? date, config, input);
    const to = describeDestination(config);
    if (agreed !== undefined && agreed.to !== to) {
      const problem = `The plan is to restore to ${agreed.to}, and this run to ${to}.`;
      throw new KnownError('CONFIG_INVALID', problem, { hint: 'Make a new plan, or repeat what it asked for.' });
    }
    const planned = await planSteps(chosen, way, input);
    const results = config.isConfirmed
      ? await carryOutSteps(planned, way, { holds: agreed?.holds ?? (() => true), progress: input.progress })
      : planned.map(({ step }) => step);
    return summarizeRestore({
      tool: input.version,
      isPlan: !config.isConfirmed,
      from: { repository: history.label, ref, commit, date: date.toISOString() },
      to,
      steps: results,
      lost: describeLosses(results),
    });
  } finally {
    await history.close();
  }
}
