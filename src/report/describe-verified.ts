/** What was found out about one resource of a backup, in the words that the log, report.md and junit.xml share. */

import { describeRest, listDifferences, type Quote } from '../describe-differences.ts';
import { groupBy } from '../group-by.ts';
import type { Drilled, VerifiedBackup, VerifiedResource } from '../verified.ts';
import { isSound } from './verify-report.ts';

/** The most telling thing that was found out about a resource. */
export type Finding = 'broken' | 'edited' | 'newer' | 'gone' | 'unknown' | 'same';

export const TITLES: Readonly<Record<Exclude<Finding, 'same'>, string>> = {
  broken: 'Not restorable',
  edited: 'Edited by hand since the backup, and restorable as it is now',
  newer: 'Newer in Postman',
  gone: 'Only in the backup',
  unknown: 'Not compared with Postman',
};

/** @returns the resources of a backup, each once, by the most telling thing. */
export function groupByFinding(backup: VerifiedBackup): ReadonlyMap<Finding, readonly VerifiedResource[]> {
  return groupBy(backup.resources, (one) => findingOf(one, backup));
}

function findingOf(one: VerifiedResource, { notCompared }: VerifiedBackup): Finding {
  if (!isSound(one)) {
    return 'broken';
  }
  if (one.isEdited) {
    return 'edited';
  }
  // When nothing was compared, one line says so.
  return one.postman.state === 'unknown' && notCompared !== undefined ? 'same' : one.postman.state;
}

/** @returns lines about a resource, below its name. */
export function describeVerified(one: VerifiedResource, quote: Quote): readonly string[] {
  const { problem, code, toFillIn, remarks, drill } = one;
  return [
    ...(problem === undefined ? [] : [`${code}: ${quote(problem)}`]),
    ...describePostman(one, quote),
    ...(drill === undefined ? [] : describeDrilled(one, drill, quote)),
    ...(toFillIn === 0
      ? []
      : [`${toFillIn} ${toFillIn === 1 ? 'secret' : 'secrets'} to fill in after a restore`]),
    ...remarks.map((remark) => `not as the format says: ${quote(remark)}`),
  ];
}

function describePostman({ kind, postman }: VerifiedResource, quote: Quote): readonly string[] {
  switch (postman.state) {
    case 'same':
      return [];
    case 'gone':
      return ['not in Postman any more'];
    case 'unknown':
      return [`not compared: ${quote(postman.why)}`];
    case 'newer': {
      const { changedAt, differences, moreDifferences } = postman;
      return [
        changedAt === undefined ? 'newer in Postman' : `newer in Postman, changed ${changedAt}`,
        ...(differences === undefined
          ? ['too large to be compared']
          : listDifferences({ kind, differences }, quote)),
        ...describeRest({ kind, ...(moreDifferences === undefined ? {} : { moreDifferences }) }),
      ];
    }
  }
}

function describeDrilled({ kind }: VerifiedResource, drill: Drilled, quote: Quote): readonly string[] {
  switch (drill.state) {
    case 'same':
      return [];
    case 'left-out':
      return [`left out of the drill: ${drill.why}`];
    case 'failed':
      return [`Postman did not take it back in the drill: ${drill.code}: ${quote(drill.problem)}`];
    case 'different':
      return [
        'came back otherwise in the drill',
        ...listDifferences({ kind, differences: drill.differences }, quote),
      ];
  }
}
