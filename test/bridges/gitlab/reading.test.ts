/** Reading a branch: its head, the files below one directory, one blob; whatever state the project is in. */
import { describe, expect, it } from 'vitest';
import { blobId } from './blob-id.ts';
import { DIRECTORY, failureOf, LEDGER, MANIFEST, openRepository, start } from './fixture.ts';
import { startUnsureProxy } from './unsure-proxy.ts';

function manyFiles(count: number): Record<string, string> {
  const names = Array.from({ length: count }, (_, index) => `${DIRECTORY}/File ${index}.json`);
  return { 'README.md': '# Team\n', ...Object.fromEntries(names.map((name) => [name, `${name}\n`])) };
}

describe('a tree', () => {
  it('of 250 files comes whole, page by page, with the id of each blob', async () => {
    const { open, project, gitlab } = await start({ project: { files: manyFiles(250) } });
    const { commit, files } = await open().listTree();
    expect(commit).toBe((await project.git('rev-parse', 'main')).trim());
    expect(files.size).toBe(250);
    expect(files.get(`${DIRECTORY}/File 137.json`)).toBe(blobId(`${DIRECTORY}/File 137.json\n`));
    expect(files.has('README.md')).toBe(false);
    expect(gitlab.requests.filter(({ path }) => path.includes('/repository/tree'))).toHaveLength(3);
  });

  it.each([1, 2])('is one moment, also when somebody pushes before page %i of it', async (page) => {
    const started = await start({ project: { files: manyFiles(150) } });
    const proxy = await startUnsureProxy(started.gitlab.url);
    const [commit] = await started.commits();
    const fresh = `${DIRECTORY}/A new one.json`;
    proxy.before('/repository/tree', () => started.commitElsewhere({ [fresh]: 'new\n' }), page);
    const tree = await started.open({ serverUrl: proxy.url }).listTree();
    expect([tree.commit, tree.files.size, tree.files.has(fresh)]).toEqual([commit, 150, false]);
    expect((await started.commits())[1]).toBe(commit);
  });

  it('has the files in folders, and not the folders', async () => {
    const files = {
      [`${DIRECTORY}/Payments/Ledger.json`]: 'a\n',
      [`${DIRECTORY}/Über uns/[x] ?&#%+.json`]: 'b\n',
    };
    const { open } = await start({ project: { files } });
    expect([...(await open().listTree()).files.keys()].sort()).toEqual(Object.keys(files).sort());
  });

  it('of a directory with any name, or of the whole repository', async () => {
    const odd = 'a & b/ü?#[1]%20';
    const { open } = await start({ project: { files: { [`${odd}/x.json`]: 'x\n', 'y.json': 'y\n' } } });
    expect([...(await open({ directories: [odd] }).listTree()).files.keys()]).toEqual([`${odd}/x.json`]);
    expect((await open({ directories: [''] }).listTree()).files.size).toBe(2);
  });

  it.each(['README.md', 'README.md/deeper'])(
    'is not read where a file is in the way: %s',
    async (directory) => {
      const { open } = await start({ project: { files: { 'README.md': '# Team\n' } } });
      expect(await failureOf(open({ directories: [directory] }).listTree())).toMatchObject({
        code: 'CONFIG_INVALID',
        message: '`directory`: "README.md" is a file on the branch, not a folder.',
      });
    },
  );

  it('of a directory that is not there yet has the branch’s head and no files', async () => {
    const { open, commits } = await start();
    expect(await open({ directories: ['Elsewhere'] }).listTree()).toEqual({
      commit: (await commits())[0],
      files: new Map(),
    });
  });

  it('of such a directory is empty also for a GitLab older than 17.7, which answers 200 with an empty list', async () => {
    const { gitlab, open } = await start();
    gitlab.onRequest(({ path }) => (path.includes('/tree') ? { status: 200, body: [] } : undefined));
    expect((await open({ directories: ['Elsewhere'] }).listTree()).files.size).toBe(0);
  });

  it('can be listed again and again', async () => {
    const { open } = await start({ project: { files: manyFiles(101) } });
    const repository = open();
    for (const expected of [101, 101, 101]) {
      expect((await repository.listTree()).files.size).toBe(expected);
    }
  });

  it.each([1, 2])('whose page %i leads to itself is not read without end', async (page) => {
    const { gitlab, open } = await start({ project: { files: manyFiles(101) } });
    let pages = 0;
    gitlab.onRequest(({ path }) => {
      const isMeant = path.includes('/tree') && ++pages >= page;
      const link = `<${gitlab.url}${path}>; rel="next"`;
      return isMeant ? { status: 200, body: [], headers: { link } } : undefined;
    });
    const error = await failureOf(open().listTree());
    expect([error.code, pages]).toEqual(['GITLAB_UNAVAILABLE', page]);
    expect(error.message).toMatch(/lead in a circle/);
  });

  it.each([
    ['is not believed to have nothing above its folder', false, [true, 1]],
    ['does not ask for that without end', true, ['GITLAB_UNAVAILABLE', 1]],
  ] as const)('%s because of one empty answer', async (_title, isLinked, expected) => {
    const { gitlab, open } = await start({ project: { files: { [LEDGER]: 'a\n' } } });
    let roots = 0;
    gitlab.onRequest(({ path }) => {
      const isRoot = path.includes('/tree') && !path.includes('path=');
      const link = `<${gitlab.url}${path}>; rel="next"`;
      return isRoot && ++roots < 9
        ? { status: 200, body: [], ...(isLinked ? { headers: { link } } : {}) }
        : undefined;
    });
    const repository = open({ directories: ['Elsewhere'] });
    const answer = repository.listTree().then(() => repository.hasFile(LEDGER));
    const found = isLinked ? (await failureOf(answer)).code : await answer;
    expect([found, roots]).toEqual(expected);
  });

  it('with a page that is no list is not read', async () => {
    const { gitlab, open } = await start({ project: { files: manyFiles(101) } });
    gitlab.onRequest(({ path }) =>
      path.includes('page_token=') ? { status: 200, body: { message: 'Hello.' } } : undefined,
    );
    expect((await failureOf(open().listTree())).code).toBe('GITLAB_UNAVAILABLE');
  });
});

