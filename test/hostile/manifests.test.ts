/** Manifests that somebody put on the branch: none moves, overwrites or deletes what is not ours. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../src/snapshot/manifest.ts';
import { createStory, DIRECTORY, MANIFEST, pathOf } from '../commands/story.ts';
import { hostileText, SEED } from './hostile-text.ts';

const ID = 'a'.repeat(40);
const GONE = '99999999-0000-4000-8000-000000000000';
const SOMEBODYS = {
  'README.md': '# Team\n',
  '.gitlab-ci.yml': 'include: []\n',
  [`${DIRECTORY}/Notes.md`]: 'ours to nobody\n',
};
const WORKSPACE = 'f0000000-0000-4000-8000-000000000000';

function entry(about: object): object {
  return { uid: '42-x', name: 'x', workspace: WORKSPACE, path: `${DIRECTORY}/x.json`, id: ID, ...about };
}

function withEntries(entries: object, about: object = {}): string {
  return JSON.stringify({ version: 1, resources: { collections: entries }, ...about });
}

const HOSTILE: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['no JSON', '{"version":1,'],
  ['another JSON', '[[[]]]'],
  ['null', 'null'],
  ['nested without end', '['.repeat(100_000)],
  ['nested deep and closed', `{"version":1,"resources":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`],
  ['conflict markers', `<<<<<<< HEAD\n${withEntries({})}\n=======\n{}\n>>>>>>> theirs\n`],
  ['a newer version', withEntries({ [GONE]: entry({ path: `${DIRECTORY}/Notes.md` }) }, { version: 2 })],
  ['a version that is a text', withEntries({}, { version: '1' })],
  ['a path outside', withEntries({ [GONE]: entry({ path: 'README.md' }) })],
  ['a path that climbs', withEntries({ [GONE]: entry({ path: `${DIRECTORY}/../README.md` }) })],
  ['an absolute path', withEntries({ [GONE]: entry({ path: '/etc/passwd' }) })],
  ['the folder itself', withEntries({ [GONE]: entry({ path: DIRECTORY }) })],
  ['the manifest itself', withEntries({ [GONE]: entry({ path: MANIFEST }) })],
  ['an id that is none', withEntries({ [GONE]: entry({ path: `${DIRECTORY}/Notes.md`, id: '--all' }) })],
  ['one path twice', withEntries({ a: entry({}), b: entry({}) })],
  ['a path inside another', withEntries({ a: entry({}), b: entry({ path: `${DIRECTORY}/x.json/y` }) })],
  [
    'a prototype',
    `{"version":1,"resources":{"__proto__":{"a":{}},"collections":{"__proto__":{"path":"x"}}}}`,
  ],
  ['a list of entries', withEntries([entry({ path: `${DIRECTORY}/Notes.md` })])],
  ['ten megabytes of nothing', ' '.repeat(10_000_000)],
];

describe('a manifest that holds', () => {
  it.each(HOSTILE)('%s costs nobody a file, and is written anew', async (_, manifest) => {
    const { postman, repository, run } = createStory();
    postman.add('Orders');
    repository.push({ ...SOMEBODYS, [MANIFEST]: manifest });

    const { report } = await run({ removed: 'delete', maxRemovals: 1_000 });

    expect(report.exitCode).toBe(0);
    expect(Object.fromEntries(repository.files())).toMatchObject(SOMEBODYS);
    expect([...repository.files().keys()].sort()).toEqual(
      [...Object.keys(SOMEBODYS), MANIFEST, pathOf('Orders')].sort(),
    );
    expect((await run({ changes: 'full' })).commits).toEqual([]);
  });

  it('a kind that this version does not know keeps its entry and its file', async () => {
    const { postman, repository, run } = createStory();
    postman.add('Orders');
    const flow = { flows: { [GONE]: entry({ name: 'Flow', path: `${DIRECTORY}/Notes.md` }) } };
    repository.push({ ...SOMEBODYS, [MANIFEST]: JSON.stringify({ version: 1, resources: flow }) });

    const { report } = await run({ removed: 'delete', maxRemovals: 1_000 });

    expect(report.exitCode).toBe(0);
    expect(Object.fromEntries(repository.files())).toMatchObject(SOMEBODYS);
    expect(repository.files().get(MANIFEST)).toContain('"flows"');
  });

  it('a hundred thousand entries of files that are gone are read, and forgotten in one commit', async () => {
    const { postman, repository, run } = createStory();
    postman.add('Orders');
    const entries = Array.from({ length: 100_000 }, (_, index): [string, object] => [
      `${index}`,
      entry({ path: `${DIRECTORY}/${index}.json` }),
    ]);
    repository.push({ ...SOMEBODYS, [MANIFEST]: withEntries(Object.fromEntries(entries)) });
    const started = performance.now();

    const { report } = await run();

    expect(performance.now() - started).toBeLessThan(15_000);
    expect(report.exitCode).toBe(0);
    expect(Object.fromEntries(repository.files())).toMatchObject(SOMEBODYS);
  });
});

describe('any manifest', () => {
  const path = fc.oneof(
    hostileText,
    hostileText.map((text) => `backup/${text}`),
    fc.constantFrom('backup', 'backup/', 'backup/../x', 'backup/a', 'backup/a/b', 'Backup/a', 'backup/./a'),
  );
  const entries = fc.dictionary(
    hostileText,
    fc.record({ uid: hostileText, name: hostileText, workspace: hostileText, path, id: fc.constant(ID) }),
    { maxKeys: 3 },
  );
  const file = fc.record({
    version: fc.constantFrom<unknown>(1, 1, 1, 2, '1', null),
    resources: fc.dictionary(fc.constantFrom('collections', 'environments', '__proto__', 'x'), entries),
  });

  it('is not believed, or names paths inside the directory only, each once', () => {
    fc.assert(
      fc.property(
        fc.oneof(file, fc.jsonValue()),
        fc.constantFrom('backup', 'a/b', ''),
        (content, directory) => {
          const manifest = parseManifest(Buffer.from(JSON.stringify(content)), directory);
          const paths = [...(manifest?.values() ?? [])].map((one) => one.path);
          expect(new Set(paths).size).toBe(paths.length);
          for (const one of paths) {
            expect(one.startsWith(directory === '' ? '' : `${directory}/`), one).toBe(true);
            expect(
              one.split('/').some((segment) => ['', '.', '..'].includes(segment)),
              one,
            ).toBe(false);
          }
        },
      ),
      { seed: SEED, numRuns: 1_000 },
    );
  });

  it('is bytes: what is no UTF-8 and no JSON is not believed, and nothing else happens', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(parseManifest(Buffer.from(bytes), 'backup')).toBeUndefined();
      }),
      { seed: SEED },
    );
  });
});
