/** What the loopback GitLab knows: its projects, its tokens, and who may do what in a project. */

import type { LookUp } from './look-up.ts';
import type { ObjectNames } from './object-names.ts';

export const accessLevels = { guest: 10, reporter: 20, developer: 30, maintainer: 40, owner: 50 } as const;

export type Role = keyof typeof accessLevels;

export type ProtectedBranch = { readonly name: string; readonly pushAccessLevel: 0 | 30 | 40 };

export type PushRules = {
  readonly commitMessageRegex?: string;
  readonly forbiddenMessageRegex?: string;
  readonly authorEmailRegex?: string;
  /** Megabytes, like GitLab's `max_file_size`. */
  readonly maxFileSize?: number;
};

/** A project as the tests see it. */
export type Project = {
  readonly id: number;
  readonly path: string;
  /** The bare repository on disk. */
  readonly repositoryDir: string;
  readonly httpUrl: string;
  readonly objects: ObjectNames;
  readonly lookUp: LookUp;
  /** Runs git in the bare repository. @returns its standard output as text. */
  git(...args: string[]): Promise<string>;
};

export type StoredProject = Project & {
  readonly archived: boolean;
  readonly visibility: 'private' | 'public';
  readonly protectedBranches: readonly ProtectedBranch[];
  readonly pushRules: PushRules;
  readonly jobTokenPushAllowed: boolean;
  /** Whether a pipeline runs for what is pushed: without one, nothing can wait for it. */
  readonly pipelines: boolean;
  readonly mergeRequests: MergeRequest[];
};

export type MergeRequest = {
  readonly iid: number;
  readonly sourceBranch: string;
  readonly targetBranch: string;
  state: 'opened' | 'closed' | 'merged';
  title: string;
  description: string;
  labels: readonly string[];
  reviewers: readonly User[];
  assignees: readonly User[];
  /** The head that is merged as soon as its pipeline succeeds: a push takes the order back. */
  autoMergeAt?: string;
  removeSourceBranch: boolean;
  /** Head of the source branch when it was closed or merged. */
  lastHead?: string;
};

export type User = { readonly id: number; readonly name: string; readonly email: string };

export type Token = {
  readonly value: string;
  readonly user: User;
  readonly scopes: readonly string[];
  readonly level: number;
  /** Paths; absent: every project. */
  readonly projects?: readonly string[];
  /** `YYYY-MM-DD`: the first day on which the token no longer works. */
  readonly expiresAt: string;
  readonly revoked: boolean;
};

type JobToken = {
  readonly value: string;
  /** Path of the project whose job holds it. */
  readonly project: string;
  readonly user: User;
  readonly level: number;
};

export type Caller =
  | { readonly kind: 'anonymous'; readonly deniedJobToken?: boolean }
  | { readonly kind: 'token'; readonly token: Token }
  | { readonly kind: 'job'; readonly job: JobToken };

/** One push in progress: what the repository's hook needs the server to decide. */
export type PushTicket = { readonly project: StoredProject; readonly caller: Caller };

export type State = {
  /** Directory that holds the repositories and the hook. */
  readonly root: string;
  readonly url: string;
  readonly projects: StoredProject[];
  readonly tokens: Token[];
  /** Users that are no bots; their name is their username. */
  readonly people: User[];
  readonly jobTokens: JobToken[];
  readonly pushTickets: Map<string, PushTicket>;
};

/** @param reference id, or path with namespace. */
export function findProject(state: State, reference: string): StoredProject | undefined {
  return state.projects.find((project) => project.path === reference || String(project.id) === reference);
}

/** @returns GitLab's access level of the caller in the project: 0 for none. */
export function accessLevel(caller: Caller, project: Project): number {
  switch (caller.kind) {
    case 'anonymous':
      return 0;
    case 'job':
      return caller.job.project === project.path ? caller.job.level : 0;
    case 'token': {
      const { projects, level } = caller.token;
      return projects === undefined || projects.includes(project.path) ? level : 0;
    }
  }
}

export function canSee(caller: Caller, project: StoredProject): boolean {
  return project.visibility === 'public' || accessLevel(caller, project) > 0;
}

/** Guests of a private project see that it exists, not its code. */
export function canReadCode(caller: Caller, project: StoredProject): boolean {
  return project.visibility === 'public' || accessLevel(caller, project) >= accessLevels.reporter;
}

/** Whether the caller may push anywhere in the project at all. */
export function canPush(caller: Caller, project: StoredProject): boolean {
  return !project.archived && accessLevel(caller, project) >= accessLevels.developer;
}

export function protectionOf(project: StoredProject, branch: string): ProtectedBranch | undefined {
  return project.protectedBranches.find((candidate) => candidate.name === branch);
}

export function canPushToBranch(caller: Caller, project: StoredProject, branch: string): boolean {
  if (!canPush(caller, project)) {
    return false;
  }
  const protection = protectionOf(project, branch);
  if (protection === undefined) {
    return true;
  }
  // Level 0 is "No one", which refuses owners too.
  return protection.pushAccessLevel > 0 && accessLevel(caller, project) >= protection.pushAccessLevel;
}

/** @returns who is shown as the committer of what the caller commits. */
export function userOf(caller: Caller): User {
  if (caller.kind === 'token') {
    return caller.token.user;
  }
  if (caller.kind === 'job') {
    return caller.job.user;
  }
  throw new Error('an anonymous caller commits nothing');
}
