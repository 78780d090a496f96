import { describe, expect, it } from 'vitest';
import type { Difference } from '../../../src/model.ts';
import { describeReport } from '../../../src/report/describe-report.ts';
import type { BackupResult } from '../../../src/report/report.ts';
import { aBackup, anOutcome, aReport, outcomes, payments, reportOf } from './sample-report.ts';

function linesOf(...some: ReturnType<typeof anOutcome>[]): string[] {
  return describeReport(reportOf(...some)).split('\n');
}

function verificationOf(verification: Partial<BackupResult['verification']>, some = outcomes(3)): string {
  const backup = aBackup({
    outcomes: some,
    verification: { mode: 'listed', fetched: 0, rechecked: 0, unverified: 0, ...verification },
  });
  return describeReport(aReport({ backups: [backup] }));
}

describe('the end of the log', () => {
  it('tells below a resource what changed in it, in a few lines', () => {
    const differences = ['a', 'b', 'c', 'd'].map(
      (name): Difference => ({
        piece: 'request',
        name: `${name}\n`,
        within: [],
        change: 'removed',
        holds: {},
      }),
    );
    const lines = linesOf(anOutcome({ status: 'changed', changes: ['updated'], differences }));
    expect(lines).toContain('            requests: removed "a"; removed "b"; removed "c"; and 1 more');
  });

  it('tells the whole story of a run', () => {
    const backup = aBackup({
      outcomes: [
        anOutcome({ status: 'changed', changes: ['added'], name: 'Orders' }),
        anOutcome({ status: 'changed', changes: ['renamed', 'updated'], name: 'Billing', previous: 'Bills' }),
        anOutcome({
          status: 'changed',
          changes: ['updated'],
          name: 'Prod',
          kind: 'environments',
          hidden: true,
        }),
        ...outcomes(10),
      ],
      commits: [{ id: '1a2b3c4d5e6f', url: 'https://gitlab.example/c/1a2b', title: 'Back up 3 resources' }],
      warnings: ['The token expires in 6 days.'],
    });
    const report = aReport({
      backups: [backup],
      cost: {
        callsByKind: {
          'gitlab.example': { branches: 1, tree: 1, blobs: 1 },
          'api.postman.example': { workspaces: 1, lists: 2, me: 1, collections: 11 },
        },
        waitedMs: 35_400,
        waitedForLimitsMs: 31_400,
      },
      quota: { limit: 10000, left: 8412 },
    });
    expect(describeReport(report)).toBe(`platform/apis · main · Postman Collections
  added     collection  Orders
  renamed, updated collection  Billing (was Bills)
  updated   environment Prod (edit not shown by Postman's list)

                added  updated  renamed  removed  unchanged  unverified  failed
  collections       1        0        1        0         10           0       0
  environments      0        1        0        0          0           0       0
  total             1        1        1        0         10           0       0

  commit    1a2b3c4d  Back up 3 resources  https://gitlab.example/c/1a2b
  All 13 resources verified.
! The token expires in 6 days.

18 API calls: api.postman.example 15 (collections 11, lists 2, workspaces 1, me 1), gitlab.example 3 (branches 1, tree 1, blobs 1).
31 s waiting for rate limits and 4 s waiting for retries.
8412 of 10000 Postman calls are left this month.
All changes that were found are backed up. (42 s)`);
  });

  it.each([
    [999, 999, []],
    [2_000, 2_000, ['2 s waiting for rate limits.']],
    [2_000, 500, ['2 s waiting for retries.']],
  ])('says how long a run waited (%i ms, %i of them for limits), from a second on', (all, limits, lines) => {
    const cost = { callsByKind: {}, waitedMs: all, waitedForLimitsMs: limits };
    const said = describeReport(aReport({ cost })).split('\n');
    expect(said.filter((line) => line.includes('waiting'))).toEqual(lines);
  });

  it('says nothing about single resources when nothing has changed', () => {
    const lines = linesOf(...outcomes(500));
    expect(lines.length).toBeLessThan(12);
    expect(lines.at(-1)).toBe('No change was found, no commit was made. (42 s)');
  });

  it('names what was kept and skipped, and counts it', () => {
    const lines = linesOf(
      anOutcome({ status: 'kept', name: 'Old', note: 'gone from Postman' }),
      anOutcome({ status: 'skipped', name: 'Mine' }),
    );
    expect(lines).toContain('  kept      collection  Old: gone from Postman');
    expect(lines).toContain('  skipped   collection  Mine');
    expect(lines.find((line) => line.includes('added'))).toMatch(/failed {2}kept {2}skipped$/u);
  });

  it('counts archived as removed, repaired as updated, moved as renamed', () => {
    const lines = linesOf(
      anOutcome({ status: 'changed', changes: ['archived'] }),
      anOutcome({ status: 'changed', changes: ['repaired'] }),
      anOutcome({ status: 'changed', changes: ['moved'] }),
    );
    expect(
      lines
        .find((line) => line.startsWith('  collections'))
        ?.match(/\d+/gu)
        ?.slice(0, 4),
    ).toEqual(['0', '1', '1', '1']);
  });

  it('names the workspace of a resource when there are several', () => {
    const workspaces = [payments, { id: 'workspace-2', name: 'Shipping' }];
    const some = [anOutcome({ status: 'kept', workspace: 'workspace-2' })];
    const report = aReport({ backups: [aBackup({ workspaces, outcomes: some })] });
    expect(describeReport(report)).toContain('collection  Orders (in Shipping)');
  });

  it('lists what a dry run would do, once', () => {
    const backup = aBackup({ outcomes: [anOutcome({ status: 'changed', changes: ['added'] })] });
    const text = describeReport(aReport({ backups: [backup], dryRun: true }));
    expect(text.match(/collection {2}Orders/g)).toHaveLength(1);
    expect(text).toContain('Dry run: nothing was written. (42 s)');
  });

  it('lets no name break its line', () => {
    const lines = linesOf(anOutcome({ status: 'kept', name: 'a\n✖ forged\u001b[2K' }));
    expect(lines).toContain('  kept      collection  a ✖ forged [2K');
  });
});

