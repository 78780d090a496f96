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
  /** The head that it has: it goes, and the branch starts anew from `commit`. */
  readonly replaces?: string;
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
 * @param known.branch the one that was asked for.
 * @param known.defaultBranch the project's, if it is known.
 * @throws HttpError 404 when the project is not there, or may not be seen.
 */
export async function findBranch(
  api: { readonly branches: Branches; readonly projects: Projects },
  project: string,
  known: { readonly branch?: string; readonly defaultBranch?: string },
): Promise<BranchHead> {
  const { branch, defaultBranch } = known;
  const wanted = branch ?? defaultBranch;
  for (const name of new Set([branch, defaultBranch].flatMap((one) => one ?? []))) {
    const commit = await headOf(api.branches, project, name);
    if (commit !== undefined) {
      return startFrom(name, { name: wanted ?? name, commit });
    }
  }
  const facts = await readProject(api.projects, project);
  const start = facts.default_branch ?? 'main';
  const name = wanted ?? start;
  if (facts.empty_repo === true) {
    return { name };
  }
  const commit = await headOf(api.branches, project, start);
  return commit === undefined ? { name } : startFrom(start, { name, commit });
}

function startFrom(startBranch: string, head: BranchHead): BranchHead {
  return head.name === startBranch ? head : { ...head, startBranch };
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
