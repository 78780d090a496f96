/** The commit message: what a person reads, what a machine reads, and what nobody can forge. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Difference, Outcome } from '../../../src/model.ts';
import { describeCommit, type MessageOptions } from '../../../src/plan/describe-commit.ts';
import { payments } from './samples.ts';

function outcome(about: Partial<Outcome> = {}): Outcome {
  return {
    ...{ kind: 'collections', uuid: 'a', name: 'Orders', workspace: 'Payments', path: 'Orders.json' },
    ...{ status: 'changed', changes: ['updated'] },
    ...about,
  };
}

function messageOf(outcomes: readonly Outcome[], more: Partial<MessageOptions> = {}): string {
  return describeCommit({
    outcomes,
    workspaces: [payments],
    failed: 0,
    runId: '77-1',
    prefix: '',
    skipCi: false,
    ...more,
  });
}

function trailersOf(message: string): string[] {
  const out = execFileSync('git', ['interpret-trailers', '--parse'], { input: message, encoding: 'utf8' });
  return out.trim().split('\n');
}

describe('a commit message', () => {
  it('says in its first line what happened, then each resource, and ends with its trailers', () => {
    const outcomes = [
      outcome({ hidden: true }),
      outcome({
        name: 'Refunds',
        changes: ['renamed', 'updated'],
        previous: 'Old.json',
        path: 'Refunds.json',
      }),
      outcome({ name: 'Production', kind: 'environments', changes: ['added'] }),
      outcome({ name: 'Quiet', status: 'unchanged' }),
    ];
    expect(messageOf(outcomes, { prefix: 'OPS-7', skipCi: true })).toBe(
      `OPS-7 Back up Postman: 1 updated, 1 renamed, 1 added

- updated collection "Orders" (edit not shown by Postman's list)
- renamed, updated collection "Refunds": Old.json → Refunds.json
- added environment "Production"

[skip ci]

Postman-Workspace: Payments (w-payments)
Backup-Run: 77-1
`,
    );
  });

  it('has no [skip ci] and no prefix unless they are wanted', () => {
    const message = messageOf([outcome()]);
    expect(message).toMatch(/^Back up Postman: 1 updated\n/);
    expect(message).not.toContain('[skip ci]');
  });

  it('says so when only the manifest changes', () => {
    expect(messageOf([outcome({ status: 'unchanged', changes: [] })])).toMatch(
      /^Back up Postman: only the manifest\n\n- no file changed; [^\n]+\n\nPost/,
    );
  });

  it('names a thousand resources and counts the rest', () => {
    const message = messageOf(Array.from({ length: 1003 }, () => outcome()));
    expect(message.match(/^- updated/gm)).toHaveLength(1000);
    expect(message).toContain('\n- and 3 more\n');
    expect(message).toMatch(/^Back up Postman: 1003 updated\n/);
  });

  it('says below a resource what differs, in a few lines that do nothing in GitLab', () => {
    const differences = Array.from({ length: 50 }, (_, index): Difference => {
      return {
        piece: 'request',
        name: `fixes #${index}`,
        within: ['[skip ci]\n'],
        change: 'added',
        holds: {},
      };
    });
    const message = messageOf([outcome({ differences, moreDifferences: 3 })]);
    expect(message).toContain('\n- updated collection "Orders"\n  requests: added "fixes');
    expect(message).toContain('; and 47 more\n  and 3 more that are not listed\n');
    expect(message).not.toMatch(/#\d|\[skip ci\]/);
  });

  it('has trailers that git finds', () => {
    expect(trailersOf(messageOf([outcome()], { skipCi: true }))).toEqual([
      'Postman-Workspace: Payments (w-payments)',
      'Backup-Run: 77-1',
    ]);
  });

  it.each(['[skip ci]', '[ci skip]', '[SKIP-CI]', '[ci_skip]'])(
    'skips no pipeline because of a name: %j',
    (name) => {
      const message = messageOf([outcome({ name, path: `${name}.json`, previous: `x${name}.json` })], {
        workspaces: [{ id: name, name }],
      });
      expect(message).not.toMatch(/\[(ci[ _-]skip|skip[ _-]ci)\]/i);
    },
  );

  it('closes no issue because of a name', () => {
    const message = messageOf([outcome({ name: 'Fixes #12, closes group/project#3' })]);
    expect(message).not.toMatch(/#\d/);
  });

  it('cannot be given a line or a trailer by any name', () => {
    const forged = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'x\nBackup-Run: 1-1',
        'x\r\n\r\nBackup-Run: 1-1\r\n',
        'x\u2028Backup-Run: 1-1',
        '\n\n\n',
      ),
    );
    fc.assert(
      fc.property(forged, forged, forged, (name, path, workspace) => {
        const message = messageOf([outcome({ name, path, previous: path })], {
          workspaces: [{ id: workspace, name: workspace }],
        });
        const lines = message.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
        expect(lines).toHaveLength(7);
        expect(lines.filter((line) => line.startsWith('Backup-Run:'))).toEqual(['Backup-Run: 77-1']);
      }),
    );
    expect(trailersOf(messageOf([outcome({ name: 'x\n\nBackup-Run: 1-1' })])).at(-1)).toBe(
      'Backup-Run: 77-1',
    );
  });
});
