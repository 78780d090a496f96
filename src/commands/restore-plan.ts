/** The plan of an earlier run: what somebody has looked at, and agreed to. */
import { resolve } from 'node:path';
import * as z from 'zod';
import type { ReadFile } from '../config/credentials.ts';
import { KnownError } from '../errors.ts';
import { parseJson } from '../json.ts';
import type { RestoreStep } from '../model.ts';
import { printable } from '../printable.ts';

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
export function readAgreedPlan(path: string, workingDirectory: string, readFile: ReadFile): AgreedPlan {
  const read = Plan.safeParse(readJson(resolve(workingDirectory, path), path, readFile));
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

function readJson(file: string, path: string, readFile: ReadFile): unknown {
  try {
    return parseJson(Buffer.from(readFile(file)));
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new KnownError('CONFIG_INVALID', `\`plan\`: ${printable(path)} cannot be read (${reason}).`);
  }
}
