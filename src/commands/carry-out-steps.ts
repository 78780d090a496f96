/** Does one step after the other, and says exactly what was done. */
import { KnownError } from '../errors.ts';
import { writes } from '../plan/restore/steps.ts';
import type { Progress } from '../report/progress.ts';
import type { RestoreStep, StepResult } from '../restore-step.ts';
import type { Chosen, RestoreWay } from './restore-way.ts';
import { endsRun } from './run-error.ts';

export type PlannedStep = { readonly chosen: Chosen; readonly step: RestoreStep };

type Options = {
  /** Whether a step is one that somebody agreed to. */
  readonly holds: (step: RestoreStep) => boolean;
  readonly progress: Progress;
};

type CarriedOut = {
  readonly steps: readonly StepResult[];
  /** What ended the restore before its end; the steps that came after it are untried. */
  readonly error?: KnownError;
};

const NOT_AGREED =
  'it is not what the plan showed: something is different in Postman, or in what was asked for';

/** @throws KnownError when nothing may be written at all: then nothing was. */
export async function carryOutSteps(
  planned: readonly PlannedStep[],
  way: RestoreWay,
  { holds, progress }: Options,
): Promise<CarriedOut> {
  const due = planned.map(({ step }) => step).filter((step) => writes(step) && holds(step));
  if (due.length === 0) {
    return { steps: planned.map(({ step }) => (writes(step) ? refused(step) : step)) };
  }
  await way.begin(due);
  progress.start('restoring', due.length);
  try {
    const carriedOut = await carryOutAll(planned, way, { holds, progress });
    await way.end(carriedOut.steps.filter(({ outcome }) => outcome === 'done'));
    return carriedOut;
  } finally {
    progress.stop();
  }
}

async function carryOutAll(
  planned: readonly PlannedStep[],
  way: RestoreWay,
  { holds, progress }: Options,
): Promise<CarriedOut> {
  const steps: StepResult[] = [];
  for (const [index, { chosen, step }] of planned.entries()) {
    if (writes(step) && !holds(step)) {
      steps.push(refused(step));
      continue;
    }
    const error = await tryStep(chosen, step, way);
    steps.push(error === undefined ? done(step) : failed(step, error));
    if (error !== undefined && isEnd(error)) {
      return { steps: [...steps, ...planned.slice(index + 1).map((one) => untried(one.step))], error };
    }
    if (writes(step)) {
      progress.step(step.name);
    }
  }
  return { steps };
}

async function tryStep(chosen: Chosen, step: RestoreStep, way: RestoreWay): Promise<KnownError | undefined> {
  try {
    await way.carryOut(chosen, step);
    return undefined;
  } catch (error) {
    if (error instanceof KnownError) {
      return error;
    }
    throw error;
  }
}

/** An outage or a key that is refused concerns all that would come; that one thing was refused does not. */
function isEnd(error: KnownError): boolean {
  return endsRun(error) || error.code === 'POSTMAN_KEY_REFUSED' || error.code === 'CERTIFICATE_NOT_TRUSTED';
}

function done(step: RestoreStep): StepResult {
  return writes(step) ? { ...step, outcome: 'done' } : step;
}

function untried(step: RestoreStep): StepResult {
  return writes(step) ? { ...step, outcome: 'untried' } : step;
}

function failed(step: RestoreStep, { code, message }: KnownError): StepResult {
  return { ...step, outcome: 'failed', code, problem: message };
}

function refused(step: RestoreStep): StepResult {
  return failed(step, new KnownError('RESTORE_REFUSED', NOT_AGREED));
}
