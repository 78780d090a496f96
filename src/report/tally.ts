/** Counts the outcomes of one backup: a row for each kind, a column for each thing that can become of a resource. */

import type { ChangeType, Outcome } from '../model.ts';

type Column =
  | 'added'
  | 'updated'
  | 'renamed'
  | 'removed'
  | 'unchanged'
  | 'unverified'
  | 'failed'
  | 'kept'
  | 'skipped'
  | 'refused';

type Tally = {
  readonly columns: readonly Column[];
  readonly rows: readonly { readonly label: string; readonly counts: readonly number[] }[];
};

const ALWAYS = ['added', 'updated', 'renamed', 'removed', 'unchanged', 'unverified', 'failed'] as const;
const WHEN_ANY = ['kept', 'skipped', 'refused'] as const;

/** The last row is the total, when there is more than one kind. */
export function tally(outcomes: readonly Outcome[]): Tally {
  const counted = outcomes.map((outcome) => ({ kind: outcome.kind, column: columnOf(outcome) }));
  const columns = [...ALWAYS, ...WHEN_ANY.filter((column) => counted.some((one) => one.column === column))];
  const countOf = (some: readonly { column: Column }[]) =>
    columns.map((column) => some.filter((one) => one.column === column).length);

  const kinds = [...new Set(counted.map(({ kind }) => kind))].sort();
  const rows = kinds.map((kind) => ({
    label: kind as string,
    counts: countOf(counted.filter((one) => one.kind === kind)),
  }));
  return { columns, rows: kinds.length > 1 ? [...rows, { label: 'total', counts: countOf(counted) }] : rows };
}

/** A resource is counted once, by the most telling thing that happened to it. */
export function columnOf({ status, changes = [] }: Outcome): Column {
  if (status !== 'changed') {
    return status;
  }
  const has = (...types: ChangeType[]) => types.some((type) => changes.includes(type));
  if (has('removed', 'archived')) {
    return 'removed';
  }
  if (has('added', 'restored')) {
    return 'added';
  }
  return has('renamed', 'moved') ? 'renamed' : 'updated';
}
