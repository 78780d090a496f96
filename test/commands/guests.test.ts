/** Files that somebody put into the folder of a spec: they stay, whatever becomes of the spec. */
import { expect, it } from 'vitest';
import { createStory, DIRECTORY, MANIFEST } from './story.ts';

const FOLDER = `${DIRECTORY}/Pay.spec`;
const GUEST = `${FOLDER}/NOTES.md`;
const SPECS = { kinds: ['specs'] } as const;

async function storyWithGuest() {
  const story = createStory();
  const files = { 'openapi.yaml': 'a', 'parts/a.yaml': 'b' };
  const spec = story.postman.add('Pay', { kind: 'specs', files });
  story.postman.add('Other', { kind: 'specs', files: { 'other.yaml': 'c' } });
  await story.run(SPECS);
  story.repository.push({ [GUEST]: 'mine' });
  return { ...story, spec };
}

it('a run after that makes no commit, and fetches nothing for it', async () => {
  const { run } = await storyWithGuest();
  const { commits, fetched } = await run({ ...SPECS, changes: 'listed' });
  expect(commits).toEqual([]);
  expect(fetched).toEqual([]);
});

it('the spec loses one of its own files, and only that one goes', async () => {
  const { postman, repository, run, spec } = await storyWithGuest();
  repository.push({ [`${FOLDER}/openapi.yaml`]: 'edited by hand' });
  postman.edit(spec, { files: { 'openapi.yaml': 'a' } });
  await run(SPECS);
  const left = [...repository.files().keys()].filter((path) => path.startsWith(FOLDER));
  expect(left.sort()).toEqual([`${FOLDER}/.postman-spec.json`, GUEST, `${FOLDER}/openapi.yaml`].sort());
  expect((await run(SPECS)).commits).toEqual([]);
});

it('the spec is gone from Postman, and goes without it, twice over', async () => {
  const { postman, repository, run, spec } = await storyWithGuest();
  postman.remove(spec);
  for (let night = 0; night < 2; night++) {
    await run({ ...SPECS, removed: 'delete' });
    expect([...repository.files().keys()].filter((path) => path.startsWith(FOLDER))).toEqual([GUEST]);
  }
});

it('the kind is not selected for a night, and then changes', async () => {
  const { postman, repository, run, spec } = await storyWithGuest();
  postman.add('Orders');
  await run({ kinds: ['collections'] });
  postman.edit(spec, { files: { 'openapi.yaml': 'new' } });
  await run(SPECS);
  expect(repository.files().get(GUEST)).toBe('mine');
  expect(repository.files().has(`${FOLDER}/parts/a.yaml`)).toBe(false);
});

it('the manifest is lost', async () => {
  const { postman, repository, run, spec } = await storyWithGuest();
  repository.push({ [MANIFEST]: undefined });
  postman.edit(spec, { files: { 'openapi.yaml': 'new' } });
  await run(SPECS);
  expect(repository.files().get(GUEST)).toBe('mine');
  expect(repository.files().has(`${FOLDER}/parts/a.yaml`)).toBe(false);
  expect((await run(SPECS)).commits).toEqual([]);
});

it('the spec is archived and comes back', async () => {
  const { postman, repository, run, spec } = await storyWithGuest();
  postman.remove(spec);
  await run({ ...SPECS, removed: 'archive' });
  expect(repository.files().get(GUEST)).toBe('mine');
  postman.resources.push(spec);
  await run({ ...SPECS, removed: 'archive' });
  expect(repository.files().get(GUEST)).toBe('mine');
});
