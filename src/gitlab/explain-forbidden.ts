/** Finds out why GitLab lets a token read a project and not push to it: it has one sentence for all reasons. */
import * as z from 'zod';
import { KnownError } from '../errors.ts';
import type { HttpError } from '../http/http-error.ts';
import { printable } from '../printable.ts';
import type { Api } from './api.ts';
import { type BranchHead, type ProjectFacts, readProject } from './branch.ts';
import { saidBy, translate } from './errors.ts';

type Target = { readonly project: string; readonly head: BranchHead };

const Protection = z.looseObject({ protected: z.boolean(), can_push: z.boolean() });
// https://docs.gitlab.com/api/access_requests/#valid-access-levels
const DEVELOPER = 30;
const EMPTY_PROJECT_HINT =
  'The first commit of an empty project takes the role Maintainer: use a token with it, or make a first commit by hand.';

/** @returns the refusal of a commit with status 403, with its reason where that can be looked up. */
export async function explainForbidden(api: Api, target: Target, error: HttpError): Promise<KnownError> {
  const { project, head } = target;
  const plain = translate(error, { project, branch: head.name });
  if (plain.code !== 'GITLAB_FORBIDDEN') {
    return plain;
  }
  try {
    return (await findReason(api, target, saidBy(error))) ?? plain;
  } catch {
    // What cannot be looked up stays unexplained; GitLab's own words remain.
    return plain;
  }
}

async function findReason(api: Api, target: Target, said: string): Promise<KnownError | undefined> {
  const facts = await readProject(api.projects, target.project);
  const project = printable(target.project);
  const branch = printable(target.head.name);
  if (facts.archived === true) {
    return new KnownError('GITLAB_PROJECT_ARCHIVED', `The project "${project}" is archived: ${said}`);
  }
  const role = roleIn(facts);
  if (role !== undefined && role < DEVELOPER) {
    const message = `The token's role in the project "${project}" is too low for commits: ${said}`;
    return new KnownError('GITLAB_FORBIDDEN', message);
  }
  if (!(await isProtected(api, target, role))) {
    return undefined;
  }
  const message = `The branch "${branch}" is protected, and the token's role may not push to it: ${said}`;
  const hint = target.head.commit === undefined ? { hint: EMPTY_PROJECT_HINT } : {};
  return new KnownError('GITLAB_BRANCH_PROTECTED', message, hint);
}

/** GitLab's access level; nothing when the project does not say (a group that was invited). */
function roleIn({ permissions }: ProjectFacts): number | undefined {
  const levels = [permissions?.project_access, permissions?.group_access].flatMap((access) => access ?? []);
  return levels.length === 0 ? undefined : Math.max(...levels.map(({ access_level }) => access_level));
}

/** Only a branch that exists shows its protection; for a new one, a role that is high enough leaves no other reason. */
async function isProtected(api: Api, { project, head }: Target, role: number | undefined): Promise<boolean> {
  if (head.commit === undefined || head.startBranch !== undefined) {
    return role !== undefined;
  }
  const branch = Protection.parse(await api.branches.show(project, head.name));
  return branch.protected && !branch.can_push;
}
