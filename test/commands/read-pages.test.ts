/** Which versions of a resource are read for its page. */
import { describe, expect, it } from 'vitest';
import { readPages } from '../../src/commands/read-pages.ts';
import type { FileTree } from '../../src/git/file-tree.ts';
import type { Holding } from '../../src/site/model.ts';

const PATH = 'p/Orders.postman_collection';

/** @param sizes how many files each version has, newest first: before each of as many commits. */
async function read(sizes: readonly number[]) {
  const commits = sizes.map((_, index) => ({
    ...{ id: `${index}`, date: new Date(0), author: 'A', subject: 'S', workspaces: [], changes: [] },
  }));
  const version = (size: number): FileTree =>
    new Map(Array.from({ length: size }, (_, index) => [`${index}.yaml`, 'x']));
  const trace = { now: version(1), commits, before: sizes.map(version) };
  const holding: Holding = {
    ...{ kind: 'collections', uuid: 'u', name: 'Orders', workspace: 'W', path: PATH },
    ...{ branch: 'main', directory: 'p', isArchived: false, commits },
  };
  const shelf = { branch: 'main', directory: 'p', commits, resources: [holding] };
  const site = { label: 'acme', now: new Date(0), backups: [], shelves: [shelf] };
  const head = { branch: 'main', commit: 'c', files: new Map<string, string>() };
  const branches = [{ head, shelves: [shelf], traces: new Map([[PATH, trace]]) }];
  const asked: string[] = [];
  const readBlobs = async function* (ids: readonly string[]) {
    asked.push(...ids);
    yield* ids.map(() => Buffer.from('{}'));
  };
  const { value: page } = await readPages(site, branches, { readBlobs }).next();
  return { changes: page?.changes.length, older: page?.olderChanges, asked: asked.length };
}

describe('the page of a resource', () => {
  it('tells as many changes as have 2,000 files together, and counts the others', async () => {
    expect(await read([600, 600, 600, 600, 600])).toEqual({ changes: 3, older: 2, asked: 1 + 3 * 600 });
  });

  it('tells the last change whatever it takes', async () => {
    expect(await read([5_000, 1])).toEqual({ changes: 1, older: 1, asked: 1 + 5_000 });
  });
});
