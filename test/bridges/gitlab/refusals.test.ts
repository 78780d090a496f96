/** Every refusal that GitLab is known for: its code, its exit code, GitLab's own words, and what to do. */
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../src/errors.ts';
import { serveUntrusted } from '../../unit/http/loopback.ts';
import { planOn } from '../plan-on.ts';
import { backupOn, failureOf, openRepository, type StartOptions, start } from './fixture.ts';

type Expected = {
  readonly code: ErrorCode;
  readonly exitCode: number;
  /** GitLab's words, and what we say of them. */
  readonly says: string | RegExp;
  readonly hint: string;
};

type Row = readonly [title: string, options: StartOptions, expected: Expected];

const NOT_ALLOWED = /: 403 Forbidden - You are not allowed to push into this branch$/;

const onReading: readonly Row[] = [
  [
    'a token that is expired',
    { token: { expiresAt: '2020-01-01' } },
    { code: 'GITLAB_TOKEN_EXPIRED', exitCode: 21, says: 'Token is expired.', hint: 'Create or rotate' },
  ],
  [
    'a token that was revoked',
    { token: { revoked: true } },
    { code: 'GITLAB_TOKEN_EXPIRED', exitCode: 21, says: 'Token was revoked.', hint: 'Create or rotate' },
  ],
  [
    'a token that may only use git',
    { token: { scopes: ['write_repository'] } },
    {
      code: 'GITLAB_SCOPE_MISSING',
      exitCode: 21,
      says: 'The request requires higher privileges than provided by the access token.',
      hint: 'with the scope `api`',
    },
  ],
  [
    'a token of another project',
    { token: { projects: ['team/other'] } },
    {
      code: 'GITLAB_PROJECT_NOT_FOUND',
      exitCode: 21,
      says: /does not find the project "team\/backup", or the token may not see it \(404 Project Not Found\)/,
      hint: 'GitLab says "not found" also when a token may not see a project',
    },
  ],
  [
    'a guest’s token',
    { token: { role: 'guest' } },
    {
      code: 'GITLAB_FORBIDDEN',
      exitCode: 21,
      says: '"team/backup": 403 Forbidden',
      hint: 'the role Developer',
    },
  ],
];

const onCommitting: readonly Row[] = [
  [
    'a token that may only read',
    { token: { scopes: ['read_api'] } },
    {
      code: 'GITLAB_SCOPE_MISSING',
      exitCode: 21,
      says: 'higher privileges',
      hint: '`read_api` cannot commit',
    },
  ],
  [
    'a protected branch',
    { project: { protectedBranches: [{ name: 'main', pushAccessLevel: 40 }] } },
    {
      code: 'GITLAB_BRANCH_PROTECTED',
      exitCode: 21,
      says: /^The branch "main" is protected.*403 Forbidden - You are not allowed/,
      hint: 'back up to another branch with `branch`',
    },
  ],
  [
    'an archived project',
    { project: { archived: true } },
    { code: 'GITLAB_PROJECT_ARCHIVED', exitCode: 21, says: NOT_ALLOWED, hint: 'Unarchive the project' },
  ],
  [
    'a reporter’s token',
    { token: { role: 'reporter' } },
    {
      code: 'GITLAB_FORBIDDEN',
      exitCode: 21,
      says: /role in the project "team\/backup" is too low.*403/,
      hint: 'Developer',
    },
  ],
  [
    'a reporter’s token on a protected branch, which another branch would not help',
    { token: { role: 'reporter' }, project: { protectedBranches: [{ name: 'main', pushAccessLevel: 30 }] } },
    { code: 'GITLAB_FORBIDDEN', exitCode: 21, says: 'too low', hint: 'Developer' },
  ],
  [
    'a developer’s token on an empty project that protects its first branch',
    { project: { empty: true, protectedBranches: [{ name: 'main', pushAccessLevel: 40 }] } },
    { code: 'GITLAB_BRANCH_PROTECTED', exitCode: 21, says: NOT_ALLOWED, hint: 'takes the role Maintainer' },
  ],
  [
    'a push rule on messages',
    { project: { pushRules: { commitMessageRegex: '^[A-Z]+-\\d+ ' } } },
    {
      code: 'GITLAB_PUSH_RULE',
      exitCode: 20,
      says: "Commit message does not follow the pattern '^[A-Z]+-\\d+ '",
      hint: '`commit-prefix`',
    },
  ],
  [
    'a push rule on words in messages',
    { project: { pushRules: { forbiddenMessageRegex: 'Back' } } },
    {
      code: 'GITLAB_PUSH_RULE',
      exitCode: 20,
      says: "contains the forbidden pattern 'Back'",
      hint: '`commit-prefix`',
    },
  ],
  [
    'a push rule on authors',
    { project: { pushRules: { authorEmailRegex: '@corp\\.example$' } } },
    {
      code: 'GITLAB_PUSH_RULE',
      exitCode: 20,
      says: "Author's email 'token_",
      hint: '`author` sets "Name <mail>"',
    },
  ],
  [
    'GitLab’s limit of a request',
    { gitlab: { maxBodyBytes: 100 } },
    {
      code: 'GITLAB_PAYLOAD_TOO_LARGE',
      exitCode: 20,
      says: /the upload size \d+ is over maximum of 100 bytes: entity is too large/,
      hint: 'client_max_body_size',
    },
  ],
  [
    'a proxy’s limit of a request, told in HTML',
    { gitlab: { proxyMaxBodyBytes: 100 } },
    {
      code: 'GITLAB_PAYLOAD_TOO_LARGE',
      exitCode: 20,
      says: /a proxy in front of it \(status 413\)/,
      hint: 'the `git` destination',
    },
  ],
];

