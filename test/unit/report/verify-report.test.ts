/** The result of a verification: one line, a status, an exit code; and what is said of it in log, report and tests. */
import { describe, expect, it } from 'vitest';
import { KnownError } from '../../../src/errors.ts';
import { describeVerify } from '../../../src/report/describe-verify.ts';
import { renderTests } from '../../../src/report/junit.ts';
import { renderVerify } from '../../../src/report/render-verify.ts';
import { NO_COST } from '../../../src/report/report.ts';
import { summarizeVerify } from '../../../src/report/verify-report.ts';
import { describeVerifyTests } from '../../../src/report/verify-tests.ts';
import type { VerifiedBackup, VerifiedResource } from '../../../src/verified.ts';

const at = new Date('2026-11-10T12:00:00Z');

function resource(name: string, about: Partial<VerifiedResource> = {}): VerifiedResource {
  return {
    ...{ kind: 'collections', uuid: name, name, workspace: 'Payments', path: `p/${name}.json` },
    ...{ state: 'restorable', isEdited: false, toFillIn: 0, remarks: [], postman: { state: 'same' } },
    ...about,
  };
}

function backup(about: Partial<VerifiedBackup> = {}): VerifiedBackup {
  return {
    ...{ repository: 'backup', ref: 'main', commit: '5a1f0c3e'.repeat(5), directory: 'p' },
    ...{ newest: '2026-11-10T10:00:00Z', isIndexed: true, isOverdue: false, resources: [resource('A')] },
    ...about,
  };
}

function reportOf(backups: readonly VerifiedBackup[], error?: unknown) {
  return summarizeVerify({ backups, error, startedAt: at, finishedAt: at, cost: NO_COST, tool: '1' });
}

const broken = resource('B', {
  state: 'broken',
  code: 'BACKUP_UNREADABLE',
  problem: '"p/B.json" is missing.',
});

describe('the result', () => {
  it('is one line: how many of how many, and how old', () => {
    const kept = resource('K', { kind: 'apis', state: 'kept' });

    expect(reportOf([backup({ resources: [resource('A'), broken] })]).summary).toBe(
      '1 of 2 restorable, newest 2 h old',
    );
    expect(reportOf([backup({ resources: [resource('A'), kept] })]).summary).toMatch(
      '1 of 1 restorable, 1 kept only,',
    );
  });

  it.each([
    ['2026-11-10T11:59:59Z', '0 min'],
    ['2026-11-10T11:00:01Z', '59 min'],
    ['2026-11-08T12:00:01Z', '47 h'],
    ['2026-11-08T12:00:00Z', '2 days'],
    ['2026-11-10T12:10:00Z', '0 min'],
  ])('counts from %s: %s', (newest, age) => {
    expect(reportOf([backup({ newest })]).summary).toBe(`1 of 1 restorable, newest ${age} old`);
  });

  it.each<[string, Partial<VerifiedBackup>, string, number]>([
    ['all is well', {}, 'verified', 0],
    ['Postman is newer', { resources: [resource('A', { postman: { state: 'newer' } })] }, 'verified', 0],
    ['it was edited by hand', { resources: [resource('A', { isEdited: true })] }, 'verified', 0],
    ['one cannot be read', { resources: [broken] }, 'broken', 27],
    ['the manifest cannot be read', { isIndexed: false }, 'broken', 27],
    [
      'a drill gave something else',
      { resources: [resource('A', { drill: { state: 'different', differences: [] } })] },
      'broken',
      27,
    ],
    [
      'an earlier version cannot be read',
      { past: { commits: 1, versions: 1, broken: [{ commit: 'c', date: 'd', path: 'p', problem: 'x' }] } },
      'broken',
      27,
    ],
    ['it is too old', { isOverdue: true }, 'overdue', 27],
  ])('when %s', (_, about, status, exitCode) => {
    expect(reportOf([backup(about)])).toMatchObject({ status, exitCode });
  });

  it('is that of the error which ended the run', () => {
    const error = new KnownError('POSTMAN_UNAVAILABLE', 'Postman is not there.');

    expect(reportOf([backup({ resources: [broken] })], error)).toMatchObject({
      status: 'failed',
      exitCode: 22,
    });
  });
});

describe('what is said of it', () => {
  const hostile = '<b>`x`</b>\n✖ FORGED';
  const report = reportOf([
    backup({
      resources: [
        broken,
        resource(hostile, {
          toFillIn: 2,
          postman: {
            state: 'newer',
            changedAt: '2026-11-10T11:00:00Z',
            differences: [{ piece: 'request', name: 'Ping', within: [], change: 'removed', holds: {} }],
          },
        }),
      ],
      notCompared: 'there is no Postman API key',
    }),
  ]);

  it('begins with the result in the log, and has every name on one line', () => {
    const lines = describeVerify(report).split('\n');

    expect(lines[0]).toBe('1 of 2 restorable, newest 2 h old (exit code 27)');
    expect(lines.filter((line) => line.startsWith('✖'))).toEqual([]);
    expect(lines.join('\n')).toContain('requests: removed "Ping"');
    expect(lines.join('\n')).toContain('2 secrets to fill in after a restore');
  });

  it('is text in Markdown, whatever the names are', () => {
    const text = renderVerify(report);

    expect(text).toMatch(/^# 1 of 2 restorable/);
    expect(text).toContain('### Not restorable');
    expect(text).not.toMatch(/^[^`]*<b>/m);
  });

  it('has a failing test for what cannot be restored, and none for what is newer', () => {
    const xml = renderTests(describeVerifyTests(report));

    expect(xml.match(/<failure>/g)).toHaveLength(1);
    expect(xml).toContain('BACKUP_UNREADABLE');
    expect(xml).not.toContain('<b>');
  });
});
