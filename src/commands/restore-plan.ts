/** The plan of an earlier run: what somebody has looked at, and agreed to. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { KnownError } from '../errors.ts';
import { parseJson } from '../json.ts';
import { printable } from '../printable.ts';
import type { RestoreReport } from '../report/restore-report.ts';
import type { RestoreStep } from '../restore-step.ts';
import type { RunInput } from './run-backups.ts';
import { describeFileError } from './state-file.ts';

const PLAN = 'restore.json';
// Beside the plan, which somebody may want to carry out once more.
const RESULT = 'restore-result.json';

const Plan = z.looseObject({
  status: z.literal('planned'),
  from: z.looseObject({ commit: z.string().regex(/^[0-9a-f]{40,64}$/) }),
  to: z.string(),
  steps: z.array(
    z.looseObject({
      ...{ kind: z.string(), uuid: z.string(), action: z.string() },
      ...{ item: z.string().optional(), as: z.string().optional(), seen: z.string().optional() },
    }),
  ),
});

export type AgreedPlan = {
  /** What is read, whatever the branch has become since. */
  readonly commit: string;
  readonly to: string;
  /** Whether a step is the one that was shown. */
  readonly holds: (step: RestoreStep) => boolean;
};

/** @throws KnownError CONFIG_INVALID when the file holds no plan. */
export function readAgreedPlan(path: string, input: RunInput): AgreedPlan {
  const read = Plan.safeParse(readJson(path, input));
  if (!read.success) {
    throw new KnownError('CONFIG_INVALID', `\`plan\`: ${printable(path)} is not the plan of a restore.`, {
      hint: 'Name the restore.json that a run without `yes` wrote into its `report-dir`.',
    });
  }
  const { from, to, steps } = read.data;
  return {
    commit: from.commit,
    to,
    holds: (step) =>
      steps.some(
        (one) =>
          one.kind === step.kind &&
          one.uuid === step.uuid &&
          one.item === step.item &&
          one.as === step.as &&
          one.seen === step.seen &&
          // What an earlier try of the same plan began is finished by the next one.
          (one.action === step.action || (one.action === 'create' && step.action === 'finish')),
      ),
  };
}

function readJson(path: string, { readFile, workingDirectory }: RunInput): unknown {
  try {
    return parseJson(Buffer.from(readFile(resolve(workingDirectory, path))));
  } catch (error) {
    const reason = describeFileError(error);
    throw new KnownError('CONFIG_INVALID', `\`plan\`: ${printable(path)} cannot be read (${reason}).`);
  }
}

/** What was done is done by now: a file that cannot be written does not undo it, but is said. */
export function keepPlan(
  report: RestoreReport,
  reportDirectory: string,
  { workingDirectory, log }: RunInput,
): void {
  const directory = resolve(workingDirectory, reportDirectory);
  const file = report.status === 'planned' ? PLAN : RESULT;
  try {
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, file), `${JSON.stringify(report, null, 2)}\n`);
  } catch (error) {
    log.warn(`${file} could not be written to ${directory}: ${describeFileError(error)}`);
  }
}