describe('a branch', () => {
  it.each(['backup', 'raw', 'feature/ü#1%', 'a/raw'])('named %s is read', async (branch) => {
    const { open, commitElsewhere } = await start();
    const commit = await commitElsewhere({ [LEDGER]: 'on the branch\n' }, branch);
    const tree = await open({ branch }).listTree();
    expect([tree.commit, tree.files.get(LEDGER)]).toEqual([commit, blobId('on the branch\n')]);
  });

  it('that is missing is read as what it will start from: the default branch', async () => {
    const { open, commits } = await start({ project: { defaultBranch: 'trunk' } });
    const repository = open({ branch: 'backup' });
    const tree = await repository.listTree();
    expect([tree.commit, [...tree.files.keys()].sort()]).toEqual([
      (await commits('trunk'))[0],
      [MANIFEST, LEDGER],
    ]);
    expect(await repository.branchName()).toBe('backup');
  });

  it('that is not named is the project’s default branch', async () => {
    const { open } = await start({ project: { defaultBranch: 'trunk' } });
    const repository = open();
    await repository.listTree();
    expect(await repository.branchName()).toBe('trunk');
  });

  it('of an empty repository has neither head nor files', async () => {
    const { open } = await start({ project: { empty: true, defaultBranch: 'trunk' } });
    for (const [branch, name] of [
      [undefined, 'trunk'],
      ['backup', 'backup'],
    ] as const) {
      const repository = open(branch === undefined ? {} : { branch });
      expect(await repository.listTree()).toEqual({ files: new Map() });
      expect(await repository.branchName()).toBe(name);
    }
  });
});

