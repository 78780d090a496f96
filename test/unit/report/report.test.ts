import { describe, expect, it } from 'vitest';
import { KnownError } from '../../../src/errors.ts';
import type { Outcome } from '../../../src/model.ts';
import { aBackup, anOutcome, aReport, outcomes, reportOf } from './sample-report.ts';

function failed(code: string, fields: Partial<Outcome> = {}): Outcome {
  return anOutcome({ status: 'failed', code, ...fields });
}

describe('the status of a run', () => {
  it('is unchanged, exit 0, when nothing was changed', () => {
    expect(reportOf(anOutcome(), anOutcome({ status: 'kept' }))).toMatchObject({
      status: 'unchanged',
      exitCode: 0,
    });
  });

  it('is changed, exit 0, when something was', () => {
    const report = reportOf(anOutcome({ status: 'changed', changes: ['updated'] }));
    expect(report).toMatchObject({ status: 'changed', exitCode: 0 });
  });

  it('is changed when only the manifest was committed', () => {
    const backup = aBackup({
      outcomes: [anOutcome()],
      commits: [{ id: 'abc', title: 'Rebuild the manifest' }],
    });
    expect(aReport({ backups: [backup] }).status).toBe('changed');
  });

  it('is partial, exit 25, when some failed, whatever their code', () => {
    const report = reportOf(anOutcome(), failed('POSTMAN_UNAVAILABLE'));
    expect(report).toMatchObject({ status: 'partial', exitCode: 25 });
  });

  it('is failed with the common exit code when everything that was tried failed for one cause', () => {
    const report = reportOf(
      failed('POSTMAN_UNAVAILABLE'),
      failed('POSTMAN_ANSWER_UNEXPECTED'),
      anOutcome({ status: 'unverified' }),
    );
    expect(report).toMatchObject({ status: 'failed', exitCode: 22 });
  });

  it('is failed, exit 25, when everything failed for different causes', () => {
    const report = reportOf(failed('POSTMAN_UNAVAILABLE'), failed('POSTMAN_FORBIDDEN'));
    expect(report).toMatchObject({ status: 'failed', exitCode: 25 });
  });

  it('counts what another backup of the same run saved', () => {
    const backups = [
      aBackup({ outcomes: [failed('POSTMAN_UNAVAILABLE')] }),
      aBackup({ outcomes: [anOutcome({ status: 'changed', changes: ['added'] })] }),
    ];
    expect(aReport({ backups })).toMatchObject({ status: 'partial', exitCode: 25 });
  });

  it('is exit 23 when the quota ran out on the way', () => {
    const report = reportOf(anOutcome(), failed('POSTMAN_UNAVAILABLE'), failed('POSTMAN_QUOTA_EXHAUSTED'));
    expect(report).toMatchObject({ status: 'partial', exitCode: 23 });
  });

  it('is exit 25 for a failure whose code nobody knows', () => {
    expect(reportOf(failed('SOMETHING'))).toMatchObject({ status: 'failed', exitCode: 25 });
  });

  it('is refused, exit 26, before any failure counts', () => {
    const report = reportOf(anOutcome({ status: 'refused' }), failed('POSTMAN_QUOTA_EXHAUSTED'));
    expect(report).toMatchObject({ status: 'refused', exitCode: 26 });
  });

  it('is exit 0 for a dry run, whatever it found', () => {
    const backups = [
      aBackup({ outcomes: [failed('POSTMAN_UNAVAILABLE'), anOutcome({ status: 'refused' })] }),
    ];
    expect(aReport({ backups, dryRun: true })).toMatchObject({ status: 'dry-run', exitCode: 0 });
  });
});

describe('an error that ended the run', () => {
  it('decides, also in a dry run', () => {
    const error = new KnownError('POSTMAN_KEY_REFUSED', 'Postman refused the API key.');
    const backups = [aBackup({ outcomes: outcomes(2, { status: 'changed' }) })];
    expect(aReport({ error, backups, dryRun: true })).toMatchObject({
      status: 'failed',
      exitCode: 21,
      error: { code: 'POSTMAN_KEY_REFUSED', message: 'Postman refused the API key.', hint: error.hint },
    });
  });

  it.each([
    ['REMOVAL_REFUSED', 'refused', 26],
    ['LISTING_INCOMPLETE', 'partial', 25],
  ] as const)('%s makes it %s', (code, status, exitCode) => {
    expect(aReport({ error: new KnownError(code, '') })).toMatchObject({ status, exitCode });
  });

  it('is a bug, exit 1, when nobody knows it, and nothing but its name and message is kept', () => {
    const error = Object.assign(new TypeError('x is not a function'), { token: 'glpat-1', cause: 'glpat-2' });
    const report = aReport({ error });
    expect(report).toMatchObject({
      exitCode: 1,
      error: { code: 'BUG', message: 'TypeError: x is not a function' },
    });
    expect(JSON.stringify(report)).not.toContain('glpat');
  });
});

it('a report gives its times in ISO 8601, counts the calls of each host, and leaves out what is not known', () => {
  const callsByKind = { 'api.postman.example': { lists: 2, collections: 10 } };
  const cost = { callsByKind, waitedMs: 900, waitedForLimitsMs: 400 };
  expect(aReport({ cost, quota: { limit: 10, left: 3 } })).toEqual({
    version: 1,
    tool: '1.2.3',
    status: 'unchanged',
    exitCode: 0,
    startedAt: '2031-02-03T04:05:06.000Z',
    finishedAt: '2031-02-03T04:05:48.000Z',
    calls: { 'api.postman.example': 12 },
    callsByKind: { 'api.postman.example': { lists: 2, collections: 10 } },
    waitedMs: 900,
    waitedForLimitsMs: 400,
    quota: { limit: 10, left: 3 },
    backups: [],
  });
  expect(Object.keys(aReport())).not.toContain('quota');
});
