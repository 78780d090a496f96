/** Every way in which a backup can be refused: the exit code, the code on stderr, and what it says to do. */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addWorkspace, removeCollection } from '../../demo/postman-api/estate.mjs';
import { type LoopbackGitLab, startLoopbackGitLab } from '../loopback/gitlab/server.ts';
import type { Project } from '../loopback/gitlab/state.ts';
import { createSelfSigned } from '../unit/http/self-signed.ts';
import { createProject, jobEnv } from './destinations.ts';
import { atEnd, type Finished, makeFolder, run } from './program.ts';
import { type Expected, expectRefusal, type Refused, refuse } from './refuse.ts';
import { startTeam } from './team.ts';

let gitlab: LoopbackGitLab;

beforeAll(async () => {
  gitlab = await startLoopbackGitLab();
});

afterAll(() => gitlab.close());

async function other(options: Parameters<typeof startLoopbackGitLab>[0]): Promise<LoopbackGitLab> {
  const server = await startLoopbackGitLab(options);
  atEnd(() => server.close());
  return server;
}

describe('Postman', () => {
  it.concurrent.each<[string, Refused, Expected]>([
    [
      'no key',
      { env: { POSTMAN_API_KEY: '' } },
      { exit: 20, code: 'POSTMAN_KEY_MISSING', says: ['masked CI/CD variable'] },
    ],
    [
      'a key that is refused, or one of the EU on the US host',
      { env: { POSTMAN_API_KEY: 'PMAK-0000000000000000000000-1111' } },
      { exit: 21, code: 'POSTMAN_KEY_REFUSED', says: ['region: eu', 'expired or revoked'] },
    ],
    [
      'a key of the US on the EU host',
      { env: { POSTMAN_API_KEY: 'PMAK-0000000000000000000000-1111', POSTMAN_GITLAB_REGION: 'eu' } },
      { exit: 21, code: 'POSTMAN_KEY_REFUSED', says: ['region: us'] },
    ],
    [
      'a workspace that is not there',
      { flags: ['--workspace', 'Paymnets'] },
      { exit: 20, code: 'WORKSPACE_NOT_FOUND', says: ['Did you mean "Payments"?'] },
    ],
    [
      'two workspaces of one name',
      { team: ({ estate }) => void addWorkspace(estate, { name: 'Payments' }) },
      { exit: 20, code: 'WORKSPACE_AMBIGUOUS', says: ['2 workspaces are named "Payments"', 'by its id'] },
    ],
    [
      'a collection that is not there',
      { flags: ['--workspace', 'Payments', '--collection', 'Ordres'] },
      { exit: 20, code: 'COLLECTION_NOT_FOUND', says: ['Did you mean "Orders"'] },
    ],
    [
      'a month without calls',
      { postman: { limits: { monthlyQuota: 5, monthlyUsage: 5 } } },
      { exit: 23, code: 'POSTMAN_QUOTA_EXHAUSTED', says: ['monthly'] },
    ],
    [
      'an outage',
      {
        // So long that waiting is no use.
        team: ({ api }) => api.onRequest(() => ({ status: 503, headers: { 'retry-after': '900' } })),
      },
      { exit: 22, code: 'POSTMAN_UNAVAILABLE', says: ['status.postman.com'] },
    ],
  ])('with %s', async (_, refused, expected) => {
    const finished = await refuse(gitlab, refused);

    expectRefusal(finished, expected);
    expect(await finished.project.git('log', '--format=%s', 'main')).toBe('Initial commit\n');
  });

  it('failing for one resource leaves the rest committed', async () => {
    const finished = await refuse(gitlab, {
      team: ({ api, collection }) =>
        api.onRequest(({ path }) =>
          path.includes(collection('Orders').uuid) ? { status: 404, body: {} } : undefined,
        ),
    });

    expectRefusal(finished, { exit: 25, code: 'RESOURCE_NOT_FOUND', says: ['Orders'] });
    expect(await finished.project.git('log', '-1', '--format=%s', 'main')).toBe('Back up Postman: 3 added\n');
  });
});

