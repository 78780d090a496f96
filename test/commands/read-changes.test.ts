/** What a page says of the past of a resource: what was done to it, in words, and nothing that was secret then. */
import { describe, expect, it } from 'vitest';
import { readChanges } from '../../src/commands/read-changes.ts';
import { readVersion } from '../../src/commands/read-version.ts';
import { collectionTrees } from '../../src/snapshot/kinds/collection-trees.ts';
import { serialize } from '../../src/snapshot/serialize.ts';

type Files = Readonly<Record<string, string>>;

const request = (name: string, method = 'GET') => ({
  id: name,
  name,
  request: { method, url: 'https://a.example' },
});
const collection = (...item: unknown[]) => ({ info: { _postman_id: 'c', name: 'Orders' }, item });
const asFile = (value: unknown): Files => ({ '': JSON.stringify(value) });

/** @param versions files of each, newest first. @returns a text for each change, its lines after each other. */
async function tell(...versions: readonly Files[]): Promise<readonly string[]> {
  const blobs = contentsOf(versions);
  const [now = new Map(), ...earlier] = versions.map(idsOf);
  const commits = earlier.map((_, index) => ({
    ...{ id: `${index}`, date: new Date(0), author: 'A', subject: 'S' },
  }));
  const head = await readVersion('collections', now, blobs);
  const changes = await readChanges({ kind: 'collections', commits, earlier, head }, blobs);
  return changes.map(({ differences }) => differences.join('\n'));
}

async function* contentsOf(versions: readonly Files[]): AsyncGenerator<Buffer, void> {
  for (const content of versions.flatMap((files) => Object.values(files))) {
    yield Buffer.from(content);
  }
}

function idsOf(files: Files): ReadonlyMap<string, string> {
  return new Map(Object.keys(files).map((path) => [path, 'x']));
}

describe('a change', () => {
  it('says whether the resource came, went, or only its bytes changed', async () => {
    const file = asFile(collection(request('a')));

    expect(await tell(file, {})).toEqual(['added\ncollection: 1 request']);
    expect(await tell({}, file)).toEqual(['removed\ncollection: 1 request']);
    expect(await tell(file, { '': ` ${file['']}` })).toEqual([
      'the content is the same; its files are written anew',
    ]);
  });

  it('does not take what cannot be read for what is not there', async () => {
    const [change] = await tell(asFile(collection(request('a'))), { '': '{' });

    expect(change).toContain('cannot be read');
  });

  it('lists no more than people read', async () => {
    const many = Array.from({ length: 1_500 }, (_, index) => request(`r${index}`));
    const edited = many.map(({ name }) => request(name, 'PUT'));

    const [change = ''] = await tell(asFile(collection(...edited)), asFile(collection(...many)));

    expect(change.split('\n')).toHaveLength(1_001);
    expect(change).toContain('and 500 more');
  });

  it('shows no secret that once stood in a name', async () => {
    // In pieces, so that it is not taken for a real one.
    const secret = ['PMAK', '0123456789abcdef01234567', '0123456789abcdef0123456789abcdef01'].join('-');
    const named = request(`with ${secret}`);

    const [change = ''] = await tell(
      asFile(collection({ ...named, id: 'a', name: 'clean' })),
      asFile(collection({ ...named, id: 'a' })),
    );

    expect(change).toContain('renamed');
    expect(change).not.toContain(secret);
  });

  it('is told of a folder in which others keep files of theirs', async () => {
    const tree = (value: ReturnType<typeof collection>): Files =>
      Object.fromEntries(
        collectionTrees.folder
          ?.filesOf(value)
          .map(({ path, content }) => [
            path,
            typeof content === 'string' ? content : serialize(content).content.toString(),
          ]) ?? [],
      );
    const foreign = { 'Drafts/idea.request.yaml': 'name: Idea\n' };

    expect(
      await tell(
        { ...tree(collection(request('a', 'PUT'))), ...foreign },
        { ...tree(collection(request('a'))), ...foreign },
      ),
    ).toEqual(['requests: changed "a": method']);
  });
});
