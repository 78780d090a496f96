/** Opens what a command talks to: Postman as its source, GitLab or git as its repository. */
import type { CiEnvironment, Env } from '../config/ci-environment.ts';
import type { BackupConfig, Destination } from '../config/config.ts';
import { jobTokenCredential } from '../git/credentials.ts';
import { createGitRepository, type GitRepositoryOptions } from '../git/repository.ts';
import { gitlabCallKind } from '../gitlab/call-kind.ts';
import { createHttpClient, type HttpClient, type HttpClientOptions } from '../http/client.ts';
import { createPace } from '../http/pace.ts';
import type { HttpPolicy } from '../http/policy.ts';
import { assertProxyHonoured } from '../http/proxy.ts';
import type { CommitAuthor, Quota } from '../model.ts';
import { postmanCallKind } from '../postman/call-kind.ts';
import { isQuotaExhausted } from '../postman/errors.ts';
import { postmanPaceRules } from '../postman/pace.ts';
import { createPostmanSource } from '../postman/source.ts';
import type { WritePatience } from '../postman/writes/api.ts';
import type { Meter } from './meter.ts';
import type { Repository, Source } from './ports.ts';
import { createReview, type Review } from './review.ts';
import type { ReviewTools } from './review-input.ts';
import { createStoppable } from './stoppable.ts';

export type Surroundings = {
  readonly env: Env;
  readonly ci: CiEnvironment;
  readonly nodeVersion: string;
  readonly temporaryDirectory: string;
  readonly now: () => Date;
  readonly meter: Pick<Meter, 'count' | 'wait'>;
  /** Given when the run is to stop: a job that is cancelled. */
  readonly signal: AbortSignal;
  /** How long to wait for what; the defaults outlast a minute's limit and a server that restarts. */
  readonly patience?: Patience;
};

export type Patience = {
  readonly http?: Partial<HttpPolicy>;
  /** Milliseconds before a commit is planned again, because the branch moved. */
  readonly movedPauseMs?: (attempt: number) => number;
  /** Milliseconds before each further try of a commit that was certainly not made. */
  readonly commitRetryDelays?: readonly number[];
  readonly git?: Pick<GitRepositoryOptions, 'retryDelays' | 'stallLimit'>;
  /** After unclear answers to writes, and while Postman is at work. */
  readonly writes?: Partial<WritePatience>;
};

const COMMIT_RETRY_DELAYS = [2_000, 8_000, 20_000];
const ANONYMOUS: CommitAuthor = { name: 'postman-gitlab', email: 'postman-gitlab@localhost' };

/** @returns functions that open connections; each key has its own, with a rate limit of its own. */
export function createConnections(surroundings: Surroundings) {
  const clients = new Map<string, HttpClient>();
  const sources = new Map<string, Source>();
  const quotas: (() => Quota | undefined)[] = [];
  const stoppable = createStoppable(surroundings.signal);

  /** One for each key: what several backups ask for alike is asked once. */
  function openSource({ postman }: Pick<BackupConfig, 'postman'>): Source {
    const known = sources.get(postman.apiKey);
    if (known !== undefined) {
      return known;
    }
    const { quotaLeft, ...opened } = createPostmanSource(openPostmanClient(postman), postman);
    const source = stoppable.source(opened);
    sources.set(postman.apiKey, source);
    quotas.push(quotaLeft);
    return source;
  }

  /** One for each key, which has one pace. */
  function openPostmanClient(postman: BackupConfig['postman']): HttpClient {
    const client = clients.get(postman.apiKey) ?? createPostmanClient(postman, surroundings);
    clients.set(postman.apiKey, client);
    return client;
  }

  /**
   * @param backups all those that go to one branch.
   * @param tools for a merge request: without them, commits go to the branch itself.
   */
  async function openRepository(backups: Branch, tools?: ReviewTools): Promise<Opened> {
    const [{ destination, branch }] = backups;
    const directories = backups.map(({ directory }) => directory);
    const place = { directories, ...(branch === undefined ? {} : { branch }) };
    const opened: Opened =
      destination.type === 'git'
        ? { repository: openGit(destination, place, surroundings) }
        : await openProject(destination, { ...place, backups, tools }, surroundings);
    return { ...opened, repository: stoppable.repository(opened.repository) };
  }

  /** @returns what is left of the month's Postman calls now: of several keys, of the one that has least. */
  function quotaLeft(): Quota | undefined {
    const known = quotas.flatMap((read) => read() ?? []);
    return known.sort((a, b) => a.left - b.left)[0];
  }

  return { openSource, openPostmanClient, openRepository, quotaLeft };
}

