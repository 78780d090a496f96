/** A restore for people: what would be done, or what was. */
import { summarizeDifferences } from '../describe-differences.ts';
import { nameOfKind } from '../kind-name.ts';
import { printable } from '../printable.ts';
import type { StepResult } from '../restore-step.ts';
import { shorten } from './lines.ts';
import type { RestoreReport } from './restore-report.ts';

const MAX_TO_FILL_IN = 20;
// Of what nothing is done with, nobody reads hundreds of lines.
const MAX_LEFT = 50;

const PLANNED = { create: 'To create', finish: 'To finish', replace: 'To replace' } as const;
const ENDED = { done: 'Done', failed: 'Failed, and not in', untried: 'Not tried, and not in' } as const;

/** @param report passed through the mask. */
export function describeRestore(report: RestoreReport): string {
  const { steps, lost, from, to = '', status } = report;
  const isPlan = status === 'planned';
  const lines = [
    ...(from === undefined ? [] : [describeOrigin(from, to), '']),
    ...(isPlan ? describePlan(steps) : describeResults(steps)),
    ...group('Left alone', steps, ({ action }) => action === 'leave', MAX_LEFT),
    ...group('Not restored', steps, ({ action }) => action === 'skip'),
    ...(lost.length === 0 ? [] : ['Does not come back:', ...lost.map((line) => `  ${line}`)]),
    describeEnd(report),
  ];
  return lines.join('\n');
}

function describeOrigin({ repository, ref, commit, date }: NonNullable<RestoreReport['from']>, to: string) {
  const source = `${printable(repository)}, ${printable(ref)} (${printable(commit).slice(0, 8)} of ${printable(date)})`;
  return `${source} → ${printable(to)}`;
}

function describePlan(steps: readonly StepResult[]): readonly string[] {
  return (['create', 'finish', 'replace'] as const).flatMap((action) =>
    group(PLANNED[action], steps, (step) => step.action === action),
  );
}

function describeResults(steps: readonly StepResult[]): readonly string[] {
  return (['done', 'failed', 'untried'] as const).flatMap((outcome) =>
    group(ENDED[outcome], steps, (step) => step.outcome === outcome),
  );
}

function group(
  title: string,
  steps: readonly StepResult[],
  isMember: (step: StepResult) => boolean,
  most = Number.POSITIVE_INFINITY,
): readonly string[] {
  const members = steps.filter(isMember);
  if (members.length === 0) {
    return [];
  }
  const lines = shorten(members.flatMap(describeStep), most);
  return [`${title} (${members.length}):`, ...lines.map((line) => `  ${line}`), ''];
}

function describeStep(step: StepResult): readonly string[] {
  const { kind, name, item, workspace, as, note, problem, toFillIn } = step;
  const what =
    item === undefined ? `"${printable(name)}"` : `"${printable(name)}", only "${printable(item)}"`;
  const copy = as === undefined ? '' : ` → "${printable(as)}"`;
  const remark = problem ?? note;
  const why = remark === undefined ? '' : `: ${printable(remark, 1000)}`;
  return [
    `${nameOfKind(kind).padEnd(12)}${what} (${printable(workspace)})${copy}${why}`,
    ...summarizeDifferences(step, (text) => `"${printable(text)}"`).map((line) => `    ${line}`),
    ...shorten(
      toFillIn.map((place) => `    to fill in: ${printable(place)}`),
      MAX_TO_FILL_IN,
    ),
  ];
}

function describeEnd({ status, steps, from }: RestoreReport): string {
  const { length: empty } = steps
    .filter(({ outcome }) => outcome === 'done')
    .flatMap(({ toFillIn }) => toFillIn);
  const values = empty === 1 ? '1 value is' : `${empty} values are`;
  const toFillIn = empty === 0 ? '' : ` ${values} to be filled in by hand.`;
  switch (status) {
    case 'planned':
      return 'Nothing was written: this is the plan. `--yes` carries it out.';
    case 'unchanged':
      return 'There was nothing to do.';
    case 'restored':
      return `Restored.${toFillIn}`;
    case 'partial':
    case 'failed':
      return `Not everything is restored. What is named as done is in, nothing else; run it again${withRef(from)} to finish it.${toFillIn}`;
  }
}

/** The branch may go on; in place it has what was there before the restore by now, and that is not what to restore. */
function withRef(from: RestoreReport['from']): string {
  return from === undefined ? '' : ` with \`--ref ${printable(from.commit).slice(0, 12)}\``;
}
