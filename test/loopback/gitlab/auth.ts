/** Who is calling: reads the credentials of API and git requests and refuses wrong ones in GitLab's words. */
import type { IncomingHttpHeaders } from 'node:http';
import { json, Refusal, refuse, text } from './reply.ts';
import type { Caller, State, Token } from './state.ts';

/** @returns the caller of an API request; refuses unknown, expired and revoked tokens with 401. */
export function identifyApiCaller(headers: IncomingHttpHeaders, state: State): Caller {
  const jobToken = single(headers['job-token']);
  if (jobToken !== undefined) {
    const job = state.jobTokens.find((candidate) => candidate.value === jobToken);
    return job === undefined ? refuse(401, '401 Unauthorized') : { kind: 'job', job };
  }
  const value = single(headers['private-token']) ?? bearer(headers);
  if (value === undefined) {
    return { kind: 'anonymous' };
  }
  const token = state.tokens.find((candidate) => candidate.value === value);
  if (token === undefined) {
    return refuse(401, '401 Unauthorized');
  }
  refuseDeadToken(token);
  return { kind: 'token', token };
}

/** Refuses with 403 when none of `scopes` is among the token's. */
export function requireScope(caller: Caller, scopes: readonly string[]): void {
  if (caller.kind !== 'token' || caller.token.scopes.some((scope) => scopes.includes(scope))) {
    return;
  }
  throw new Refusal(
    json(403, {
      error: 'insufficient_scope',
      error_description: 'The request requires higher privileges than provided by the access token.',
      scope: scopes.join(' '),
    }),
  );
}

/**
 * @returns the caller of a git request: Basic authentication by `gitlab-ci-token` and a job token, or by any
 * user name and a token with a repository scope. Wrong credentials are refused with 401.
 */
export function identifyGitCaller(headers: IncomingHttpHeaders, state: State): Caller {
  const basic = /^Basic (.+)$/i.exec(headers.authorization ?? '')?.[1];
  if (basic === undefined) {
    return { kind: 'anonymous' };
  }
  const [user = '', ...rest] = Buffer.from(basic, 'base64').toString().split(':');
  const password = rest.join(':');
  if (user === 'gitlab-ci-token') {
    const job = state.jobTokens.find((candidate) => candidate.value === password);
    return job === undefined ? askForCredentials(state) : { kind: 'job', job };
  }
  const token = state.tokens.find((candidate) => candidate.value === password);
  if (token === undefined || isDead(token) || !token.scopes.some((scope) => gitScopes.includes(scope))) {
    return askForCredentials(state);
  }
  return { kind: 'token', token };
}

const gitScopes: readonly string[] = ['api', 'read_repository', 'write_repository'];

/** Ends a git request with the 401 that makes git ask for (or give up on) credentials. */
export function askForCredentials(state: State): never {
  const help = `${state.url}/help/topics/git/troubleshooting_git.md#error-on-git-fetch-http-basic-access-denied`;
  throw new Refusal(
    text(
      401,
      `HTTP Basic: Access denied. If a password was provided for Git authentication, the password was incorrect or you're required to use a token instead of a password. If a token was provided, it was either incorrect, expired, or improperly scoped. See ${help}`,
      { 'www-authenticate': 'Basic realm="GitLab"' },
    ),
  );
}

/** @returns the name under which the request is recorded, whether or not its credentials are good. */
export function tokenNameOf(headers: IncomingHttpHeaders, state: State): string | undefined {
  const basic = /^Basic (.+)$/i.exec(headers.authorization ?? '')?.[1];
  const password = basic && Buffer.from(basic, 'base64').toString().split(':').slice(1).join(':');
  const value =
    single(headers['job-token']) ?? single(headers['private-token']) ?? bearer(headers) ?? password;
  if (value === undefined) {
    return undefined;
  }
  if (state.jobTokens.some((job) => job.value === value)) {
    return 'job-token';
  }
  return state.tokens.find((token) => token.value === value)?.user.name;
}

function refuseDeadToken(token: Token): void {
  if (!isDead(token)) {
    return;
  }
  const description = token.revoked
    ? 'Token was revoked. You have to re-authorize from the user.'
    : 'Token is expired. You can either do re-authorization or token refresh.';
  throw new Refusal(json(401, { error: 'invalid_token', error_description: description }));
}

function isDead(token: Token): boolean {
  return token.revoked || token.expiresAt <= new Date().toISOString().slice(0, 10);
}

function bearer(headers: IncomingHttpHeaders): string | undefined {
  return /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
