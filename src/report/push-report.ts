/** What became of a push: the types, its exit code, and the end of the log. */
import { listDifferences } from '../describe-differences.ts';
import { nameOfKind } from '../kind-name.ts';
import type { Difference, Kind } from '../model.ts';
import { printable } from '../printable.ts';
import { findKnownCode } from './known-code.ts';
import { shorten } from './lines.ts';
import { type Problem, problemOf } from './problem.ts';

/** What became of one resource in one push. */
export type PushOutcome = {
  readonly kind: Kind;
  readonly name: string;
  /** In the repository. */
  readonly path: string;
  readonly status: PushStatus;
  /** What differs from what Postman had before; by names, never by values. */
  readonly differences?: readonly Difference[];
  /** Why it was left, refused or failed; or what else a person should know. */
  readonly note?: string;
  /** Places that both sides changed, by names. */
  readonly conflicts?: readonly string[];
  /** What is empty in Postman until somebody fills it in: a secret that the file does not hold. */
  readonly toFillIn?: readonly string[];
  /** Error code, with `refused` and `failed`. */
  readonly code?: string;
};

/** `merged`: Postman had changed too, elsewhere. `equal`: Postman has it already. `left`: nothing was written. */
type PushStatus = 'pushed' | 'merged' | 'created' | 'removed' | 'equal' | 'left' | 'refused' | 'failed';

/** What became of one directory on one branch. */
export type PushResult = {
  readonly destination: string;
  readonly branch: string;
  readonly directory: string;
  readonly outcomes: readonly PushOutcome[];
  /** The one that records what Postman has now; absent when there is nothing to record. */
  readonly commit?: { readonly id: string; readonly url?: string; readonly title: string };
};

export type PushReport = {
  readonly version: 1;
  /** Version of this program. */
  readonly tool: string;
  readonly status: 'unchanged' | 'pushed' | 'partial' | 'failed' | 'dry-run';
  readonly exitCode: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly pushes: readonly PushResult[];
  readonly error?: Problem;
};

const PARTIAL = 25;
const MAX_LINES = 20;
const WRITTEN: ReadonlySet<PushStatus> = new Set(['pushed', 'merged', 'created', 'removed']);
const HEADLINES = {
  unchanged: 'Nothing was to be pushed.',
  pushed: 'All edits are in Postman.',
  partial: 'Some edits are not in Postman; of those nothing was written.',
  failed: 'The push failed.',
  'dry-run': 'Dry run: nothing was written.',
} as const satisfies Record<PushReport['status'], string>;

/** An error that ended the run decides; otherwise its outcomes do. */
export function summarizePush(facts: {
  readonly pushes: readonly PushResult[];
  readonly error?: unknown;
  readonly dryRun: boolean;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly tool: string;
}): PushReport {
  const { pushes, tool } = facts;
  const problem = facts.error === undefined ? undefined : problemOf(facts.error);
  return {
    version: 1,
    tool,
    ...(problem === undefined ? judge(facts) : { status: 'failed', exitCode: problem.exitCode }),
    startedAt: facts.startedAt.toISOString(),
    finishedAt: facts.finishedAt.toISOString(),
    pushes,
    ...(problem && { error: { code: problem.code, message: problem.message, hint: problem.hint } }),
  };
}

function judge({
  pushes,
  dryRun,
}: {
  readonly pushes: readonly PushResult[];
  readonly dryRun: boolean;
}): Pick<PushReport, 'status' | 'exitCode'> {
  const outcomes = pushes.flatMap((push) => push.outcomes);
  if (dryRun) {
    return { status: 'dry-run', exitCode: 0 };
  }
  if (outcomes.some(({ status }) => status === 'refused' || status === 'failed')) {
    return { status: 'partial', exitCode: PARTIAL };
  }
  return { status: outcomes.some(({ status }) => WRITTEN.has(status)) ? 'pushed' : 'unchanged', exitCode: 0 };
}

/** @returns lines; an error that ended the run is not among them (`describeError` has it). */
export function describePush(report: PushReport): string {
  const { exitCode, status } = report;
  const end = `${HEADLINES[status]}${exitCode === 0 ? '' : ` (exit code ${exitCode})`}`;
  return [...report.pushes.flatMap(describeResult), end].join('\n');
}

function describeResult({ destination, branch, directory, outcomes, commit }: PushResult): readonly string[] {
  return [
    [destination, branch, directory].map((part) => printable(part)).join(' · '),
    ...outcomes.flatMap(describeOutcome),
    ...(commit === undefined
      ? []
      : [
          `  commit    ${commit.id.slice(0, 8)}  ${printable(commit.title)}  ${printable(commit.url ?? '', 1000)}`.trimEnd(),
        ]),
    '',
  ];
}

function describeOutcome(outcome: PushOutcome): readonly string[] {
  const { kind, name, path, status, note, code, conflicts = [], toFillIn = [], differences = [] } = outcome;
  const about = `  ${status.padEnd(9)} ${nameOfKind(kind)} ${printable(name)}`;
  const quote = (text: string) => `"${printable(text)}"`;
  const hint = findKnownCode(code)?.hint;
  const lines = [
    ...(note === undefined ? [] : [printable(note, 1000)]),
    ...conflicts.map((conflict) => printable(conflict, 1000)),
    ...listDifferences({ kind, differences }, quote),
    ...toFillIn.map((place) => `to fill in: ${printable(place)}`),
  ];
  return [
    `${about}  ${printable(path, 1000)}`,
    ...[...shorten(lines, MAX_LINES), ...(hint === undefined ? [] : [`Fix  ${hint}`])].map(
      (line) => `            ${line}`,
    ),
  ];
}
