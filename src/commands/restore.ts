/** `restore`: repository → Postman, as new copies or in place. */
import { loadRestoreConfig, type RestoreConfig } from '../config/restore.ts';
import { KnownError } from '../errors.ts';
import { describeLosses } from '../plan/restore/steps.ts';
import { describeError, describeProblem } from '../report/describe-error.ts';
import { describeRestore } from '../report/describe-restore.ts';
import { maskStrings } from '../report/mask-report.ts';
import { failedRestore, type RestoreReport, summarizeRestore } from '../report/restore-report.ts';
import type { RestoreStep } from '../restore-step.ts';
import { carryOutSteps, type PlannedStep } from './carry-out-steps.ts';
import { chooseRestored } from './choose-restored.ts';
import { openHistory } from './open-history.ts';
import { openWay } from './open-way.ts';
import { readSnapshots, type Snapshot } from './read-snapshot.ts';
import { type AgreedPlan, keepPlan, readAgreedPlan } from './restore-plan.ts';
import type { Chosen, RestoreWay } from './restore-way.ts';
import type { RunInput } from './run-backups.ts';

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
    if (report.error !== undefined) {
      log.error(describeProblem(report.error));
    }
    keepPlan(report, config.reportDirectory, input);
    return report;
  } catch (error) {
    log.error(describeError(error));
    return maskStrings(failedRestore(error, version), mask);
  }
}

async function restore(config: RestoreConfig, input: RunInput): Promise<RestoreReport> {
  const agreed = config.plan === undefined ? undefined : readAgreedPlan(config.plan, input);
  const to = describeDestination(config);
  assertSameDestination(agreed, to);
  const history = openHistory(config.repository, input);
  try {
    const snapshots = await readSnapshots(history, wantedOf(config, agreed));
    const { ref, commit, date } = versionOf(snapshots);
    const chosen = await chooseRestored(snapshots, config.selection);
    const way = await openWay(chosen, { config, input, date: config.at ?? date });
    const planned = await planSteps(chosen, way, input);
    const { steps, error } = config.isConfirmed
      ? await carryOutSteps(planned, way, { holds: agreed?.holds ?? (() => true), progress: input.progress })
      : { steps: planned.map(({ step }) => step) };
    return summarizeRestore({
      tool: input.version,
      isPlan: !config.isConfirmed,
      error,
      from: { repository: history.label, ref, commit, date: date.toISOString() },
      ...{ to, steps, lost: describeLosses(steps) },
    });
  } finally {
    await history.close();
  }
}

/** What was agreed to is read from the very commit that was shown. */
function wantedOf({ ref, branch, at, directory }: RestoreConfig, agreed: AgreedPlan | undefined) {
  const from = agreed?.commit ?? ref ?? branch;
  return {
    ...(from === undefined ? {} : { ref: from }),
    ...(at === undefined || agreed !== undefined ? {} : { at }),
    ...(directory === undefined ? {} : { directory }),
  };
}

/** All backups of a commit are of one version. */
function versionOf([first]: readonly Snapshot[]): Snapshot {
  if (first === undefined) {
    throw new KnownError('BACKUP_NOT_FOUND', 'There is no backup in that commit.');
  }
  return first;
}

async function planSteps(
  chosen: readonly Chosen[],
  way: RestoreWay,
  { progress }: RunInput,
): Promise<readonly PlannedStep[]> {
  const planned: PlannedStep[] = [];
  progress.start('planning', chosen.length);
  try {
    for (const one of chosen) {
      const step: RestoreStep = await way.plan(one);
      planned.push({ chosen: one, step });
      progress.step(step.name);
    }
  } finally {
    progress.stop();
  }
  return planned;
}

function describeDestination({ to }: RestoreConfig): string {
  switch (to.type) {
    case 'in-place':
      return 'in place';
    case 'workspace':
      return `copies in the workspace "${to.name}"`;
    case 'new-workspace':
      return `copies in a new workspace "${to.name}"`;
  }
}

function assertSameDestination(agreed: AgreedPlan | undefined, to: string): void {
  if (agreed !== undefined && agreed.to !== to) {
    const problem = `The plan is to restore ${agreed.to}, and this run is to restore ${to}.`;
    throw new KnownError('CONFIG_INVALID', problem, {
      hint: 'Ask for the same as the plan did, or make a new plan.',
    });
  }
}
