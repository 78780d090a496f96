/** What became of a restore: the document that `--json` prints, and the plan that a later run carries out. */
import type { StepResult } from '../restore-step.ts';
import { findKnownCode } from './known-code.ts';
import { type Problem, problemOf } from './problem.ts';

export type RestoreReport = {
  readonly version: 1;
  /** Version of this program. */
  readonly tool: string;
  readonly status: 'planned' | 'unchanged' | 'restored' | 'partial' | 'failed';
  readonly exitCode: number;
  /** Absent when the restore ended before. */
  readonly from?: RestoredFrom;
  readonly to?: string;
  readonly steps: readonly StepResult[];
  /** What does not come back, a line for each kind. */
  readonly lost: readonly string[];
  readonly error?: Problem;
};

type RestoredFrom = {
  /** For people: the last part of its address. */
  readonly repository: string;
  readonly ref: string;
  readonly commit: string;
  /** Of the commit, ISO 8601. */
  readonly date: string;
};

type RestoreFacts = Pick<RestoreReport, 'from' | 'to' | 'lost'> & {
  readonly tool: string;
  readonly steps: readonly StepResult[];
  readonly isPlan: boolean;
  /** What ended it before its end. */
  readonly error?: unknown;
};

const PARTIAL = 25;

/** An error that ended it decides; otherwise its steps do. */
export function summarizeRestore({ isPlan, error, ...facts }: RestoreFacts): RestoreReport {
  if (error === undefined) {
    return { version: 1, ...facts, ...(isPlan ? { status: 'planned', exitCode: 0 } : judge(facts.steps)) };
  }
  const { exitCode, ...problem } = problemOf(error);
  return { version: 1, ...facts, ...judge(facts.steps), exitCode, error: problem };
}

/** @returns the report of a restore that ended before it began. */
export function failedRestore(error: unknown, tool: string): RestoreReport {
  const { exitCode, ...problem } = problemOf(error);
  return { version: 1, tool, status: 'failed', exitCode, steps: [], lost: [], error: problem };
}

function judge(steps: readonly StepResult[]): Pick<RestoreReport, 'status' | 'exitCode'> {
  const isDone = steps.some(({ outcome }) => outcome === 'done');
  const failed = steps.filter(({ outcome }) => outcome === 'failed');
  if (failed.length === 0) {
    return { status: isDone ? 'restored' : 'unchanged', exitCode: 0 };
  }
  const [only, ...others] = new Set(failed.map(({ code }) => findKnownCode(code)?.exitCode ?? PARTIAL));
  const exitCode = isDone || only === undefined || others.length > 0 ? PARTIAL : only;
  return { status: isDone ? 'partial' : 'failed', exitCode };
}
