/** `merge_requests`: list, show, create, update and close, and merge (which really merges in the bare repository). */

import { type Call, type Endpoint, param, readableProject, readScopes, writeScopes } from './endpoint.ts';
import { git, tryGit } from './git.ts';
import { paginate } from './paging.ts';
import { json, Refusal, type Reply, refuse } from './reply.ts';
import { branchHead } from './repository.ts';
import {
  canPush,
  canPushToBranch,
  type MergeRequest,
  type StoredProject,
  type User,
  userOf,
} from './state.ts';

const ONE = '/projects/:id/merge_requests/:iid';

export const mergeRequestEndpoints: readonly Endpoint[] = [
  { route: 'GET /users', scopes: ['api', 'read_api', 'read_user'], handle: listUsers },
  { route: 'GET /projects/:id/merge_requests', scopes: readScopes, jobToken: true, handle: list },
  { route: 'POST /projects/:id/merge_requests', scopes: writeScopes, handle: create },
  { route: `GET ${ONE}`, scopes: readScopes, jobToken: true, handle: show },
  { route: `PUT ${ONE}`, scopes: writeScopes, handle: update },
  { route: `PUT ${ONE}/merge`, scopes: writeScopes, handle: merge },
];

type Fields = Readonly<Record<string, unknown>>;

function listUsers({ state, caller, query }: Call): Reply {
  if (caller.kind !== 'token') {
    return refuse(403, '403 Forbidden - Not authorized to access /api/v4/users');
  }
  const wanted = query.get('username')?.toLowerCase();
  return json(200, state.people.filter(({ name }) => name.toLowerCase() === wanted).map(describeUser));
}

async function list(call: Call): Promise<Reply> {
  const project = readableProject(call);
  const { query } = call;
  const asked = { state: query.get('state') ?? 'all' };
  const matching = project.mergeRequests
    .filter(({ state }) => asked.state === 'all' || asked.state === state)
    .filter(({ sourceBranch }) => (query.get('source_branch') ?? sourceBranch) === sourceBranch)
    .filter(({ targetBranch }) => (query.get('target_branch') ?? targetBranch) === targetBranch)
    .toReversed();
  const page = paginate(call, matching);
  const shown = await Promise.all(page.items.map((one) => describe(call, project, one)));
  return json(200, shown, page.headers);
}

async function show(call: Call): Promise<Reply> {
  const project = readableProject(call);
  return json(200, await describe(call, project, found(call, project)));
}

async function create(call: Call): Promise<Reply> {
  const project = writableProject(call);
  const fields = await readFields(call);
  const required = ['source_branch', 'target_branch', 'title'].filter((name) => text(fields[name]) === '');
  if (required.length > 0) {
    throw new Refusal(json(400, { error: required.map((name) => `${name} is missing`).join(', ') }));
  }
  const sourceBranch = text(fields['source_branch']);
  const targetBranch = text(fields['target_branch']);
  const open = project.mergeRequests.find(
    (one) => one.state === 'opened' && one.sourceBranch === sourceBranch && one.targetBranch === targetBranch,
  );
  if (open !== undefined) {
    const said = `Another open merge request already exists for this source branch: !${open.iid}`;
    throw new Refusal(json(409, { message: [said] }));
  }
  const created: MergeRequest = {
    iid: project.mergeRequests.length + 1,
    sourceBranch,
    targetBranch,
    state: 'opened',
    title: '',
    description: '',
    labels: [],
    reviewers: [],
    assignees: [],
    removeSourceBranch: false,
  };
  project.mergeRequests.push(created);
  change(call, created, fields);
  return json(201, await describe(call, project, created));
}

async function update(call: Call): Promise<Reply> {
  const project = writableProject(call);
  const one = found(call, project);
  const fields = await readFields(call);
  change(call, one, fields);
  if (fields['state_event'] === 'close' && one.state === 'opened') {
    await freeze(project, one, 'closed');
  }
  return json(200, await describe(call, project, one));
}

/** Whom GitLab does not know, it leaves out without a word. */
function change({ state }: Call, one: MergeRequest, fields: Fields): void {
  const people = (name: string, before: readonly User[]) => {
    const ids = fields[name];
    return Array.isArray(ids) ? state.people.filter(({ id }) => ids.includes(id)) : before;
  };
  const labels = fields['labels'];
  one.title = text(fields['title']) || one.title;
  one.description = typeof fields['description'] === 'string' ? fields['description'] : one.description;
  one.labels =
    labels === undefined ? one.labels : (Array.isArray(labels) ? labels : text(labels).split(',')).map(text);
  one.reviewers = people('reviewer_ids', one.reviewers);
  one.assignees = people('assignee_ids', one.assignees);
  one.removeSourceBranch = fields['remove_source_branch'] === true || one.removeSourceBranch;
}

