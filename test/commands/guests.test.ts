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

it('a file of theirs lies where one of a spec is due: the spec fails, everything else goes on', async () => {
  for (const due of ['NOTES.md', 'NOTES.md/inside.yaml', 'notes.MD']) {
    const { postman, repository, run, spec } = await storyWithGuest();
    const other = postman.add('Late', { kind: 'specs', files: { 'a.yaml': 'a' } });
    postman.edit(spec, { files: { 'openapi.yaml': 'a', [due]: 'ours' } });
    const { outcomeOf } = await run(SPECS);
    expect(repository.files().get(GUEST)).toBe('mine');
    expect(outcomeOf(spec)).toMatchObject({ status: 'failed', code: 'PATH_TAKEN' });
    expect(outcomeOf(other)).toMatchObject({ status: 'changed' });
  }
});

it('specs swap names, and one cannot move because of it: neither is lost, and the rest goes on', async () => {
  const { postman, repository, run, spec } = await storyWithGuest();
  const other = postman.resources.find(({ name }) => name === 'Other');
  postman.add('Late', { kind: 'specs', files: { 'a.yaml': 'a' } });
  if (other !== undefined) {
    postman.edit(other, { name: 'Pay', files: { 'NOTES.md': 'ours' } });
  }
  postman.edit(spec, { name: 'Other' });
  const { commits } = await run(SPECS);
  expect(commits).toHaveLength(1);
  expect(repository.files().get(GUEST)).toBe('mine');
  expect(repository.files().has(`${DIRECTORY}/Late.spec/a.yaml`)).toBe(true);
});