describe('GitLab', () => {
  const protectedMain = { protectedBranches: [{ name: 'main', pushAccessLevel: 40 }] } as const;
  const pushRules = { commitMessageRegex: 'APIS-\\d+' };

  it.concurrent.each<[string, Refused, Expected]>([
    [
      'no token, no job token and no repository',
      { env: { GITLAB_TOKEN: '' } },
      { exit: 20, code: 'DESTINATION_MISSING', says: ['GITLAB_TOKEN', 'job-token pushes', '`repository`'] },
    ],
    [
      'a token variable that is named and empty',
      { flags: ['--token-variable', 'BACKUP_TOKEN'] },
      { exit: 20, code: 'TOKEN_MISSING', says: ['BACKUP_TOKEN'] },
    ],
    [
      'an unknown token',
      { env: { GITLAB_TOKEN: 'glpat-0000000000' } },
      { exit: 21, code: 'GITLAB_TOKEN_REFUSED', says: ['`api`'] },
    ],
    [
      'a token without the scope',
      { token: { scopes: ['read_api'] } },
      { exit: 21, code: 'GITLAB_SCOPE_MISSING', says: ['`api`'] },
    ],
    [
      'a token that expired',
      { token: { expiresAt: '2026-01-01' } },
      { exit: 21, code: 'GITLAB_TOKEN_EXPIRED', says: ['rotate the access token'] },
    ],
    [
      'a token without the role',
      { token: { role: 'reporter' } },
      { exit: 21, code: 'GITLAB_FORBIDDEN', says: ['Developer'] },
    ],
    [
      'a project that is not there, or that the token may not see',
      { flags: ['--project', 'platform/nowhere'] },
      { exit: 21, code: 'GITLAB_PROJECT_NOT_FOUND', says: ['platform/nowhere', 'may not see'] },
    ],
    [
      'a protected branch',
      { project: protectedMain },
      { exit: 21, code: 'GITLAB_BRANCH_PROTECTED', says: ['`branch`'] },
    ],
    [
      'a protected branch, by git push',
      { jobToken: true, project: { jobTokenPushAllowed: true, ...protectedMain } },
      { exit: 21, code: 'GITLAB_BRANCH_PROTECTED', says: ['`branch`'] },
    ],
    [
      'an archived project',
      { project: { archived: true } },
      { exit: 21, code: 'GITLAB_PROJECT_ARCHIVED', says: ['Unarchive'] },
    ],
    [
      'a push rule',
      { project: { pushRules } },
      {
        exit: 20,
        code: 'GITLAB_PUSH_RULE',
        says: ['does not follow the pattern', 'APIS-', '`commit-prefix`', '`author`'],
      },
    ],
    [
      'a push rule, by git push',
      { jobToken: true, project: { jobTokenPushAllowed: true, pushRules } },
      {
        exit: 20,
        code: 'GITLAB_PUSH_RULE',
        says: ['does not follow the pattern', '`commit-prefix`', '`author`'],
      },
    ],
    [
      'a job token that may not push',
      { jobToken: true },
      { exit: 21, code: 'JOB_TOKEN_PUSH_REFUSED', says: ['Allow Git push requests'] },
    ],
    [
      "a commit that is too large for GitLab's limit",
      { gitlab: () => other({ maxBodyBytes: 1000 }) },
      { exit: 20, code: 'GITLAB_PAYLOAD_TOO_LARGE', says: ['client_max_body_size'] },
    ],
    [
      "a commit that is too large for a proxy's limit, which answers in HTML",
      { gitlab: () => other({ proxyMaxBodyBytes: 1000 }) },
      { exit: 20, code: 'GITLAB_PAYLOAD_TOO_LARGE', says: ['client_max_body_size'] },
    ],
    [
      'no git program',
      { jobToken: true, env: { PATH: '/nonexistent' } },
      { exit: 20, code: 'GIT_NOT_FOUND', says: ['image'] },
    ],
  ])('with %s', async (_, refused, expected) => {
    const finished = await refuse(gitlab, refused);

    expectRefusal(finished, expected);
    expect(await finished.project.git('log', '--format=%s', 'main')).toBe('Initial commit\n');
  });
});

describe('the connection', () => {
  it('with a proxy variable that this Node ignores', async () => {
    const finished = await refuse(gitlab, { env: { HTTP_PROXY: 'http://proxy.example:3128' } });

    expectRefusal(finished, {
      exit: 20,
      code: 'PROXY_IGNORED',
      says: ['HTTP_PROXY is set', /NODE_USE_ENV_PROXY=1/],
    });
  });

  it('with a certificate that nobody trusts', async () => {
    const server = createServer(createSelfSigned('localhost'), (_, response) => response.end('{}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const finished = await refuse(gitlab, { env: { POSTMAN_API_URL: `https://127.0.0.1:${port}` } });

      expectRefusal(finished, { exit: 20, code: 'CERTIFICATE_NOT_TRUSTED', says: ['NODE_EXTRA_CA_CERTS'] });
    } finally {
      server.close();
    }
  });
});

describe('for safety', () => {
  it('with secrets, when they are not allowed', async () => {
    const finished = await refuse(gitlab, { flags: ['--workspace', 'Payments', '--secrets', 'fail'] });

    expectRefusal(finished, { exit: 26, code: 'SECRETS_FOUND', says: ['Staging', '$.values[1].value'] });
    expect(await finished.project.git('log', '--format=%s', 'main')).toBe('Initial commit\n');
  });

  it('with more removals than the guard allows', async () => {
    const { project, ...finished } = await refuseSecondNight();

    expectRefusal(finished, { exit: 26, code: 'REMOVAL_REFUSED', says: ['Ledger', '`max-removals`'] });
    expect(await project.git('ls-tree', '-r', '--name-only', 'main')).toContain('Ledger');
  });
});

async function refuseSecondNight(): Promise<Finished & { readonly project: Project }> {
  const team = await startTeam();
  const project = await createProject(gitlab);
  const token = gitlab.createToken({ scopes: ['api'], role: 'developer' });
  const env = { ...team.env, ...jobEnv(gitlab, project), GITLAB_TOKEN: token };
  const folder = await makeFolder();
  const flags = ['--workspace', 'Payments', '--removed', 'delete', '--max-removals', '0'];
  await run(['backup', ...flags], { folder, env });
  removeCollection(team.estate, team.collection('Ledger').uuid);
  return { ...(await run(['backup', ...flags], { folder, env })), project };
}