describe('failures in the log', () => {
  it('are grouped by reason, with three examples and the way out', () => {
    const lines = linesOf(
      anOutcome({ status: 'failed', code: 'RESOURCE_INVALID', note: 'no info', name: 'Odd' }),
      ...outcomes(50, { status: 'failed', code: 'POSTMAN_UNAVAILABLE', note: '503', name: 'Orders' }),
    );
    const start = lines.indexOf('  failed    50 × POSTMAN_UNAVAILABLE  503');
    expect(lines.slice(start + 1, start + 5)).toEqual([
      '            collection  Orders',
      '            collection  Orders',
      '            collection  Orders',
      '            … and 47 more',
    ]);
    expect(lines[start + 5]).toMatch(/^ {12}Fix {2}Run it again later/u);
    expect(lines[start + 6]).toBe('  failed    1 × RESOURCE_INVALID  no info');
    expect(lines.at(-1)).toMatch(/^The backup failed; .* \(exit code 25, 42 s\)$/u);
  });

  it('are cut after ten reasons, never silently', () => {
    const some = Array.from({ length: 14 }, (_, index) =>
      anOutcome({ status: 'failed', note: `reason ${index}` }),
    );
    const lines = linesOf(...some);
    expect(lines.filter((line) => line.includes(' × '))).toHaveLength(10);
    expect(lines).toContain('  failed    … and 4 more for other reasons');
  });
});

describe('refused resources in the log', () => {
  it('are named with the place of each finding, at most ten', () => {
    const findings = Array.from({ length: 12 }, (_, index) => ({
      rule: 'secret-variable',
      path: `variable[${index}]`,
    }));
    const lines = linesOf(anOutcome({ status: 'refused', name: 'Orders', findings }));
    const start = lines.indexOf('  refused   collection  Orders (12 secrets found)');
    expect(lines[start + 1]).toBe('            secret-variable at variable[0]');
    expect(lines[start + 11]).toBe('            … and 2 more');
  });
});

describe('the sentence about verification', () => {
  it.each([
    [{}, outcomes(3), 'All 3 resources verified.'],
    [{}, outcomes(1), 'The only resource was verified.'],
    [{}, [], 'There was nothing to verify.'],
    [
      {},
      [anOutcome({ status: 'changed', changes: ['removed'] }), ...outcomes(2)],
      'All 2 resources verified.',
    ],
    [
      {},
      [anOutcome({ status: 'failed' }), ...outcomes(2)],
      '2 of 3 resources verified; 1 failed or refused.',
    ],
    [
      { unverified: 4980, runsUntilVerified: 26 },
      outcomes(20),
      '4980 of 5000 not verified in this run; at this rate all are verified every 26 runs.',
    ],
    [
      { unverified: 7, runsUntilVerified: 1 },
      [anOutcome({ status: 'failed' }), ...outcomes(2)],
      '7 of 10 not verified in this run; at this rate all are verified every run; 1 failed or refused.',
    ],
    [
      { unverified: 7, runsUntilVerified: 4, expectation: true },
      outcomes(3),
      '7 of 10 not verified in this run; at this rate each is verified every 4 runs on average (there is no state file, so the picks are random).',
    ],
  ])('for %j', (verification, some, sentence) => {
    expect(verificationOf(verification, some)).toContain(`\n  ${sentence}\n`);
  });

  it('says aloud when it will never be', () => {
    expect(verificationOf({ unverified: 7 })).toContain(
      '7 of 10 not verified in this run, and at this rate never:',
    );
  });
});
