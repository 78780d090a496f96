/** What an API endpoint is, and the first questions every endpoint asks about its project. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Reply } from './reply.ts';
import { notFound, refuse } from './reply.ts';
import type { Caller, State, StoredProject } from './state.ts';
import { canReadCode, canSee, findProject } from './state.ts';

export type Call = {
  readonly state: State;
  readonly caller: Caller;
  readonly method: string;
  /** The request's address without the query, for paging links. */
  readonly address: string;
  /** Decoded values of the route's `:name` segments. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readBody(): Promise<Buffer>;
};

export type Endpoint = {
  /** Method and path below `/api/v4`; a `:name` segment takes one segment, percent-decoded. */
  readonly route: `${'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE'} /${string}`;
  /** A token needs one of these; absent: any token will do. */
  readonly scopes?: readonly string[];
  /** Job tokens are anonymous to every endpoint but these. */
  readonly jobToken?: boolean;
  handle(call: Call): Reply | Promise<Reply>;
};

export const readScopes = ['api', 'read_api'] as const;
export const fileScopes = ['api', 'read_api', 'read_repository'] as const;
export const userScopes = ['api', 'read_api', 'read_user'] as const;
export const writeScopes = ['api'] as const;

/** @returns the value of a segment that the route is known to have. */
export function param(call: Call, name: string): string {
  const value = call.params[name];
  if (value === undefined) {
    throw new Error(`the route has no :${name}`);
  }
  return value;
}

/** @returns the project that the caller may see; others do not exist for him. */
export function visibleProject(call: Call): StoredProject {
  const project = findProject(call.state, param(call, 'id'));
  if (project !== undefined && canSee(call.caller, project)) {
    return project;
  }
  return isWrite(call) && isWithoutCredentials(call.caller)
    ? refuse(401, '401 Unauthorized')
    : notFound('Project');
}

/** @returns the project whose code the caller may read; a guest of a private project gets 403. */
export function readableProject(call: Call): StoredProject {
  const project = visibleProject(call);
  if (isWrite(call) && call.caller.kind === 'anonymous') {
    refuse(401, '401 Unauthorized');
  }
  return canReadCode(call.caller, project) ? project : refuse(403, '403 Forbidden');
}

function isWrite(call: Call): boolean {
  return call.method !== 'GET' && call.method !== 'HEAD';
}

function isWithoutCredentials(caller: Caller): boolean {
  return caller.kind === 'anonymous' && caller.deniedJobToken !== true;
}
