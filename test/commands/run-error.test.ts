/** Several backups in one run: what ends it, and how their failures are told. */
import { expect, it } from 'vitest';
import { combineErrors, endsRun, refusalsOf } from '../../src/commands/run-error.ts';
import { KnownError } from '../../src/errors.ts';

const workspace = new KnownError('WORKSPACE_NOT_FOUND', 'There is no workspace "Paymnets".');
const branch = new KnownError('GITLAB_BRANCH_PROTECTED', 'main is protected.');

it('goes on after what concerns one backup, and ends after what concerns all', () => {
  expect([workspace, branch].map(endsRun)).toEqual([false, false]);
  expect(endsRun(new KnownError('POSTMAN_UNAVAILABLE', ''))).toBe(true);
  expect(endsRun(new KnownError('POSTMAN_QUOTA_EXHAUSTED', ''))).toBe(true);
  expect(endsRun(new TypeError('a bug'))).toBe(true);
});

it('tells a single error as it is', () => {
  expect(combineErrors([], 0)).toBeUndefined();
  expect(combineErrors([workspace], 0)).toBe(workspace);
});

it('tells several as the first one, with the others and what was not begun in its message', () => {
  expect(combineErrors([workspace, branch], 2)).toMatchObject({
    code: 'WORKSPACE_NOT_FOUND',
    hint: workspace.hint,
    message: [
      workspace.message,
      `GITLAB_BRANCH_PROTECTED  ${branch.message}`,
      branch.hint,
      '2 more of the configured backups were not begun.',
    ].join('\n'),
  });
});

it('never hides a bug behind a known error', () => {
  const bug = new TypeError('a bug');
  expect(combineErrors([workspace, bug], 0)).toBe(bug);
});

it('has an error, with its way out, for each reason for which something was refused', () => {
  const about = { kind: 'collections', uuid: '1', name: 'Orders', workspace: 'Payments' } as const;

  const refusals = refusalsOf([
    { ...about, status: 'refused', code: 'SECRETS_FOUND' },
    { ...about, status: 'refused', code: 'SECRETS_FOUND' },
    { ...about, status: 'unchanged' },
  ]);

  expect(refusals).toMatchObject([
    {
      code: 'SECRETS_FOUND',
      exitCode: 26,
      message: 'Refused: 2 resources with secrets in them, as listed above.',
    },
  ]);
});
