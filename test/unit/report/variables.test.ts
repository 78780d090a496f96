import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BackupResult } from '../../../src/report/report.ts';
import { describeVariables, renderVariables } from '../../../src/report/variables.ts';
import { aBackup, aReport, outcomes } from './sample-report.ts';

function write(...backups: BackupResult[]): string {
  return renderVariables(describeVariables(aReport({ backups })));
}

const commit = (id: string) => ({ id, title: 'Back up' });
const sha = '0123456789abcdef0123456789abcdef01234567';

describe('report.env', () => {
  it('says that nothing changed, and nothing of a commit or a merge request that is not there', () => {
    expect(write(aBackup())).toBe('POSTMAN_BACKUP_CHANGED=false\n');
  });

  it('names the last commit and the merge request', () => {
    const mergeRequest = {
      iid: 7,
      url: 'https://gitlab.example/platform/apis/-/merge_requests/7',
      state: 'created',
    } as const;

    expect(
      write(
        aBackup({ commits: [commit('f'.repeat(40))] }),
        aBackup({ commits: [commit(sha)], mergeRequest }),
      ),
    ).toBe(
      `POSTMAN_BACKUP_CHANGED=true
POSTMAN_BACKUP_COMMIT_SHA=${sha}
POSTMAN_BACKUP_MR_URL=https://gitlab.example/platform/apis/-/merge_requests/7
`,
    );
  });

  it('names a merge request that an earlier run has opened', () => {
    const mergeRequest = { iid: 7, url: 'https://gitlab.example/7', state: 'created' } as const;

    expect(write(aBackup({ mergeRequest }))).toBe(
      'POSTMAN_BACKUP_CHANGED=false\nPOSTMAN_BACKUP_MR_URL=https://gitlab.example/7\n',
    );
  });

  it('names no merge request that was closed', () => {
    const mergeRequest = { iid: 7, url: 'https://gitlab.example/7', state: 'closed' } as const;

    expect(write(aBackup({ mergeRequest }))).toBe('POSTMAN_BACKUP_CHANGED=false\n');
  });

  it('calls nothing changed that was not committed', () => {
    expect(write(aBackup({ outcomes: outcomes(1, { status: 'changed' }) }))).toBe(
      'POSTMAN_BACKUP_CHANGED=false\n',
    );
  });

  // GitLab: a line is `name=value`, no line is empty, 5 KB, and a `$` in a value is expanded.
  it('has no line and no variable that an address could add', () => {
    const address = fc.tuple(
      fc.constantFrom('', 'https://gitlab.example/', 'http://'),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(address, fc.string(), ([host, path], id) => {
        const mergeRequest = { iid: 1, url: `${host}${path}`, state: 'created' } as const;
        const text = write(aBackup({ commits: [commit(id)], mergeRequest }));
        expect(text).toMatch(
          /^POSTMAN_BACKUP_CHANGED=true\n(POSTMAN_BACKUP_COMMIT_SHA=[0-9a-f]{40,64}\n)?(POSTMAN_BACKUP_MR_URL=https?:\/\/[!-#%-~]+\n)?$/,
        );
      }),
    );
  });

  it.each([
    'https://gitlab.example/\nLD_PRELOAD=x',
    'https://gitlab.example/$CI_JOB_TOKEN',
    'https://gitlab.example/a b',
  ])('takes %j for an address and nothing else', (url) => {
    const { POSTMAN_BACKUP_MR_URL: value } = describeVariables(
      aReport({ backups: [aBackup({ mergeRequest: { iid: 1, url, state: 'created' } })] }),
    );

    expect(value).toMatch(/^https:\/\/gitlab\.example\/[\w%=]+$/);
  });
});
