/** What GitLab tells a job about itself (predefined CI/CD variables). */

export type Env = Readonly<Record<string, string | undefined>>;

export type CiEnvironment = {
  readonly inCi: boolean;
  /** GitLab's address, with the path of a relative-URL install, without a slash at the end. */
  readonly serverUrl?: string;
  readonly projectId?: string;
  readonly projectPath?: string;
  readonly defaultBranch?: string;
  /** That the pipeline runs for; absent for a tag or a merge request. */
  readonly commitBranch?: string;
  /** The pipeline's commit. */
  readonly commitSha?: string;
  readonly jobToken?: string;
  readonly jobId?: string;
  /** Who started the job: for a schedule its owner. */
  readonly userName?: string;
  readonly userEmail?: string;
};

export function readCiEnvironment(env: Env): CiEnvironment {
  const apiUrl = given(env['CI_API_V4_URL']);
  const serverUrl = apiUrl?.replace(/\/api\/v4\/?$/, '') ?? given(env['CI_SERVER_URL']);
  const entries = {
    serverUrl: serverUrl?.replace(/\/+$/, ''),
    projectId: given(env['CI_PROJECT_ID']),
    projectPath: given(env['CI_PROJECT_PATH']),
    defaultBranch: given(env['CI_DEFAULT_BRANCH']),
    commitBranch: given(env['CI_COMMIT_BRANCH']),
    commitSha: given(env['CI_COMMIT_SHA']),
    jobToken: given(env['CI_JOB_TOKEN']),
    jobId: given(env['CI_JOB_ID']),
    userName: given(env['GITLAB_USER_NAME']),
    userEmail: given(env['GITLAB_USER_EMAIL']),
  };
  return { inCi: given(env['GITLAB_CI']) !== undefined, ...withoutUndefined(entries) };
}

function given(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : value;
}

function withoutUndefined<T extends Record<string, string | undefined>>(entries: T) {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as {
    readonly [K in keyof T]?: string;
  };
}
