/** Opens what a backup talks to: Postman as its source, GitLab or git as its repository. */
import type { CiEnvironment, Env } from '../config/ci-environment.ts';
import type { BackupConfig, Destination } from '../config/config.ts';
import { createGitRepository } from '../git/repository.ts';
import { createGitLabRepository } from '../gitlab/repository.ts';
import { createHttpClient, type HttpEvent } from '../http/client.ts';
import { createPace, type Pace } from '../http/pace.ts';
import { assertProxyHonoured } from '../http/proxy.ts';
import type { CommitAuthor } from '../model.ts';
import { isQuotaExhausted } from '../postman/errors.ts';
import { postmanPaceRules } from '../postman/pace.ts';
import { createPostmanSource } from '../postman/source.ts';
import type { Repository, Source } from './ports.ts';

export type Surroundings = {
  readonly env: Env;
  readonly ci: CiEnvironment;
  readonly nodeVersion: string;
  readonly temporaryDirectory: string;
  readonly now: () => Date;
  /** Hears of each request and each wait. */
  readonly onHttpEvent: (host: string, event: HttpEvent) => void;
};

// Commits that were certainly not made are tried again after so many milliseconds.
const COMMIT_RETRY_DELAYS = [2_000, 8_000, 20_000];
const ANONYMOUS: CommitAuthor = { name: 'postman-gitlab', email: 'postman-gitlab@localhost' };

/** @returns functions that open connections; those with the same key share its rate limit. */
export function createConnections(surroundings: Surroundings) {
  const paces = new Map<string, Pace>();

  function openSource({ postman }: BackupConfig): Source {
    const pace = paces.get(postman.apiKey) ?? createPace(postmanPaceRules);
    paces.set(postman.apiKey, pace);
    const headers = { 'x-api-key': postman.apiKey };
    const client = openClient(surroundings, {
      baseUrl: postman.url,
      headers,
      pace,
      isFinal: isQuotaExhausted,
    });
    return createPostmanSource(client, postman);
  }

  function openRepository({ destination, branch, directory }: BackupConfig): Repository {
    const about = { directory, ...(branch === undefined ? {} : { branch }) };
    return destination.type === 'git'
      ? openGit(destination, about, surroundings)
      : openProject(destination, about, surroundings);
  }

  return { openSource, openRepository };
}

type Target = { readonly directory: string; readonly branch?: string };

function openGit(
  { url, jobToken, webUrl }: Extract<Destination, { type: 'git' }>,
  target: Target,
  { ci, env, temporaryDirectory, now }: Surroundings,
): Repository {
  return createGitRepository({
    ...target,
    url,
    env,
    temporaryDirectory,
    now,
    defaultAuthor: jobAuthor(ci),
    ...(jobToken === undefined ? {} : { credential: jobTokenCredential(jobToken) }),
    ...(webUrl === undefined ? {} : { webUrl }),
  });
}

function openProject(
  { serverUrl, project, token }: Extract<Destination, { type: 'api' }>,
  target: Target,
  surroundings: Surroundings,
): Repository {
  const { projectId, projectPath, defaultBranch } = surroundings.ci;
  const isOwn = project === projectId || project === projectPath;
  const baseUrl = `${serverUrl}/api/v4`;
  return createGitLabRepository({
    ...target,
    serverUrl,
    project,
    retryDelays: COMMIT_RETRY_DELAYS,
    client: openClient(surroundings, { baseUrl, headers: { 'private-token': token } }),
    // People know their project by its path; for calls the id is safer, because some proxies decode `%2F`.
    label: isOwn ? (projectPath ?? project) : project,
    ...(isOwn && defaultBranch !== undefined ? { defaultBranch } : {}),
  });
}

type ClientOptions = Pick<Parameters<typeof createHttpClient>[0], 'baseUrl' | 'headers' | 'pace' | 'isFinal'>;

function openClient({ env, nodeVersion, onHttpEvent }: Surroundings, options: ClientOptions) {
  const { host } = new URL(options.baseUrl);
  assertProxyHonoured({ env, nodeVersion, targets: [options.baseUrl] });
  return createHttpClient({ ...options, onEvent: (event) => onHttpEvent(host, event) });
}

function jobTokenCredential(password: string) {
  return { username: 'gitlab-ci-token', password, refusedCode: 'JOB_TOKEN_PUSH_REFUSED' } as const;
}

/** Who started the job: push rules may want the committer to be a member of the project. */
function jobAuthor({ userName, userEmail }: CiEnvironment): CommitAuthor {
  return userName === undefined || userEmail === undefined ? ANONYMOUS : { name: userName, email: userEmail };
}
