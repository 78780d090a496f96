/** Plain HTTP calls to the loopback GitLab, as its tests make them. */
import type { LoopbackGitLab } from '../loopback/gitlab/server.ts';

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** The body as JSON; `undefined` when it is none. */
  readonly json: unknown;
};

export type CallOptions = {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  /** Sent as JSON. */
  readonly body?: object;
};

/** @param path below the API's address. */
export async function call(gitlab: LoopbackGitLab, path: string, options: CallOptions = {}): Promise<Answer> {
  const { token, body } = options;
  const response = await fetch(`${gitlab.apiUrl}${path}`, {
    method: options.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(token === undefined ? {} : { 'private-token': token }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text, json: parse(text) };
}

export type CommitOptions = {
  readonly token: string;
  readonly project: number | string;
  /** Laid over a valid request: `undefined` takes a field away. */
  readonly fields?: Readonly<Record<string, unknown>>;
};

/** Makes a commit on `main`, by default of one new file `new.txt`. */
export async function commit(gitlab: LoopbackGitLab, options: CommitOptions): Promise<Answer> {
  const { token, project, fields } = options;
  const create = { action: 'create', file_path: 'new.txt', content: 'new\n' };
  const body = { branch: 'main', commit_message: 'Add a file', actions: [create], ...fields };
  const path = `/projects/${encodeURIComponent(project)}/repository/commits`;
  return await call(gitlab, path, { token, body });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