function expectRefusal(
  error: Awaited<ReturnType<typeof failureOf>>,
  { says, hint, ...rest }: Expected,
): void {
  expect(error).toMatchObject(rest);
  if (says instanceof RegExp) {
    expect(error.message).toMatch(says);
  } else {
    expect(error.message).toContain(says);
  }
  expect(error.hint).toContain(hint);
}

describe('reading is refused to', () => {
  it.each(onReading)('%s', async (_title, options, expected) => {
    const { open } = await start(options);
    expectRefusal(await failureOf(open().listTree()), expected);
  });

  it('an unknown token', async () => {
    const { open } = await start();
    const error = await failureOf(open({ token: 'glpat-nobody' }).listTree());
    expectRefusal(error, {
      code: 'GITLAB_TOKEN_REFUSED',
      exitCode: 21,
      says: '401 Unauthorized',
      hint: 'scope `api`',
    });
  });

  it('everybody, when there is no such project', async () => {
    const { open } = await start();
    for (const project of ['team/none', '4711']) {
      const error = await failureOf(open({ project }).listTree());
      const says = `"${project}", or the token may not see it (404 Project Not Found)`;
      expectRefusal(error, { code: 'GITLAB_PROJECT_NOT_FOUND', exitCode: 21, says, hint: 'id or full path' });
    }
  });
});

