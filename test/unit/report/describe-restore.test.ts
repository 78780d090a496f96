/** What people read of a restore: what would be done, what was, and what is not in. */
import { describe, expect, it } from 'vitest';
import { KnownError } from '../../../src/errors.ts';
import { describeRestore } from '../../../src/report/describe-restore.ts';
import { failedRestore, summarizeRestore } from '../../../src/report/restore-report.ts';
import type { StepResult } from '../../../src/restore-step.ts';

const step = { kind: 'collections', uuid: 'u', name: 'Orders', workspace: 'Payments', toFillIn: [] } as const;
const create: StepResult = {
  ...step,
  action: 'create',
  as: 'Orders (restored 2026-11-01)',
  toFillIn: ['variable a'],
};
const from = { repository: 'payments', ref: 'main', commit: '1f0c55d2aa', date: '2026-10-31' };

function report(steps: readonly StepResult[], isPlan = false) {
  return summarizeRestore({ tool: '1', isPlan, from, to: 'in place', steps, lost: ['monitor: history'] });
}

describe('a plan', () => {
  it('shows what would be done, what is left alone, and what is to be filled in', () => {
    const left: StepResult = {
      ...step,
      name: 'Refunds\u202e',
      action: 'leave',
      note: 'it is the same in Postman',
    };
    const text = describeRestore(report([create, left, { ...step, action: 'skip', note: 'gone' }], true));
    expect(text).toBe(
      [
        'payments, main (1f0c55d2 of 2026-10-31) → in place',
        '',
        'To create (1):',
        '  collection  "Orders" (Payments) → "Orders (restored 2026-11-01)"',
        '      to fill in: variable a',
        '',
        'Left alone (1):',
        '  collection  "Refunds" (Payments): it is the same in Postman',
        '',
        'Not restored (1):',
        '  collection  "Orders" (Payments): gone',
        '',
        'Does not come back:',
        '  monitor: history',
        'Nothing was written: this is the plan. `--yes` carries it out.',
      ].join('\n'),
    );
  });
});

describe('a restore', () => {
  it.each<[readonly StepResult[], string, number]>([
    [[{ ...create, outcome: 'done' }], 'restored', 0],
    [[{ ...step, action: 'leave' }], 'unchanged', 0],
    [
      [
        { ...create, outcome: 'done' },
        { ...create, outcome: 'failed', code: 'POSTMAN_UNAVAILABLE' },
      ],
      'partial',
      25,
    ],
    [
      [
        { ...create, outcome: 'failed', code: 'POSTMAN_UNAVAILABLE' },
        { ...create, outcome: 'untried' },
      ],
      'failed',
      22,
    ],
    [
      [
        { ...create, outcome: 'failed', code: 'POSTMAN_UNAVAILABLE' },
        { ...create, outcome: 'failed', code: 'RESTORE_REFUSED' },
      ],
      'failed',
      25,
    ],
  ])('ends by what its steps came to (%#)', (steps, status, exitCode) => {
    expect(report(steps)).toMatchObject({ status, exitCode });
  });

  it('says exactly what is in and what is not', () => {
    const text = describeRestore(
      report([
        { ...create, outcome: 'done' },
        { ...step, action: 'create', outcome: 'failed', code: 'POSTMAN_FORBIDDEN', problem: 'No right.' },
        { ...step, kind: 'mocks', action: 'create', outcome: 'untried' },
      ]),
    );
    expect(text).toContain('Done (1):\n  collection  "Orders" (Payments) → "Orders (restored 2026-11-01)"');
    expect(text).toContain('Failed, and not in (1):\n  collection  "Orders" (Payments): No right.');
    expect(text).toContain('Not tried, and not in (1):\n  mock        "Orders" (Payments)');
    expect(text).toContain(
      'run it again with `--ref 1f0c55d2aa` to finish it. 1 value is to be filled in by hand.',
    );
  });

  it('that ended before it began has the code of its error', () => {
    const error = new KnownError('WORKSPACE_NOT_FOUND', 'There is none.');
    expect(failedRestore(error, '1')).toMatchObject({ exitCode: 20, error: { code: 'WORKSPACE_NOT_FOUND' } });
  });
});