/** In GitLab's order (lib/api/merge_requests.rb): permission, whether it can be merged at all, `sha`. */
async function merge(call: Call): Promise<Reply> {
  const project = writableProject(call);
  const one = found(call, project);
  const fields = await readFields(call);
  if (!canPushToBranch(call.caller, project, one.targetBranch)) {
    return refuse(401, '401 Unauthorized');
  }
  const waits = fields['auto_merge'] === true || fields['merge_when_pipeline_succeeds'] === true;
  if (one.state !== 'opened' || (waits && !project.pipelines)) {
    return refuse(405, '405 Method Not Allowed');
  }
  const source = await branchHead(project, one.sourceBranch);
  const tree = source === undefined ? undefined : await mergedTree(project, one);
  if (source === undefined || tree === undefined) {
    return refuse(422, 'Branch cannot be merged');
  }
  if (fields['sha'] !== undefined && fields['sha'] !== source) {
    return refuse(409, `SHA does not match HEAD of source branch: ${source}`);
  }
  if (waits) {
    one.autoMergeAt = source;
  } else {
    await carryOutMerge(call, { project, one, source, tree, squash: fields['squash'] === true });
    if (fields['should_remove_source_branch'] === true || one.removeSourceBranch) {
      await project.git('update-ref', '-d', `refs/heads/${one.sourceBranch}`);
    }
  }
  return json(200, await describe(call, project, one));
}

type Merge = {
  readonly project: StoredProject;
  readonly one: MergeRequest;
  readonly source: string;
  readonly tree: string;
  readonly squash: boolean;
};

async function carryOutMerge({ caller }: Call, { project, one, source, tree, squash }: Merge): Promise<void> {
  const target = await branchHead(project, one.targetBranch);
  const { name, email } = userOf(caller);
  const env = {
    ...{ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email },
    ...{ GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email },
  };
  const parents = ['-p', target ?? '', ...(squash ? [] : ['-p', source])];
  const message = squash ? one.title : `Merge branch '${one.sourceBranch}' into '${one.targetBranch}'`;
  const commit = await git(['commit-tree', tree, ...parents, '-m', message], {
    cwd: project.repositoryDir,
    env,
  });
  await project.git('update-ref', `refs/heads/${one.targetBranch}`, commit.toString().trim(), target ?? '');
  await freeze(project, one, 'merged');
}

/** @returns nothing when the two conflict. */
async function mergedTree(project: StoredProject, one: MergeRequest): Promise<string | undefined> {
  const branches = [`refs/heads/${one.targetBranch}`, `refs/heads/${one.sourceBranch}`];
  const merged = await tryGit(['merge-tree', '--write-tree', ...branches], { cwd: project.repositoryDir });
  return merged?.toString().trim();
}

async function freeze(project: StoredProject, one: MergeRequest, state: 'closed' | 'merged'): Promise<void> {
  const head = await branchHead(project, one.sourceBranch);
  one.lastHead = head ?? '';
  one.state = state;
}

async function describe({ state }: Call, project: StoredProject, one: MergeRequest): Promise<object> {
  const head = one.lastHead ?? (await branchHead(project, one.sourceBranch)) ?? null;
  const isOpen = one.state === 'opened';
  return {
    id: project.id * 1000 + one.iid,
    iid: one.iid,
    project_id: project.id,
    source_project_id: project.id,
    target_project_id: project.id,
    title: one.title,
    description: one.description,
    state: one.state,
    source_branch: one.sourceBranch,
    target_branch: one.targetBranch,
    labels: one.labels,
    reviewers: one.reviewers.map(describeUser),
    assignees: one.assignees.map(describeUser),
    sha: head,
    has_conflicts: isOpen && head !== null && (await mergedTree(project, one)) === undefined,
    merge_when_pipeline_succeeds: head !== null && one.autoMergeAt === head,
    detailed_merge_status: isOpen ? 'mergeable' : 'not_open',
    force_remove_source_branch: one.removeSourceBranch,
    web_url: `${state.url}/${project.path}/-/merge_requests/${one.iid}`,
  };
}

function describeUser({ id, name }: User): object {
  return { id, username: name, name, state: 'active' };
}

function writableProject(call: Call): StoredProject {
  const project = readableProject(call);
  return canPush(call.caller, project) ? project : refuse(403, '403 Forbidden');
}

function found(call: Call, project: StoredProject): MergeRequest {
  const iid = param(call, 'iid');
  return project.mergeRequests.find((one) => String(one.iid) === iid) ?? refuse(404, '404 Not found');
}

async function readFields(call: Call): Promise<Fields> {
  const body = await call.readBody();
  return body.length === 0 ? {} : (JSON.parse(body.toString()) as Fields);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