describe('a commit is refused for', () => {
  it.each(onCommitting)('%s', async (_title, options, expected) => {
    const { open, posts, project, gitlab } = await start(options);
    const repository = open();
    const tree = await repository.listTree();
    expectRefusal(await failureOf(repository.apply(backupOn(tree))), expected);
    expect(posts()).toBe(1);
    expect((await project.git('rev-list', '--count', '--all')).trim()).toBe(
      tree.commit === undefined ? '0' : '1',
    );
    // Two looks at most at why it was refused.
    const post = gitlab.requests.findIndex(({ method }) => method === 'POST');
    expect(gitlab.requests.length - post - 1).toBeLessThanOrEqual(2);
  });

  it('a new branch whose name is protected', async () => {
    const protectedBranches = [{ name: 'backup', pushAccessLevel: 40 }] as const;
    const { open } = await start({ project: { protectedBranches } });
    const repository = open({ branch: 'backup' });
    const error = await failureOf(repository.apply(backupOn(await repository.listTree())));
    const says = /^The branch "backup" is protected/;
    expectRefusal(error, { code: 'GITLAB_BRANCH_PROTECTED', exitCode: 21, says, hint: '`branch`' });
  });

  it('a new branch whose name is none', async () => {
    const { open } = await start();
    const repository = open({ branch: 'a..b' });
    const error = await failureOf(repository.apply(backupOn(await repository.listTree())));
    const says = "Something went wrong when we tried to create 'a..b' for you";
    expectRefusal(error, { code: 'GITLAB_COMMIT_REFUSED', exitCode: 20, says, hint: 'the reason above' });
  });

  it('a path that cannot be', async () => {
    const { open } = await start();
    const repository = open();
    const tree = await repository.listTree();
    const action = { action: 'create', path: '../x.json', content: Buffer.from('x') } as const;
    const error = await failureOf(repository.apply(planOn(tree, [action])));
    const says = 'commit to "main": Path cannot include directory traversal';
    expectRefusal(error, { code: 'GITLAB_COMMIT_REFUSED', exitCode: 20, says, hint: 'the reason above' });
  });

  const message = (text: string) => ({ message: text });
  const blobs =
    'You are attempting to check in one or more blobs which exceed the 1MiB limit:\n\n- 1f0d (2.0 MiB)';
  const description = 'Access denied: Your token lacks the required permissions: [Commit: Create].';
  it.each<[number, string | object, Expected]>([
    [
      401,
      message('401 Unauthorized'),
      { code: 'GITLAB_TOKEN_REFUSED', exitCode: 21, says: '401 Unauthorized', hint: 'scope `api`' },
    ],
    [
      403,
      message('403 Forbidden'),
      { code: 'GITLAB_FORBIDDEN', exitCode: 21, says: '403 Forbidden', hint: 'Developer' },
    ],
    [403, 'Forbidden', { code: 'GITLAB_FORBIDDEN', exitCode: 21, says: 'status 403', hint: 'Developer' }],
    [
      403,
      { error: 'insufficient_granular_scope', error_description: description },
      { code: 'GITLAB_SCOPE_MISSING', exitCode: 21, says: description, hint: 'scope `api`' },
    ],
    [
      404,
      message('404 Not Found'),
      {
        code: 'GITLAB_PROJECT_NOT_FOUND',
        exitCode: 21,
        says: '404 Not Found',
        hint: 'its repository is turned on',
      },
    ],
    [
      400,
      { message: 'Invalid json', error: 'Invalid json' },
      { code: 'GITLAB_COMMIT_REFUSED', exitCode: 20, says: 'Invalid json', hint: 'reason above' },
    ],
    [
      400,
      message('400 Bad request - branch is required'),
      { code: 'GITLAB_COMMIT_REFUSED', exitCode: 20, says: 'branch is required', hint: 'reason above' },
    ],
    [
      400,
      { error: 'branch is missing' },
      { code: 'GITLAB_COMMIT_REFUSED', exitCode: 20, says: 'branch is missing', hint: 'reason above' },
    ],
    [
      400,
      message("Author 'Ops' is not a member of team"),
      { code: 'GITLAB_PUSH_RULE', exitCode: 20, says: 'not a member of team', hint: '`author`' },
    ],
    [
      400,
      message("Committer's email 'a@b' does not follow the pattern 'c'"),
      { code: 'GITLAB_PUSH_RULE', exitCode: 20, says: "Committer's email", hint: "the token's user" },
    ],
    [
      400,
      message('Commit must be signed with a GPG/SSH key'),
      { code: 'GITLAB_PUSH_RULE', exitCode: 20, says: 'must be signed', hint: "the token's user" },
    ],
    [
      400,
      message("Branch name 'x' does not follow the pattern 'y'"),
      { code: 'GITLAB_PUSH_RULE', exitCode: 20, says: "Branch name 'x'", hint: '`branch`' },
    ],
    [
      400,
      message('File name x was prohibited by the pattern "y".'),
      { code: 'GITLAB_PUSH_RULE', exitCode: 20, says: 'prohibited', hint: '`filename`' },
    ],
    [
      400,
      message(blobs),
      { code: 'GITLAB_PUSH_RULE', exitCode: 20, says: 'the 1MiB limit: - 1f0d (2.0 MiB)', hint: '`exclude`' },
    ],
    [
      400,
      message('GL-HOOK-ERR: no ticket'),
      { code: 'GITLAB_PUSH_RULE', exitCode: 20, says: 'GL-HOOK-ERR: no ticket', hint: '`commit-prefix`' },
    ],
  ])('%i %j', async (status, body, expected) => {
    const { gitlab, open, posts } = await start();
    const repository = open();
    const plan = backupOn(await repository.listTree());
    gitlab.onRequest(({ method }) => (method === 'POST' ? { status, body } : undefined));
    expectRefusal(await failureOf(repository.apply(plan)), expected);
    expect(posts()).toBe(1);
  });

  it('a reason that cannot be looked up: GitLab’s own words remain', async () => {
    const { gitlab, open } = await start({ token: { role: 'reporter' } });
    const repository = open();
    const plan = backupOn(await repository.listTree());
    gitlab.onRequest(({ method }) => (method === 'GET' ? { status: 500 } : undefined));
    const says = /^GitLab does not allow it in project "team\/backup": 403 Forbidden - You are not allowed/;
    expectRefusal(await failureOf(repository.apply(plan)), {
      code: 'GITLAB_FORBIDDEN',
      exitCode: 21,
      says,
      hint: 'Developer',
    });
  });
});

it('a certificate that is not trusted is an error of its own', async () => {
  const { url } = await serveUntrusted();
  const error = await failureOf(openRepository({ serverUrl: url, project: 'a/b' }).listTree());
  expect(error).toMatchObject({ code: 'CERTIFICATE_NOT_TRUSTED', exitCode: 20 });
  expect(error.hint).toContain('NODE_EXTRA_CA_CERTS');
});