describe('a project', () => {
  it('is found by id and by path', async () => {
    const { open, project, commits } = await start();
    const [commit] = await commits();
    for (const reference of [String(project.id), project.path]) {
      expect((await open({ project: reference }).listTree()).commit).toBe(commit);
    }
  });

  it('of a GitLab below a path is read like any other, all pages of it', async () => {
    const { open } = await start({ gitlab: { relativeUrl: '/gitlab' }, project: { files: manyFiles(201) } });
    expect((await open().listTree()).files.size).toBe(201);
  });
});

describe('a blob', () => {
  it('comes byte for byte', async () => {
    const content = '\ufeff{\r\n  "é": "\u0000 🚚"\n}';
    const { open } = await start({ project: { files: { [LEDGER]: content } } });
    const repository = open();
    const id = (await repository.listTree()).files.get(LEDGER) ?? '';
    expect(await repository.readBlob(id)).toEqual(Buffer.from(content));
  });

  it.each(['', '{}', '<html>Sign in</html>'])(
    'whose content is not that of its id (%j) is asked for once more, and then refused',
    async (body) => {
      const { gitlab, open } = await start();
      const repository = open();
      const id = (await repository.listTree()).files.get(LEDGER) ?? '';
      let wrong = 1;
      gitlab.onRequest(({ path }) =>
        path.endsWith('/raw') && wrong-- > 0 ? { status: 200, body } : undefined,
      );
      expect(blobId((await repository.readBlob(id)).toString())).toBe(id);
      wrong = 2;
      expect((await failureOf(repository.readBlob(id))).code).toBe('GITLAB_UNAVAILABLE');
    },
  );
});

describe('reading fails', () => {
  it.each<[string, number, string | object, RegExp]>([
    ['HTML of a login page', 200, '<html>Sign in</html>', /not the JSON/],
    ['JSON that is no branch', 200, { hello: 'there' }, /does not document/],
    ['JSON that is no object', 200, '"hello"', /does not document/],
    [
      'an error of the server, every time',
      500,
      { message: '500 Internal Server Error' },
      /500 Internal Server Error/,
    ],
    ['maintenance', 503, { message: 'GitLab is in read-only mode' }, /read-only mode/],
    ['a refusal that is about no commit', 400, { message: 'invalid page token' }, /: invalid page token\)/],
    ['throttling', 429, 'Retry later\n', /throttled the requests for too long/],
  ])('after %s as unavailable, and never as an empty branch', async (_title, status, body, says) => {
    const { gitlab, open } = await start();
    gitlab.onRequest(() => ({ status, body }));
    const error = await failureOf(open().listTree());
    expect(error).toMatchObject({ code: 'GITLAB_UNAVAILABLE', exitCode: 22 });
    expect(error.message).toMatch(says);
  });

  it('after a redirect with the address that it names', async () => {
    const { gitlab, open } = await start();
    gitlab.onRequest(() => ({ status: 302, headers: { location: 'https://sso.example/login?t=1' } }));
    const error = await failureOf(open().listTree());
    expect(error).toMatchObject({
      code: 'GITLAB_UNAVAILABLE',
      message: expect.stringContaining('https://sso.example)'),
    });
    expect(error.hint).toContain('CI_SERVER_URL');
  });

  it('when nobody is there', async () => {
    const error = await failureOf(
      openRepository({ serverUrl: 'http://127.0.0.1:1', project: 'a/b' }).listTree(),
    );
    expect(error).toMatchObject({
      code: 'GITLAB_UNAVAILABLE',
      message: expect.stringContaining('the connection failed'),
    });
  });

  it('is passed over when it passes by itself', async () => {
    const { gitlab, open } = await start();
    gitlab.onRequest(({ index }) => (index % 2 === 0 ? 'reset' : undefined));
    expect((await open().listTree()).files.size).toBe(2);
  });
});
