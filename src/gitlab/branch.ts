/** Finds the branch that commits go to, and what it starts from when it does not exist yet. */
import type { Branches, Projects } from '@gitbeaker/core';
import * as z from 'zod';
import { unlessMissing } from './errors.ts';

export type BranchHead = {
  readonly name: string;
  /** Absent in an empty repository. */
  readonly commit?: string;
  /** The branch to create it from, when it does not exist. */
  readonly startBranch?: string;
};

const Branch = z.looseObject({ commit: z.looseObject({ id: z.string() }) });
const Access = z.looseObject({ access_level: z.number() }).nullish().catch(undefined);
const Project = z.looseObject({
  default_branch: z.string().nullish(),
  empty_repo: z.boolean().optional(),
  archived: z.boolean().optional(),
  permissions: z.looseObject({ project_access: Access, group_access: Access }).optional().catch(undefined),
});

export type ProjectFacts = z.infer<typeof Project>;

/** @throws HttpError */
export async function readProject(projects: Projects, project: string): Promise<ProjectFacts> {
  return Project.parse(await projects.show(project));
}

/**
 * One call when the branch is known and exists; the project is asked only for what that does not answer.
 * @param wanted the branch that was asked for, or the default branch if that is known.
 * @throws HttpError 404 when the project is not there, or may not be seen.
 */
export async function findBranch(
  api: { readonly branches: Branches; readonly projects: Projects },
  project: string,
  wanted: string | undefined,
): Promise<BranchHead> {
  const known = wanted === undefined ? undefined : await headOf(api.branches, project, wanted);
  if (wanted !== undefined && known !== undefined) {
    return { name: wanted, commit: known };
  }
  const facts = await readProject(api.projects, project);
  const defaultBranch = facts.default_branch ?? 'main';
  const name = wanted ?? defaultBranch;
  if (facts.empty_repo === true) {
    return { name };
  }
  const commit = await headOf(api.branches, project, defaultBranch);
  if (commit === undefined) {
    return { name };
  }
  return name === defaultBranch ? { name, commit } : { name, commit, startBranch: defaultBranch };
}

/** @returns the branch's commit; nothing when GitLab answers 404, which it also does for a project it hides. */
export async function headOf(
  branches: Branches,
  project: string,
  branch: string,
): Promise<string | undefined> {
  const found = await unlessMissing(() => branches.show(project, branch));
  return found === undefined ? undefined : Branch.parse(found).commit.id;
}
