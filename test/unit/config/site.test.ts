/** What a catalogue is made of: every configured backup, its own project by the job token, and no key at all. */
import { describe, expect, it } from 'vitest';
import { loadSiteConfig } from '../../../src/config/site.ts';
import { KnownError } from '../../../src/errors.ts';

const job = {
  ...{ GITLAB_CI: 'true', CI_SERVER_URL: 'https://gitlab.example', CI_JOB_TOKEN: 'job-token' },
  ...{ CI_PROJECT_ID: '7', CI_PROJECT_PATH: 'team/backup', CI_DEFAULT_BRANCH: 'main' },
};

function load(file: string | undefined, env: Readonly<Record<string, string>> = {}, flags = {}) {
  const readFile = () => {
    if (file === undefined) {
      throw Object.assign(new Error('no file'), { code: 'ENOENT' });
    }
    return file;
  };
  return loadSiteConfig({ flags, env, readFile });
}

describe('the catalogue', () => {
  it('shows the backups of the file, and which of them go elsewhere', () => {
    const file = `
backups:
  - { workspace: Payments, directory: pay, kinds: all, removed: archive }
  - { workspace: Payments, project: '7', branch: postman }
  - { collection: Orders, project: team/other }
`;
    const { backups } = load(file, job);

    expect(backups).toMatchObject([
      { workspaces: ['Payments'], directory: 'pay', removed: 'archive', layout: 'json', mode: 'commit' },
      { branch: 'postman', directory: 'Postman Collections' },
      { collection: ['Orders'], kinds: ['collections'], elsewhere: 'team/other' },
    ]);
    expect(backups[1]).not.toHaveProperty('elsewhere');
  });

  it('takes what a project sets in variables for configured, and nothing for nothing', () => {
    expect(load(undefined, { POSTMAN_GITLAB_WORKSPACE: 'Payments' }).backups).toHaveLength(1);
    expect(load(undefined).backups).toEqual([]);
    expect(load(undefined, {}, { branch: 'postman' }).backups).toEqual([]);
  });

  it.each([
    [
      'the branches of the backups, and no other',
      'backups:\n  - { branch: a }\n  - { branch: b }\n',
      {},
      ['a', 'b'],
    ],
    [
      'the default branch where an entry names none',
      'backups:\n  - { branch: a }\n  - { directory: d }\n',
      {},
      ['a', undefined],
    ],
    ['not the branch of what goes elsewhere', 'backups:\n  - { project: x/y, branch: a }\n', {}, [undefined]],
    ['the default branch when nothing is configured', undefined, {}, [undefined]],
    ['the branch that was given', undefined, { branch: 'postman' }, ['postman']],
    ['the branch that was given for all', 'backups:\n  - { directory: d }\n', { branch: 'p' }, ['p']],
  ])('reads %s', (_, file, flags, branches) => {
    expect(load(file, job, flags).branches).toEqual(branches);
  });

  it.each([
    ['its own project, with the job token', job, {}, 'https://gitlab.example/team/backup.git'],
    ['the checkout that it runs in, outside of a job', {}, {}, '.'],
    ['the repository that is named', job, { repository: 'x.git' }, 'x.git'],
  ])('reads %s', (_, env, flags, url) => {
    const { repository } = load(undefined, env, flags);
    expect(repository.url).toBe(url);
    // To no other place than its own project.
    expect(repository.jobToken).toBe(url.startsWith('https') ? 'job-token' : undefined);
  });

  it('tells what is wrong in the file', () => {
    expect(() => load('backups:\n  - { workspace: A, layuot: tree }\n')).toThrow(KnownError);
  });
});
