/** What a run costs in calls to GitLab. */
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planOn } from '../plan-on.ts';
import { actionsFor, backupOn, DIRECTORY, LEDGER, MANIFEST, type OpenOptions, start } from './fixture.ts';

const COUNT = 250;
const PAGES = Math.ceil(COUNT / 100);

async function startLarge() {
  const names = Array.from({ length: COUNT - 2 }, (_, index) => `${DIRECTORY}/File ${index}.json`);
  const files = {
    [MANIFEST]: '{}\n',
    [LEDGER]: 'x\n',
    ...Object.fromEntries(names.map((name) => [name, 'x\n'])),
  };
  return start({ project: { files } });
}

it.each([
  ['the default branch is known', { defaultBranch: 'main' }, 0],
  ['the branch is named', { branch: 'main' }, 0],
  ['the default branch is not known', {}, 1],
])(
  'a run without changes takes the branch, the tree’s pages and the manifest when %s',
  async (_title, options, more) => {
    const { gitlab, open } = await startLarge();
    const repository = open(options);
    const tree = await repository.listTree();
    expect(tree.files.size).toBe(COUNT);
    await repository.readBlob(tree.files.get(MANIFEST) ?? '');
    await repository.close();
    expect(gitlab.requests).toHaveLength(2 + more + PAGES);
    expect(gitlab.requests.length).toBeLessThanOrEqual(3 + PAGES);

    expect((await repository.apply(backupOn(tree))).status).toBe('committed');
    expect(gitlab.requests.length).toBeLessThanOrEqual(4 + PAGES);
  },
);

type First = {
  readonly directories: readonly [string, ...string[]];
  /** Where a manifest of another backup might lie. */
  readonly above: readonly string[];
};

/** @returns how many calls the first commit of a backup takes. */
async function callsOfFirst(
  { directories, above }: First,
  options: OpenOptions,
  files = {},
): Promise<number> {
  const { gitlab, open } = await start({ project: { files: { 'README.md': '# Team\n', ...files } } });
  const repository = open({ ...options, directories });
  const tree = await repository.listTree();
  for (const folder of above) {
    expect(await repository.hasFile(posix.join(folder, '.postman-gitlab.json'))).toBe(false);
  }
  const actions = actionsFor({ [`${directories[0]}/Ledger.json`]: 'ledger\n' }, tree);
  expect((await repository.apply(planOn(tree, actions))).status).toBe('committed');
  return gitlab.requests.length;
}

describe('a first backup', () => {
  const deep: First = { directories: ['apis/postman/payments'], above: ['apis/postman', 'apis', ''] };
  const three: First = { directories: ['a/x', 'a/y', 'a/z'], above: ['a', '', 'a', '', 'a', ''] };
  const known = { defaultBranch: 'main' };

  it('takes the branch, the tree, a look above, and the commit, however deep its folder is', async () => {
    expect(await callsOfFirst(deep, known)).toBe(4);
  });

  it('takes one more for each further folder of its own, and for each folder above that is there', async () => {
    expect(await callsOfFirst(three, known)).toBe(4 + 2);
    expect(await callsOfFirst(deep, known, { 'apis/README.md': 'x\n' })).toBe(4 + 1);
  });

  it('takes one more to start a branch, and yet one when the default branch is not known', async () => {
    expect(await callsOfFirst(deep, { ...known, branch: 'postman' })).toBe(4 + 1);
    expect(await callsOfFirst(deep, { branch: 'postman' })).toBe(4 + 2);
  });

  it('asks file by file where a folder above holds more than a page', async () => {
    const names = Array.from({ length: 100 }, (_, index) => [`${index}.md`, 'x\n']);
    expect(
      await callsOfFirst({ directories: ['backup'], above: [''] }, known, Object.fromEntries(names)),
    ).toBe(4 + 2);
  });
});
