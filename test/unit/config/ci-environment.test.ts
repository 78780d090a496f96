/** What GitLab tells a job about itself. */
import { describe, expect, it } from 'vitest';
import { readCiEnvironment } from '../../../src/config/ci-environment.ts';

describe('the CI environment', () => {
  it('is nothing outside of GitLab', () => {
    expect(readCiEnvironment({ CI_PROJECT_ID: '', GITLAB_CI: '' })).toEqual({ inCi: false });
  });

  it('names what a job needs', () => {
    const env = {
      ...{ GITLAB_CI: 'true', CI_SERVER_URL: 'https://gitlab.example/', CI_PROJECT_ID: '7', CI_JOB_ID: '99' },
      ...{ CI_PROJECT_PATH: 'a/b', CI_DEFAULT_BRANCH: 'main', CI_JOB_TOKEN: 'sample-job-token' },
      ...{ GITLAB_USER_NAME: 'Ada', GITLAB_USER_EMAIL: 'ada@example.org' },
    };
    expect(readCiEnvironment(env)).toEqual({
      ...{ inCi: true, serverUrl: 'https://gitlab.example', projectId: '7', jobId: '99', projectPath: 'a/b' },
      ...{
        defaultBranch: 'main',
        jobToken: 'sample-job-token',
        userName: 'Ada',
        userEmail: 'ada@example.org',
      },
    });
  });

  it.each(['https://example.org/gitlab/api/v4', 'https://example.org/gitlab/api/v4/'])(
    'takes the address from that of the API first: %s',
    (CI_API_V4_URL) => {
      expect(readCiEnvironment({ CI_API_V4_URL, CI_SERVER_URL: 'https://wrong.example' }).serverUrl).toBe(
        'https://example.org/gitlab',
      );
    },
  );
});
