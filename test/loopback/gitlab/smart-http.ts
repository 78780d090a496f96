/** Git over smart HTTP: decides who may fetch and push, then lets the real `git http-backend` do it. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { askForCredentials, identifyGitCaller } from './auth.ts';
import { type Delivery, deliver } from './faults.ts';
import { gitEnvironment } from './git.ts';
import { HOOK_PATH } from './hook.ts';
import { Refusal, text } from './reply.ts';
import {
  type Caller,
  canPush,
  canReadCode,
  canSee,
  findProject,
  type State,
  type StoredProject,
} from './state.ts';

export type GitRequest = {
  readonly state: State;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Path below the server's address, as sent. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly delivery: Delivery;
};

/** @returns the status that was sent; 0 when the connection was cut on purpose. */
export async function answerGit(git: GitRequest): Promise<number> {
  try {
    const { project, command, caller, service } = authorize(git);
    const ticket = randomUUID();
    git.state.pushTickets.set(ticket, { project, caller });
    try {
      return await runBackend(git, { project, command, service, ticket });
    } finally {
      git.state.pushTickets.delete(ticket);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    git.request.resume();
    deliver(git.response, error.reply, git.delivery);
    return git.delivery === 'none' ? 0 : error.reply.status;
  }
}

type Authorized = {
  readonly project: StoredProject;
  readonly caller: Caller;
  readonly command: string;
  readonly service: string;
};

function authorize({ state, request, path, query }: GitRequest): Authorized {
  const match = /^\/(.+)\.git\/(info\/refs|git-upload-pack|git-receive-pack)$/.exec(decodeURIComponent(path));
  const [, projectPath, command] = match ?? [];
  if (projectPath === undefined || command === undefined) {
    return stop(404, 'Not Found');
  }
  const service = command === 'info/refs' ? (query.get('service') ?? '') : command;
  // The dumb protocol asks without a service; GitLab does not speak it.
  if (!services.has(service)) {
    return stop(403, 'Git access over HTTP is not allowed');
  }
  const project = findProject(state, projectPath);
  const caller = identifyGitCaller(request.headers, state);
  const isPush = service === 'git-receive-pack';
  const isOpen = project?.visibility === 'public' && !isPush;
  if (caller.kind === 'anonymous' && !isOpen) {
    return askForCredentials(state);
  }
  if (project === undefined || !canSee(caller, project)) {
    return refuseInvisible(caller, project);
  }
  if (isPush) {
    refusePush(caller, project);
  }
  if (!canReadCode(caller, project)) {
    stop(403, 'You are not allowed to download code from this project.');
  }
  return { project, caller, command, service };
}

const services: ReadonlySet<string> = new Set(['git-upload-pack', 'git-receive-pack']);

function refuseInvisible(caller: Caller, project: StoredProject | undefined): never {
  if (caller.kind === 'job' && project !== undefined) {
    const { project: from } = caller.job;
    return stop(403, `Authentication by CI/CD job token not allowed from ${from} to ${project.path}.`);
  }
  return stop(
    404,
    "The project you were looking for could not be found or you don't have permission to view it.",
  );
}

function refusePush(caller: Caller, project: StoredProject): void {
  if (!mayUpload(caller, project)) {
    stop(403, 'You are not allowed to upload code.');
  }
  if (project.archived) {
    stop(403, "You can't push code to an archived project.");
  }
  if (!canPush(caller, project)) {
    stop(403, 'You are not allowed to upload code for this project.');
  }
}

/** Whether this kind of credential may push: a scope for tokens, the project's setting for its own jobs. */
function mayUpload(caller: Caller, project: StoredProject): boolean {
  switch (caller.kind) {
    case 'anonymous':
      return false;
    case 'job':
      return project.jobTokenPushAllowed && caller.job.project === project.path;
    case 'token':
      return caller.token.scopes.some((scope) => scope === 'api' || scope === 'write_repository');
  }
}

function stop(status: number, message: string): never {
  throw new Refusal(text(status, message));
}

type Backend = {
  readonly project: StoredProject;
  readonly command: string;
  readonly service: string;
  readonly ticket: string;
};

function runBackend(git: GitRequest, backend: Backend): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['http-backend'], { env: cgiEnvironment(git, backend) });
    // A client that goes away, or a git that has heard enough, breaks these pipes; both ends are closed below.
    child.stdin.on('error', () => undefined);
    git.request.on('error', () => child.kill());
    git.response.on('close', () => child.kill());
    child.on('error', reject);
    child.stderr.resume();
    git.request.pipe(child.stdin);
    if (git.delivery === 'none') {
      child.stdout.resume();
      child.on('close', () => {
        git.response.destroy();
        resolve(0);
      });
      return;
    }
    passOn(child.stdout, git).then(resolve, reject);
  });
}

function cgiEnvironment({ state, request, query }: GitRequest, backend: Backend): NodeJS.ProcessEnv {
  const { headers } = request;
  return gitEnvironment({
    GIT_PROJECT_ROOT: backend.project.repositoryDir,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: `/${backend.command}`,
    REQUEST_METHOD: request.method ?? 'GET',
    QUERY_STRING: query.toString(),
    REMOTE_USER: 'loopback',
    REMOTE_ADDR: '127.0.0.1',
    CONTENT_TYPE: headers['content-type'] ?? '',
    HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
    GIT_PROTOCOL: headers['git-protocol']?.toString() ?? '',
    ...(headers['content-length'] === undefined ? {} : { CONTENT_LENGTH: headers['content-length'] }),
    LOOPBACK_ALLOWED_URL: `${state.url}${HOOK_PATH}${backend.ticket}`,
  });
}

/** Turns the CGI answer into an HTTP one: its head, then its body as it comes. @returns the status. */
async function passOn(output: Readable, { response, delivery }: GitRequest): Promise<number> {
  let head: Buffer | undefined = Buffer.alloc(0);
  let status = 200;
  for await (const chunk of output as AsyncIterable<Buffer>) {
    let body: Buffer = chunk;
    if (head !== undefined) {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) {
        continue;
      }
      status = writeHead(response, head.subarray(0, end).toString());
      body = head.subarray(end + 4);
      head = undefined;
    }
    if (delivery === 'half') {
      response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
      return status;
    }
    if (!response.write(body)) {
      await drained(response);
    }
  }
  if (head !== undefined) {
    throw new Error(`git http-backend answered no header: ${head.toString()}`);
  }
  response.end();
  return status;
}

function writeHead(response: ServerResponse, head: string): number {
  const fields = head.split('\r\n').map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  const status = Number(fields.find(([name]) => name === 'Status')?.[1].split(' ')[0] ?? 200);
  response.writeHead(status, Object.fromEntries(fields.filter(([name]) => name !== 'Status')));
  return status;
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    response.once('drain', resolve);
    response.once('close', resolve);
  });
}
