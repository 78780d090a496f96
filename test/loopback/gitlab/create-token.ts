/** Creates access tokens, job tokens and users. */
import { randomBytes } from 'node:crypto';
import { accessLevels, type Role, type State } from './state.ts';

export type TokenOptions = {
  readonly scopes: readonly string[];
  readonly role: Role;
  /** Paths of the projects it belongs to; all when absent. */
  readonly projects?: readonly string[];
  /** `YYYY-MM-DD`, the first day on which it no longer works; a year from now when absent. */
  readonly expiresAt?: string;
  readonly revoked?: boolean;
  /** The bot user's name: author and committer of what the token commits. */
  readonly name?: string;
  readonly email?: string;
};

export type JobTokenOptions = {
  /** Path of the project whose job it is. */
  readonly project: string;
  /** Role of the user who started the job; Developer when absent. */
  readonly role?: Role;
};

/** @returns the token's value, `glpat-…`. */
export function createToken(state: State, options: TokenOptions): string {
  const value = `glpat-${randomBytes(15).toString('base64url')}`;
  const id = nextUserId(state);
  const name = options.name ?? `token-${id}`;
  state.tokens.push({
    value,
    user: { id, name, email: options.email ?? `token_${id}_bot@noreply.gitlab.loopback.test` },
    scopes: options.scopes,
    level: accessLevels[options.role],
    expiresAt: options.expiresAt ?? dateInDays(365),
    revoked: options.revoked ?? false,
    ...(options.projects === undefined ? {} : { projects: options.projects }),
  });
  return value;
}

/** @returns the value of a job's `CI_JOB_TOKEN`. */
export function createJobToken(state: State, { project, role = 'developer' }: JobTokenOptions): string {
  const value = `glcbt-64_${randomBytes(15).toString('base64url')}`;
  const id = nextUserId(state);
  const user = { id, name: `user-${id}`, email: `user-${id}@gitlab.loopback.test` };
  state.jobTokens.push({ value, project, user, level: accessLevels[role] });
  return value;
}

export function createUser(state: State, name: string): void {
  state.people.push({ id: nextUserId(state), name, email: `${name}@gitlab.loopback.test` });
}

function nextUserId(state: State): number {
  return state.tokens.length + state.jobTokens.length + state.people.length + 1;
}

function dateInDays(days: number): string {
  return new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}
