/** Opens what a command talks to: Postman as its source and its target, GitLab or git as its repository. */
import type { CiEnvironment, Env } from '../config/ci-environment.ts';
import type { BackupConfig, Destination, MergeRequestConfig } from '../config/config.ts';
import { jobTokenCredential } from '../git/credentials.ts';
import { createGitRepository, type GitRepositoryOptions } from '../git/repository.ts';
import { gitlabCallKind } from '../gitlab/call-kind.ts';
import { createHttpClient, type HttpClientOptions } from '../http/client.ts';
import { createPace } from '../http/pace.ts';
import type { HttpPolicy } from '../http/policy.ts';
import { assertProxyHonoured } from '../http/proxy.ts';
import type { CommitAuthor, Quota } from '../model.ts';
import { postmanCallKind } from '../postman/call-kind.ts';
import { isQuotaExhausted } from '../postman/errors.ts';
import { postmanPaceRules } from '../postman/pace.ts';
import { createPostmanSource } from '../postman/source.ts';
import { createPostmanTarget } from '../postman/target.ts';
import type { WritePatience } from '../postman/writes/api.ts';
import type { Meter } from './meter.ts';
import type { Repository, Source, Target } from './ports.ts';
import { createReview, type Review } from './review.ts';
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
  const postmen = new Map<string, Postman>();
  const quotas: (() => Quota | undefined)[] = [];
  const stoppable = createStoppable(surroundings.signal);

  /** One for each key: what several backups ask for alike is asked once. */
  function openSource({ postman }: Pick<BackupConfig, 'postman'>): Source {
    return openPostman(postman).source;
  }

  /** One for each key: it shares the pace and the meter of the source. */
  function openTarget(postman: BackupConfig['postman']): Target {
    return openPostman(postman).target;
  }

  function openPostman(postman: BackupConfig['postman']): Postman {
    const known = postmen.get(postman.apiKey);
    if (known !== undefined) {
      return known;
    }
    const client = openPostmanClient(postman, surroundings);
    const { quotaLeft, ...source } = createPostmanSource(client, postman);
    const { region } = postman;
    const target = createPostmanTarget(client, { region, patience: surroundings.patience?.writes ?? {} });
    const opened = { source: stoppable.source(source), target: stoppable.target(target) };
    postmen.set(postman.apiKey, opened);
    quotas.push(quotaLeft);
    return opened;
  }

  /** @param backups all those that go to one branch. */
  async function openRepository(backups: readonly [BackupConfig, ...BackupConfig[]]): Promise<Opened> {
    const [{ destination, branch, mergeRequest }] = backups;
    const directories = backups.map(({ directory }) => directory);
    const place = {
      directories,
      ...(branch === undefined ? {} : { branch }),
      ...(mergeRequest === undefined ? {} : { mergeRequest }),
    };
    const opened: Opened =
      destination.type === 'git'
        ? { repository: openGit(destination, place, surroundings) }
        : await openProject(destination, place, surroundings);
    return { ...opened, repository: stoppable.repository(opened.repository) };
  }

  /** @returns what is left of the month's Postman calls now: of several keys, of the one that has least. */
  function quotaLeft(): Quota | undefined {
    const known = quotas.flatMap((read) => read() ?? []);
    return known.sort((a, b) => a.left - b.left)[0];
  }

  return { openSource, openTarget, openRepository, quotaLeft };
}

type Postman = { readonly source: Source; readonly target: Target };

function openPostmanClient(postman: BackupConfig['postman'], surroundings: Surroundings) {
  return openClient(surroundings, {
    baseUrl: postman.url,
    headers: { 'x-api-key': postman.apiKey },
    pace: createPace(postmanPaceRules),
    isFinal: isQuotaExhausted,
    kindOf: postmanCallKind,
  });
}

/** Where a repository is written. */
type Place = {
  readonly directories: readonly string[];
  readonly branch?: string;
  readonly mergeRequest?: MergeRequestConfig;
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
  { mergeRequest: settings, ...place }: Place,
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
  const branches = { ...place, ...(isOwn && defaultBranch !== undefined ? { defaultBranch } : {}) };
  if (settings === undefined) {
    return { repository: createGitLabRepository({ ...access, ...branches }) };
  }
  const review = createReview({ ...branches, settings, requests: createMergeRequests(access) });
  return {
    review,
    repository: createGitLabRepository({ ...access, ...branches, findHead: review.findHead }),
  };
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
