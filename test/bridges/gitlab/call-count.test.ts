/** What a run costs in calls to GitLab. */
import { expect, it } from 'vitest';
import { backupOn, DIRECTORY, LEDGER, MANIFEST, start } from './fixture.ts';

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