function createPostmanClient(postman: BackupConfig['postman'], surroundings: Surroundings) {
  return openClient(surroundings, {
    baseUrl: postman.url,
    headers: { 'x-api-key': postman.apiKey },
    pace: createPace(postmanPaceRules),
    isFinal: isQuotaExhausted,
    kindOf: postmanCallKind,
  });
}

type Branch = readonly [BackupConfig, ...BackupConfig[]];

/** Where a repository is written. */
type Place = {
  readonly directories: readonly string[];
  readonly branch?: string;
};

type Opened = {
  readonly repository: Repository;
  /** The merge request that brings what is committed to its branch, if one does. */
  readonly review?: Review;
};

function openGit(
  { url, jobToken, webUrl }: Extract<Destination, { type: 'git' }>,
  place: Place,
  { ci, env, temporaryDirectory, now, signal, patience = {} }: Surroundings,
): Repository {
  return createGitRepository({
    ...place,
    url,
    env,
    temporaryDirectory,
    now,
    signal,
    defaultAuthor: jobAuthor(ci),
    ...patience.git,
    ...(jobToken === undefined ? {} : { credential: jobTokenCredential(jobToken) }),
    ...(webUrl === undefined ? {} : { webUrl }),
  });
}

async function openProject(
  { serverUrl, project, token }: Extract<Destination, { type: 'api' }>,
  { backups, tools, ...place }: Place & { readonly backups: Branch; readonly tools: ReviewTools | undefined },
  surroundings: Surroundings,
): Promise<Opened> {
  // Only here: who commits through git does not pay for loading gitbeaker.
  const { createGitLabRepository } = await import('../gitlab/repository.ts');
  const { createMergeRequests } = await import('../gitlab/merge-requests.ts');
  const { projectId, projectPath, defaultBranch } = surroundings.ci;
  const isOwn = project === projectId || project === projectPath;
  const access = {
    serverUrl,
    project,
    retryDelays: surroundings.patience?.commitRetryDelays ?? COMMIT_RETRY_DELAYS,
    client: openClient(surroundings, {
      baseUrl: `${serverUrl}/api/v4`,
      headers: { 'private-token': token },
      kindOf: gitlabCallKind,
    }),
    // People know their project by its path; for calls the id is safer, because some proxies decode `%2F`.
    label: isOwn ? (projectPath ?? project) : project,
  };
  const known = isOwn && defaultBranch !== undefined ? { defaultBranch } : {};
  const [{ mergeRequest: settings }] = backups;
  if (settings === undefined || tools === undefined) {
    return { repository: createGitLabRepository({ ...access, ...place, ...known }) };
  }
  const requests = createMergeRequests(access);
  const review = createReview({ ...known, backups, settings, requests, tools });
  const { findHead, onCommit } = review;
  return { review, repository: createGitLabRepository({ ...access, ...place, findHead, onCommit }) };
}

type ClientOptions = Pick<HttpClientOptions, 'baseUrl' | 'headers' | 'pace' | 'isFinal'> & {
  /** @returns what a call to this path is for. */
  readonly kindOf: (path: string, method: string) => string;
};

function openClient(
  { env, nodeVersion, meter, patience = {} }: Surroundings,
  { kindOf, ...options }: ClientOptions,
) {
  const { http: policy = {} } = patience;
  const { host } = new URL(options.baseUrl);
  assertProxyHonoured({ env, nodeVersion, targets: [options.baseUrl] });
  return createHttpClient({
    ...options,
    policy,
    onEvent: (event) =>
      event.type === 'request' ? meter.count(host, kindOf(event.path, event.method)) : meter.wait(event),
  });
}

/** Who started the job: push rules may want the committer to be a member of the project. */
function jobAuthor({ userName, userEmail }: CiEnvironment): CommitAuthor {
  return userName === undefined || userEmail === undefined ? ANONYMOUS : { name: userName, email: userEmail };
}
