/** Does one step after the other, and says exactly what was done. */
import { KnownError } from '../errors.ts';
import { writes } from '../plan/restore/steps.ts';
import type { Progress } from '../report/progress.ts';
import type { RestoreStep, StepResult } from '../restore-step.ts';
import type { Chosen, RestoreWay } from './restore-way.ts';
import { endsRun } from './run-error.ts';

export type PlannedStep = { readonly chosen: Chosen; readonly step: RestoreStep };

/**
 * @param holds whether a step is one that somebody agreed to.
 * @throws KnownError when nothing may be written at all: then nothing was.
 */
export async function carryOutSteps(
  planned: readonly PlannedStep[],
  way: RestoreWay,
  { holds, progress }: { readonly holds: (step: RestoreStep) => boolean; readonly progress: Progress },
): Promise<readonly StepResult[]> {
  const due = planned.filter(({ step }) => writes(step) && holds(step));
  if (due.length > 0) {
    await way.begin(due.map(({ step }) => step));
  }
  const results: StepResult[] = [];
  progress.start('restoring', due.length);
  let end: KnownError | undefined;
  for (const { chosen, step } of planned) {
    if (writes(step) && !holds(step)) {
      results.push(failed(step, new KnownError('RESTORE_REFUSED', NOT_AGREED)));
    } else if (end !== undefined) {
      results.push(writes(step) ? { ...step, outcome: 'untried' } : step);
    } else {
      const result = await tryStep(chosen, step, way);
      results.push(result.step);
      end = result.end;
      progress.step(step.name);
    }
  }
  progress.stop();
  await way.end(results.filter(({ outcome }) => outcome === 'done'));
  return results;
}

const NOT_AGREED =
  'it is not as the plan showed it: something was changed in Postman, or in what was asked for';

async function tryStep(
  chosen: Chosen,
  step: RestoreStep,
  way: RestoreWay,
): Promise<{ readonly step: StepResult; readonly end?: KnownError }> {
  if (step.action === 'skip') {
    return { step };
  }
  try {
    await way.carryOut(chosen, step);
    return { step: writes(step) ? { ...step, outcome: 'done' } : step };
  } catch (error) {
    if (!(error instanceof KnownError)) {
      throw error;
    }
    const isFatal = endsRun(error) || error.exitCode === 21;
    return { step: failed(step, error), ...(isFatal ? { end: error } : {}) };
  }
}

function failed(step: RestoreStep, { code, message }: KnownError): StepResult {
  return { ...step, outcome: 'failed', code, problem: message };
}
