/** Answers requests below `/api/v4`: finds the endpoint, identifies the caller, runs the handler. */
import type { IncomingMessage } from 'node:http';
import { identifyApiCaller, requireScope } from './auth.ts';
import { branchEndpoints } from './branches.ts';
import { commitReadEndpoints } from './commits-read.ts';
import { commitWriteEndpoints } from './commits-write.ts';
import type { Endpoint } from './endpoint.ts';
import { fileEndpoints } from './files.ts';
import { mergeRequestEndpoints } from './merge-requests.ts';
import { projectEndpoints } from './projects.ts';
import { json, Refusal, type Reply } from './reply.ts';
import { type Caller, type State, userOf } from './state.ts';
import { treeEndpoints } from './tree.ts';

const endpoints = [
  ...projectEndpoints,
  ...branchEndpoints,
  ...treeEndpoints,
  ...fileEndpoints,
  ...commitReadEndpoints,
  ...commitWriteEndpoints,
  ...mergeRequestEndpoints,
].map((endpoint) => ({ endpoint, segments: endpoint.route.replace(' /', '/').split('/') }));

export type ApiRequest = {
  readonly state: State;
  readonly request: IncomingMessage;
  /** Path below `/api/v4`, as sent: percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** @param user key of the caller, for limits that are counted by user. */
  readBody(user: string): Promise<Buffer>;
};

export async function answerApi(api: ApiRequest): Promise<Reply> {
  try {
    return await dispatch(api);
  } catch (error) {
    if (error instanceof Refusal) {
      return error.reply;
    }
    throw error;
  }
}

async function dispatch({ state, request, path, query, readBody }: ApiRequest): Promise<Reply> {
  const method = request.method ?? 'GET';
  const found = findEndpoint(method, path);
  if (found === undefined) {
    return json(404, { error: '404 Not Found' });
  }
  const { endpoint, params } = found;
  const caller = seenBy(endpoint, identifyApiCaller(request.headers, state));
  if (endpoint.scopes !== undefined) {
    requireScope(caller, endpoint.scopes);
  }
  return await endpoint.handle({
    state,
    caller,
    method,
    params,
    query,
    address: `${state.url}/api/v4${path}`,
    headers: request.headers,
    readBody: () => readBody(caller.kind === 'anonymous' ? '' : userOf(caller).name),
  });
}

/** An endpoint that takes no job tokens treats the job as anonymous (reference/gitlab.md §3). */
function seenBy(endpoint: Endpoint, caller: Caller): Caller {
  return caller.kind === 'job' && endpoint.jobToken !== true
    ? { kind: 'anonymous', deniedJobToken: true }
    : caller;
}

function findEndpoint(
  method: string,
  path: string,
): { endpoint: Endpoint; params: Record<string, string> } | undefined {
  const given = [method, ...path.split('/').slice(1)];
  for (const { endpoint, segments } of endpoints) {
    const params = matchSegments(segments, given);
    if (params !== undefined) {
      return { endpoint, params };
    }
  }
  return undefined;
}

function matchSegments(
  segments: readonly string[],
  given: readonly string[],
): Record<string, string> | undefined {
  if (segments.length !== given.length) {
    return undefined;
  }
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith(':')) {
      params[segment.slice(1)] = decodeURIComponent(value);
    } else if (segment !== value) {
      return undefined;
    }
  }
  return params;
}
