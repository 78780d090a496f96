/** The smallest role and scope for each mode, tried out: what docs/authentication.md says is enough is, and less is not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProject, jobEnv } from '../end-to-end/destinations.ts';
import { makeFolder, run } from '../end-to-end/program.ts';
import { startTeam, type Team } from '../end-to-end/team.ts';
import type { ProjectOptions } from '../loopback/gitlab/create-project.ts';
import { type LoopbackGitLab, startLoopbackGitLab } from '../loopback/gitlab/server.ts';
import type { Role } from '../loopback/gitlab/state.ts';

const BRANCHES = {
  unprotected: {},
  'protected, Developers may push': { protectedBranches: [{ name: 'main', pushAccessLevel: 30 }] },
  'protected, Maintainers may push': { protectedBranches: [{ name: 'main', pushAccessLevel: 40 }] },
  'protected, nobody may push': { protectedBranches: [{ name: 'main', pushAccessLevel: 0 }] },
  'in an empty project': { empty: true },
} as const satisfies Record<string, Partial<ProjectOptions>>;

type Branch = keyof typeof BRANCHES;
type Row = readonly [role: Role, branch: Branch, outcome: 0 | string];

const OK = 0;

const ACCESS_TOKENS: readonly Row[] = [
  ['guest', 'unprotected', 'GITLAB_FORBIDDEN'],
  ['reporter', 'unprotected', 'GITLAB_FORBIDDEN'],
  ['developer', 'unprotected', OK],
  ['developer', 'protected, Developers may push', OK],
  ['developer', 'protected, Maintainers may push', 'GITLAB_BRANCH_PROTECTED'],
  ['maintainer', 'protected, Maintainers may push', OK],
  ['owner', 'protected, nobody may push', 'GITLAB_BRANCH_PROTECTED'],
  ['developer', 'in an empty project', OK],
];

const JOB_TOKENS: readonly Row[] = [
  ['guest', 'unprotected', 'JOB_TOKEN_PUSH_REFUSED'],
  ['reporter', 'unprotected', 'JOB_TOKEN_PUSH_REFUSED'],
  ['developer', 'unprotected', OK],
  ['developer', 'protected, Developers may push', OK],
  ['developer', 'protected, Maintainers may push', 'GITLAB_BRANCH_PROTECTED'],
  ['maintainer', 'protected, Maintainers may push', OK],
  ['owner', 'protected, nobody may push', 'GITLAB_BRANCH_PROTECTED'],
];

let gitlab: LoopbackGitLab;
let team: Team;

beforeAll(async () => {
  gitlab = await startLoopbackGitLab();
  team = await startTeam();
});

afterAll(() => gitlab.close());

type Given = {
  readonly project?: Partial<ProjectOptions>;
  readonly credential: (path: string) => Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
};

/** @returns 0 after a commit, else the code of the error. */
async function backUp({ project: options = {}, credential, flags = [] }: Given): Promise<0 | string> {
  const project = await createProject(gitlab, options);
  const count = async () => (await project.git('rev-list', '--count', '--all')).trim();
  const before = await count();
  const env = { ...team.env, ...jobEnv(gitlab, project), ...credential(project.path) };
  const { exitCode, stderr } = await run(['backup', ...flags], { folder: await makeFolder(), env });
  expect((await count()) !== before).toBe(exitCode === 0);
  return exitCode === 0 ? OK : (/^✖ (\w+)/m.exec(stderr)?.[1] ?? stderr);
}

const withToken =
  (scopes: readonly string[], role: Role): Given['credential'] =>
  (path) => ({
    GITLAB_TOKEN: gitlab.createToken({ scopes, role, projects: [path] }),
  });

const withJob =
  (role: Role): Given['credential'] =>
  (project) => ({
    CI_JOB_TOKEN: gitlab.createJobToken({ project, role }),
  });

describe('an access token with the scope `api`', () => {
  it.concurrent.each(ACCESS_TOKENS)('of a %s, to a branch that is %s: %s', async (role, branch, outcome) => {
    expect(await backUp({ project: BRANCHES[branch], credential: withToken(['api'], role) })).toBe(outcome);
  });

  it.concurrent.each([
    ['read_api', 'GITLAB_SCOPE_MISSING'],
    ['write_repository', 'GITLAB_SCOPE_MISSING'],
    ['read_repository', 'GITLAB_SCOPE_MISSING'],
  ])('is needed: %s is not enough, even of an owner', async (scope, outcome) => {
    expect(await backUp({ credential: withToken([scope], 'owner') })).toBe(outcome);
  });

  it.concurrent('is needed to write only: a dry run gets by with `read_api` and the role Reporter', async () => {
    const { exitCode, project } = await dryRun(withToken(['read_api'], 'reporter'));
    expect(exitCode).toBe(0);
    expect((await project.git('rev-list', '--count', '--all')).trim()).toBe('1');
  });

  it.concurrent('works on another branch when the default branch is for Maintainers', async () => {
    const project = BRANCHES['protected, Maintainers may push'];
    const credential = withToken(['api'], 'developer');
    expect(await backUp({ project, credential, flags: ['--branch', 'postman'] })).toBe(OK);
  });
});

describe('a merge request, to a branch to which nobody may push', () => {
  const flags = ['--mode', 'merge-request'];
  const project = { ...BRANCHES['protected, nobody may push'], jobTokenPushAllowed: true };

  it.concurrent.each([
    ['reporter', 'api', 'GITLAB_FORBIDDEN'],
    ['developer', 'api', OK],
    ['developer', 'write_repository', 'GITLAB_SCOPE_MISSING'],
  ] as const)('of a %s with a token for `%s`: %s', async (role, scope, outcome) => {
    expect(await backUp({ project, credential: withToken([scope], role), flags })).toBe(outcome);
  });

  it.concurrent('is nothing that the job token may open', async () => {
    expect(await backUp({ project, credential: withJob('owner'), flags })).toBe('CONFIG_INVALID');
  });

  it.concurrent('does not come from a branch to which the token may not push either', async () => {
    const source = { protectedBranches: [{ name: 'postman-backup/main', pushAccessLevel: 40 }] } as const;
    const credential = withToken(['api'], 'developer');
    expect(await backUp({ project: source, credential, flags })).toBe('GITLAB_BRANCH_PROTECTED');
  });
});

async function dryRun(credential: Given['credential']) {
  const project = await createProject(gitlab);
  const env = { ...team.env, ...jobEnv(gitlab, project), ...credential(project.path) };
  return { project, ...(await run(['backup', '--dry-run'], { folder: await makeFolder(), env })) };
}

describe('the job token, in a project that allows pushes', () => {
  it.concurrent.each(JOB_TOKENS)('of a %s, to a branch that is %s: %s', async (role, branch, outcome) => {
    const project = { jobTokenPushAllowed: true, ...BRANCHES[branch] };
    expect(await backUp({ project, credential: withJob(role) })).toBe(outcome);
  });

  it.concurrent('is refused in one that does not, whoever started the job', async () => {
    expect(await backUp({ credential: withJob('owner') })).toBe('JOB_TOKEN_PUSH_REFUSED');
  });

  it.concurrent('is for the job’s own project only', async () => {
    const { path } = await createProject(gitlab, { jobTokenPushAllowed: true });
    const credential = () => withJob('owner')(path);
    expect(await backUp({ project: { jobTokenPushAllowed: true }, credential })).toBe(
      'JOB_TOKEN_PUSH_REFUSED',
    );
  });
});
