/** Reports for the tests of the notice board: the smallest valid ones, and what a test wants to differ. */

import type { Outcome, Workspace } from '../../../src/model.ts';
import { type BackupResult, NO_COST, type Report, summarize } from '../../../src/report/report.ts';

export const payments: Workspace = { id: 'workspace-1', name: 'Payments' };

let count = 0;

export function anOutcome(fields: Partial<Outcome> = {}): Outcome {
  count += 1;
  return {
    kind: 'collections',
    uuid: `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`,
    name: 'Orders',
    workspace: payments.id,
    status: 'unchanged',
    ...fields,
  };
}

export function outcomes(number: number, fields: Partial<Outcome> = {}): Outcome[] {
  return Array.from({ length: number }, () => anOutcome(fields));
}

export function aBackup(fields: Partial<BackupResult> = {}): BackupResult {
  return {
    destination: 'platform/apis',
    branch: 'main',
    directory: 'Postman Collections',
    workspaces: [payments],
    outcomes: [],
    commits: [],
    verification: { mode: 'full', fetched: 0, rechecked: 0, unverified: 0 },
    warnings: [],
    ...fields,
  };
}

type RunFields = Partial<Parameters<typeof summarize>[0]>;

export function aReport(fields: RunFields = {}): Report {
  return summarize({
    backups: [],
    dryRun: false,
    startedAt: new Date('2031-02-03T04:05:06.000Z'),
    finishedAt: new Date('2031-02-03T04:05:48.000Z'),
    cost: NO_COST,
    tool: '1.2.3',
    ...fields,
  });
}

export function reportOf(...some: Outcome[]): Report {
  return aReport({ backups: [aBackup({ outcomes: some })] });
}
