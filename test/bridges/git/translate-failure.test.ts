/** Texts of git, ssh, curl and GitLab that no test can provoke here. */

import { expect, test } from 'vitest';
import { describeLocation } from '../../../src/git/location.ts';
import { translateFailure } from '../../../src/git/translate-failure.ts';

const location = describeLocation('https://gitlab.example.test/team/backup.git');

function failed(stderr: string, stdout = '') {
  return { exitCode: 128, stdout: Buffer.from(stdout), stderr, stalled: false };
}

test.each([
  ["fatal: unable to access 'https://x/': Could not resolve host: gitlab.example.test", 'GIT_UNAVAILABLE'],
  ["fatal: unable to access 'https://x/': Failed to connect to x port 443 after 2 ms", 'GIT_UNAVAILABLE'],
  ["fatal: unable to access 'https://x/': The requested URL returned error: 504", 'GIT_UNAVAILABLE'],
  ['error: RPC failed; curl 56 Recv failure: Connection reset by peer\nfatal: early EOF', 'GIT_UNAVAILABLE'],
  ['remote: The repository is temporarily read-only. Please try again later.', 'GIT_UNAVAILABLE'],
  [
    'ssh: connect to host x port 22: Connection refused\nfatal: Could not read from remote repository.',
    'GIT_UNAVAILABLE',
  ],
  [
    "fatal: unable to access 'https://x/': SSL certificate problem: self-signed certificate in certificate chain",
    'CERTIFICATE_NOT_TRUSTED',
  ],
  [
    "fatal: unable to access 'https://x/': server certificate verification failed. CAfile: none CRLfile: none",
    'CERTIFICATE_NOT_TRUSTED',
  ],
  [
    'git@x: Permission denied (publickey).\nfatal: Could not read from remote repository.',
    'GIT_CREDENTIALS_REFUSED',
  ],
  ['remote: GitLab: This deploy key does not have write access to this project.', 'GIT_CREDENTIALS_REFUSED'],
  ['remote: Authentication by CI/CD job token not allowed from a/b to c/d.', 'GIT_CREDENTIALS_REFUSED'],
  ['remote: Insufficient permissions to pull from the repository of project c/d.', 'GIT_CREDENTIALS_REFUSED'],
  [
    'remote: GitLab: You are not allowed to create protected branches on this project.',
    'GITLAB_BRANCH_PROTECTED',
  ],
  ["remote: GitLab: You can't push code to an archived project.", 'GITLAB_PROJECT_ARCHIVED'],
  ["remote: GL-HOOK-ERR: Author 'x' is not a member of team", 'GITLAB_PUSH_RULE'],
  [
    'Host key verification failed.\nfatal: Could not read from remote repository.',
    'GIT_REPOSITORY_UNREADABLE',
  ],
  ['fatal: https://x/info/refs not valid: is this a git repository?', 'GIT_REPOSITORY_UNREADABLE'],
  ['fatal: something new', 'GIT_PUSH_REFUSED'],
])('%j', (stderr, code) => {
  expect(translateFailure(failed(stderr), { location, doing: 'push' })).toMatchObject({ code });
});

test('the server’s own words are kept, its frame, the advice and the progress are not', () => {
  const stderr = [
    'Enumerating objects: 5, done.\rWriting objects: 100% (3/3), done.',
    'remote: Resolving deltas: 100% (1/1)\u001b[K',
    'remote: ',
    'remote: ========================================',
    'remote: GitLab: Branch name does not follow\u0007the pattern',
    "error: failed to push some refs to 'https://u:p@x/'",
    'hint: See the Note about fast-forwards',
  ].join('\n');
  expect(translateFailure(failed(stderr), { location, doing: 'push' }).message).toBe(
    'git cannot push to https://gitlab.example.test/team/backup.git: GitLab: Branch name does not follow the pattern',
  );
});

test('a refusal without a word from the server is told by its reason', () => {
  const stdout = 'To x\n!\tabc:refs/heads/main\t[remote rejected] (hook declined)\nDone\n';
  expect(translateFailure(failed('', stdout), { location, doing: 'push' })).toMatchObject({
    code: 'GITLAB_PUSH_RULE',
    message: expect.stringContaining('[remote rejected] (hook declined)'),
  });
});

test('neither userinfo nor the password is in a message, however git came to print it', () => {
  const stderr = "fatal: unable to access 'https://me:secret-1@x/': proxy said secret-2 at ssh://you@y/";
  const { message } = translateFailure(failed(stderr), { location, doing: 'read', password: 'secret-2' });
  expect(message).toContain("'https://x/': proxy said [masked] at ssh://y/");
});

test.each([
  ['https://user:pa@ss@x.test/a.git?private_token=1#f', 'https://x.test/a.git', 'https://x.test'],
  ['http://x.test:8080/a.git', 'http://x.test:8080/a.git', 'http://x.test:8080'],
  ['ssh://git@x.test/a.git', 'ssh://x.test/a.git', undefined],
  ['git@x.test:a.git', 'git@x.test:a.git', undefined],
  ['/srv/a b.git', '/srv/a b.git', undefined],
])('the label and origin of %s', (url, label, origin) => {
  const described = describeLocation(url);
  expect(described.label).toBe(label);
  expect(described.origin).toBe(origin);
});
