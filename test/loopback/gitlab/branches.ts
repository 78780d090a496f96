/** `repository/branches`: list, look at, create and delete branches. */
import { type CommitJson, readOneCommit } from './commit-json.ts';
import { type Call, type Endpoint, param, readableProject, readScopes, writeScopes } from './endpoint.ts';
import { tryGit } from './git.ts';
import { paginate } from './paging.ts';
import { json, notFound, Refusal, type Reply, refuse } from './reply.ts';
import { branchHead, defaultBranch, resolveCommit } from './repository.ts';
import { canPush, canPushToBranch, protectionOf, type StoredProject } from './state.ts';

export const branchEndpoints: readonly Endpoint[] = [
  {
    route: 'GET /projects/:id/repository/branches',
    scopes: readScopes,
    jobToken: true,
    handle: listBranches,
  },
  {
    route: 'GET /projects/:id/repository/branches/:branch',
    scopes: readScopes,
    jobToken: true,
    handle: getBranch,
  },
  { route: 'POST /projects/:id/repository/branches', scopes: writeScopes, handle: createBranch },
  { route: 'DELETE /projects/:id/repository/branches/:branch', scopes: writeScopes, handle: deleteBranch },
];

async function listBranches(call: Call): Promise<Reply> {
  const project = readableProject(call);
  const names = (await project.git('for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads')).split('\n');
  const search = call.query.get('search') ?? '';
  const page = paginate(
    call,
    names.filter((name) => name !== '' && name.includes(search)),
  );
  const branches = await Promise.all(page.items.map((name) => describeBranch(call, project, name)));
  return json(200, branches, page.headers);
}

async function getBranch(call: Call): Promise<Reply> {
  const project = readableProject(call);
  const name = param(call, 'branch');
  if ((await branchHead(project, name)) === undefined) {
    return notFound('Branch');
  }
  return json(200, await describeBranch(call, project, name));
}

async function createBranch(call: Call): Promise<Reply> {
  const project = readableProject(call);
  if (!canPush(call.caller, project)) {
    return refuse(403, '403 Forbidden');
  }
  const { branch, ref } = await readParameters(call);
  const cwd = project.repositoryDir;
  if ((await tryGit(['check-ref-format', '--branch', branch], { cwd })) === undefined) {
    return refuse(400, 'Branch name is invalid');
  }
  if ((await branchHead(project, branch)) !== undefined) {
    return refuse(400, 'Branch already exists');
  }
  const start = await resolveCommit(project, ref);
  if (start === undefined) {
    return refuse(400, `Invalid reference name: ${ref}`);
  }
  if (!canPushToBranch(call.caller, project, branch)) {
    return refuse(400, 'You are not allowed to create protected branches on this project.');
  }
  // The empty old value makes git refuse when somebody created the branch in between.
  if ((await tryGit(['update-ref', `refs/heads/${branch}`, start, ''], { cwd })) === undefined) {
    return refuse(400, 'Branch already exists');
  }
  return json(201, await describeBranch(call, project, branch));
}

async function deleteBranch(call: Call): Promise<Reply> {
  const project = readableProject(call);
  const name = param(call, 'branch');
  if (!canPush(call.caller, project)) {
    return refuse(403, '403 Forbidden');
  }
  if ((await branchHead(project, name)) === undefined) {
    return notFound('Branch');
  }
  if (protectionOf(project, name) !== undefined) {
    return refuse(403, '403 Forbidden - Protected branches cannot be deleted');
  }
  await project.git('update-ref', '-d', `refs/heads/${name}`);
  return { status: 204, body: Buffer.alloc(0) };
}

async function readParameters(call: Call): Promise<{ branch: string; ref: string }> {
  const body = await call.readBody();
  const given: unknown = body.length === 0 ? {} : JSON.parse(body.toString());
  const read = (name: string) =>
    call.query.get(name) ?? (given as Readonly<Record<string, unknown>>)[name]?.toString();
  const branch = read('branch');
  const ref = read('ref');
  const missing = Object.entries({ branch, ref }).filter(([, value]) => value === undefined);
  if (branch === undefined || ref === undefined) {
    throw new Refusal(json(400, { error: missing.map(([name]) => `${name} is missing`).join(', ') }));
  }
  return { branch, ref };
}

async function describeBranch(call: Call, project: StoredProject, name: string): Promise<CommitJson> {
  const { state, caller } = call;
  const head = (await branchHead(project, name)) ?? '';
  const commit = await readOneCommit(head, { state, project, trailers: false });
  const protection = protectionOf(project, name);
  return {
    name,
    commit,
    merged: false,
    protected: protection !== undefined,
    developers_can_push: protection?.pushAccessLevel === 30,
    developers_can_merge: false,
    can_push: canPushToBranch(caller, project, name),
    default: (await defaultBranch(project)) === name,
    web_url: `${state.url}/${project.path}/-/tree/${name}`,
  };
}
