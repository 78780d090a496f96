/** `POST repository/commits`: several file actions as one commit, refused as GitLab refuses. */
import { applyAction, type Index, readIndex } from './commit-index.ts';
import { readCommit } from './commit-json.ts';
import {
  type CommitAction,
  type CommitRequest,
  parseBody,
  requiredBranch,
  validateRequest,
} from './commit-request.ts';
import { dropPending, moveBranch, type PendingCommit, writeCommit } from './commit-write.ts';
import { type Call, type Endpoint, readableProject, writeScopes } from './endpoint.ts';
import { tryGit } from './git.ts';
import { refusalByPushRules } from './push-check.ts';
import { json, type Reply, refuse } from './reply.ts';
import { branchHead, isEmpty, lastCommitOf, resolveCommit } from './repository.ts';
import { canPush, canPushToBranch, type StoredProject, userOf } from './state.ts';

export const commitWriteEndpoints: readonly Endpoint[] = [
  { route: 'POST /projects/:id/repository/commits', scopes: writeScopes, handle: createCommit },
];

const FORBIDDEN = '403 Forbidden - You are not allowed to push into this branch';

async function createCommit(call: Call): Promise<Reply> {
  const project = readableProject(call);
  if (!canPush(call.caller, project)) {
    return refuse(403, FORBIDDEN);
  }
  const fields = parseBody(call.headers, await call.readBody());
  if (!canPushToBranch(call.caller, project, requiredBranch(fields))) {
    return refuse(403, FORBIDDEN);
  }
  const request = validateRequest(fields);
  const head = await branchHead(project, request.branch);
  const parent = await resolveParent(project, request, head);
  await refuseStaleActions(project, parent, request.actions);
  const commit = await write(call, project, { request, parent });
  await refuseByRules(project, commit);
  if (!(await moveBranch(project, request.branch, { commit, expected: head }))) {
    return refuse(400, '9:reference update: reference does not point to expected object');
  }
  // The first branch of an empty repository becomes its default branch.
  if (parent === undefined) {
    await project.git('symbolic-ref', 'HEAD', `refs/heads/${request.branch}`);
  }
  return json(201, await readCommit(call.state, project, commit.id));
}

/** GitLab's service checks, in its order. @returns the new commit's parent; none in an empty repository. */
async function resolveParent(
  project: StoredProject,
  request: CommitRequest,
  head: string | undefined,
): Promise<string | undefined> {
  const { branch, startSha, startBranch = branch } = request;
  const start =
    startSha === undefined ? await branchHead(project, startBranch) : await resolveSha(project, startSha);
  if (start === undefined) {
    if (!(await isEmpty(project))) {
      refuse(400, 'You can only create or edit files when you are on a branch');
    }
  }
  const isOtherBranch = startSha !== undefined || startBranch !== branch;
  if (isOtherBranch && head !== undefined && !request.force) {
    refuse(400, `A branch called '${branch}' already exists. Switch to that branch in order to make changes`);
  }
  if (head === undefined) {
    await refuseBadBranchName(project, branch);
  }
  return start;
}

async function resolveSha(project: StoredProject, sha: string): Promise<string> {
  if (!/^[0-9a-f]{40}$/.test(sha)) {
    return refuse(400, `Invalid start_sha '${sha}'`);
  }
  return (await resolveCommit(project, sha)) ?? refuse(400, `Cannot find start_sha '${sha}'`);
}

async function refuseBadBranchName(project: StoredProject, branch: string): Promise<void> {
  const valid = await tryGit(['check-ref-format', '--branch', branch], { cwd: project.repositoryDir });
  if (valid !== undefined) {
    return;
  }
  refuse(400, `Something went wrong when we tried to create '${branch}' for you: Branch name is invalid`);
}

/** A path unknown at either commit passes, and `create` is never checked (reference/gitlab.md §4). */
async function refuseStaleActions(
  project: StoredProject,
  head: string | undefined,
  actions: readonly CommitAction[],
): Promise<void> {
  for (const { action, filePath, previousPath, lastCommitId } of actions) {
    if (action === 'create' || lastCommitId === undefined || head === undefined || lastCommitId === head) {
      continue;
    }
    const known = await resolveCommit(project, lastCommitId);
    if (known === undefined) {
      continue;
    }
    const path = previousPath ?? filePath;
    const [now, then] = await Promise.all([
      lastCommitOf(project, head, path),
      lastCommitOf(project, known, path),
    ]);
    if (now !== undefined && then !== undefined && now !== then) {
      refuse(400, `The file has changed since you started editing it: ${path}`);
    }
  }
}

async function write(
  call: Call,
  project: StoredProject,
  { request, parent }: { request: CommitRequest; parent: string | undefined },
): Promise<PendingCommit> {
  const before = await readIndex(project, parent);
  const after: Index = new Map(before);
  for (const action of request.actions) {
    applyAction(after, action);
  }
  const committer = userOf(call.caller);
  const author = {
    name: request.authorName ?? committer.name,
    email: request.authorEmail ?? committer.email,
  };
  const { message } = request;
  return await writeCommit(project, { before, after, message, author, committer, ...(parent && { parent }) });
}

async function refuseByRules(project: StoredProject, commit: PendingCommit): Promise<void> {
  const refusal = await refusalByPushRules(project, commit.id, {});
  if (refusal === undefined) {
    return;
  }
  await dropPending(project, commit);
  refuse(400, refusal);
}
