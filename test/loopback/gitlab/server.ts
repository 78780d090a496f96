/** The loopback GitLab: GitLab's API and git over HTTP on 127.0.0.1, backed by real bare repositories. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { answerApi } from './api.ts';
import { tokenNameOf } from './auth.ts';
import { createProject, type ProjectOptions } from './create-project.ts';
import {
  createJobToken,
  createToken,
  createUser,
  type JobTokenOptions,
  type TokenOptions,
} from './create-token.ts';
import { deliver, deliveryOf, type Fault, type FaultHook, replyOf } from './faults.ts';
import { answerHook, HOOK_PATH, installHook } from './hook.ts';
import {
  createLargeCommitThrottle,
  createRateLimiter,
  type LimitOptions,
  proxyRefusal,
  readLimitedBody,
} from './limits.ts';
import { type Reply, text } from './reply.ts';
import { answerGit } from './smart-http.ts';
import type { Project, State } from './state.ts';

export type LoopbackGitLabOptions = LimitOptions & {
  /** Path below which GitLab lives, such as `/gitlab`. */
  readonly relativeUrl?: string;
};

type RecordedRequest = {
  readonly method: string;
  /** Path and query below `url`, as sent. */
  readonly path: string;
  /** 0 when it was never answered. */
  readonly status: number;
  readonly tokenName?: string;
};

export type LoopbackGitLab = {
  readonly url: string;
  readonly apiUrl: string;
  readonly requests: readonly RecordedRequest[];
  createProject(options: ProjectOptions): Promise<Project>;
  createToken(options: TokenOptions): string;
  createJobToken(options: JobTokenOptions): string;
  /** @param name also the username. */
  createUser(name: string): void;
  /** Orders faults; the last hook given is the one that is asked. */
  onRequest(hook: FaultHook): void;
  /** Ends all connections and deletes the repositories. */
  close(): Promise<void>;
};

export async function startLoopbackGitLab(options: LoopbackGitLabOptions = {}): Promise<LoopbackGitLab> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'loopback-gitlab-')));
  const hooksDirectory = await installHook(root);
  const server = createServer();
  const port = await listen(server);
  const url = `http://127.0.0.1:${port}${options.relativeUrl ?? ''}`;
  const state: State = {
    root,
    url,
    projects: [],
    tokens: [],
    people: [],
    jobTokens: [],
    pushTickets: new Map(),
  };
  const requests: RecordedRequest[] = [];
  let hook: FaultHook = () => undefined;
  const answer = createAnswerer({ state, requests, options, faultOf: (request) => hook(request) });
  server.on('request', (request, response) => {
    // A fault of the loopback itself must be seen in the test, not swallowed.
    answer(request, response).catch((error: unknown) => deliver(response, text(500, String(error)), 'whole'));
  });
  return {
    url,
    apiUrl: `${url}/api/v4`,
    requests,
    createProject: (project) => createProject(state, project, hooksDirectory),
    createToken: (token) => createToken(state, token),
    createJobToken: (token) => createJobToken(state, token),
    createUser: (name) => createUser(state, name),
    onRequest: (given) => {
      hook = given;
    },
    close: async () => {
      await stop(server);
      await Promise.all(state.projects.map(({ objects }) => objects.close()));
      await rm(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

type Context = {
  readonly state: State;
  readonly requests: RecordedRequest[];
  readonly options: LoopbackGitLabOptions;
  readonly faultOf: FaultHook;
};

type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly fault: Fault | undefined;
};

function createAnswerer({ state, requests, options, faultOf }: Context) {
  const limiter = options.rateLimit && createRateLimiter(options.rateLimit);
  const throttle = options.largeCommitThrottle === true ? createLargeCommitThrottle() : undefined;

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = belowPrefix(request.url ?? '/', options.relativeUrl ?? '');
    if (target === undefined) {
      deliver(response, text(404, 'Not Found'), 'whole');
      return;
    }
    const [path = '/', search = ''] = target.split('?');
    if (path.startsWith(HOOK_PATH)) {
      const body = await readLimitedBody(request);
      deliver(response, await answerHook(state, path.slice(HOOK_PATH.length), body), 'whole');
      return;
    }
    const method = request.method ?? 'GET';
    const index = requests.length;
    const tokenName = tokenNameOf(request.headers, state);
    const record = { method, path: target, ...(tokenName === undefined ? {} : { tokenName }) };
    requests.push({ ...record, status: 0 });
    const fault = faultOf({ method, path: target, index });
    const query = new URLSearchParams(search);
    const status = await answerUnderFault({ request, response, path, query, fault });
    requests[index] = { ...record, status };
  };

  async function answerUnderFault(exchange: Exchange): Promise<number> {
    const { request, response, fault } = exchange;
    if (fault === 'hang') {
      return 0;
    }
    if (fault === 'reset') {
      response.destroy();
      return 0;
    }
    if (typeof fault === 'object' && 'delayMs' in fault) {
      await wait(fault.delayMs);
    }
    const early = replyOf(fault) ?? proxyRefusal(request, options.proxyMaxBodyBytes);
    if (early !== undefined) {
      return send(exchange, early);
    }
    if (!exchange.path.startsWith('/api/v4/')) {
      return await answerGit({ ...exchange, state, delivery: deliveryOf(fault) });
    }
    const rate = limiter?.check();
    const reply = rate?.refusal ?? (await callApi(exchange));
    return send(exchange, { ...reply, headers: { ...rate?.headers, ...reply.headers } });
  }

  async function callApi({ request, path, query }: Exchange): Promise<Reply> {
    return await answerApi({
      state,
      request,
      query,
      path: path.slice('/api/v4'.length),
      readBody: async (user) => {
        const body = await readLimitedBody(request, options.maxBodyBytes);
        throttle?.(user, body.length);
        return body;
      },
    });
  }
}

function belowPrefix(url: string, prefix: string): string | undefined {
  return url.startsWith(`${prefix}/`) ? url.slice(prefix.length) : undefined;
}

function send({ request, response, fault }: Exchange, reply: Reply): number {
  // What the client still sends is read and dropped, so that it gets to see the answer.
  request.resume();
  const delivery = deliveryOf(fault);
  deliver(response, reply, delivery);
  return delivery === 'none' ? 0 : reply.status;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
