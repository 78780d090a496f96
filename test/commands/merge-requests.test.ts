/** Backups by merge request, with everything around them in memory: what must not be lost on the way. */
import { beforeEach, expect, it } from 'vitest';
import { backup } from '../../src/commands/backup.ts';
import { createReview } from '../../src/commands/review.ts';
import type { BackupConfig, MergeRequestConfig } from '../../src/config/config.ts';
import { KnownError } from '../../src/errors.ts';
import type { BackupResult } from '../../src/report/report.ts';
import { createFakeProject, type FakeProject } from './fake-merge-requests.ts';
import { createFakePostman, type FakePostman } from './fake-postman.ts';
import { createFakeRepository } from './fake-repository.ts';
import { DEFAULTS, DIRECTORY, manifestEntries, pathOf, toolsFor } from './story.ts';

const SOURCE = 'postman-backup/main';
const PEOPLE: MergeRequestConfig = { labels: [], reviewers: [], assignees: [], autoMerge: false };

let postman: FakePostman;
let project: FakeProject;
let nights: number;

beforeEach(() => {
  postman = createFakePostman();
  project = createFakeProject();
  project.push('main', { 'README.md': '# apis\n' });
  nights = 0;
});

/** One night. */
async function run(
  settings: Partial<BackupConfig> = {},
  { dryRun = false, ...asked }: Partial<MergeRequestConfig> & { dryRun?: boolean } = {},
) {
  nights += 1;
  const mergeRequest = { ...PEOPLE, ...asked };
  const backups = [{ ...DEFAULTS, skipCi: false, ...settings, mergeRequest }] as const;
  const night = nights;
  let commits = 0;
  const tools = {
    ...toolsFor(createFakeRepository()),
    ...{ dryRun, nextRunId: () => `${night}-${++commits}`, maskAll: <T>(value: T) => value },
  };
  const review = createReview({ ...{ requests: project.requests, settings: mergeRequest, backups, tools } });
  const results: BackupResult[] = [];
  const part = {
    ...{
      settings: backups[0],
      source: postman.source,
      onResult: (one: BackupResult) => void results.push(one),
    },
    onFailure: (error: unknown) => {
      throw error;
    },
  };
  await backup([part], { ...tools, repository: project.open(review, backups[0].directory) });
  return await review.finish(results);
}

const textOf = (name: string) => project.files(SOURCE).get(pathOf(name));

it('loses nothing that waits when the target moves: neither hidden edits, nor what fails now, nor what is gone', async () => {
  const orders = postman.add('Orders');
  const refunds = postman.add('Refunds');
  await run();
  project.end('merged');
  postman.edit(orders, { text: 'Hidden.' }, { hidden: true });
  postman.edit(refunds, { text: 'Newer.' });
  const payouts = postman.add('Payouts');
  await run({ changes: 'full' });
  expect(textOf('Orders')).toContain('Hidden.');

  project.push('main', { [`${DIRECTORY}/notes.txt`]: 'mine' });
  postman.remove(payouts);
  postman.failures.set(refunds.uuid, new KnownError('RESOURCE_NOT_FOUND', 'Postman has none.'));
  const { mergeRequest, warnings } = await run({ changes: 'listed' });

  expect(mergeRequest).toMatchObject({ iid: 7, state: 'updated' });
  expect(warnings).toEqual([
    expect.stringMatching(/^"main" has moved.* was put on top of it \([0-9a-f]{8}\)\.$/),
  ]);
  expect(project.ahead(SOURCE)).toEqual([
    expect.stringMatching(/^Back up Postman: 2 updated, 1 added\n[\s\S]*Backup-Run: 3-1\n$/),
  ]);
  expect(project.files(SOURCE).get(`${DIRECTORY}/notes.txt`)).toBe('mine');
  expect([textOf('Orders'), textOf('Refunds'), textOf('Payouts')]).toEqual([
    expect.stringContaining('Hidden.'),
    expect.stringContaining('Newer.'),
    expect.stringContaining('Payouts'),
  ]);
  expect(manifestEntries(project.files(SOURCE))).toHaveLength(3);
});

it('tells all that it brings, not only what the last run brought', async () => {
  const orders = postman.add('Orders');
  await run();
  project.end('merged');
  postman.edit(orders, { text: 'Other.' });
  await run();
  postman.add('Payouts');
  await run();

  expect(project.mergeRequest).toMatchObject({ title: 'Back up Postman: 1 updated, 1 added' });
  expect(project.mergeRequest?.description).toMatch(
    /updated: collection `Orders`[\s\S]*added: collection `Payouts`/,
  );
  expect(project.mergeRequest?.description).toMatch(
    /#### collection `Orders`\n\n- collection:\n {2}- changed description/,
  );
});

it('keeps the title and the text that people wrote', async () => {
  postman.add('Orders');
  await run();
  const { title = '', description = '' } = project.mergeRequest ?? {};
  const written = {
    title: `Draft: ${title}`,
    description: `Wait for Jo.\n\n${description.trim()}\n\nSee the wiki.`,
  };
  project.mergeRequest = project.mergeRequest && { ...project.mergeRequest, ...written };
  postman.add('Payouts');
  await run();
  expect(project.mergeRequest?.title).toBe('Draft: Back up Postman: 2 added');
  expect(project.mergeRequest?.description).toMatch(
    /^Wait for Jo\.\n\n<!--[\s\S]*Payouts[\s\S]*-->\n\nSee the wiki\.$/,
  );

  project.mergeRequest = project.mergeRequest && {
    ...project.mergeRequest,
    title: 'Mine',
    description: 'Mine.',
  };
  postman.add('Refunds');
  const { warnings } = await run();
  expect(project.mergeRequest).toMatchObject({ title: 'Mine', description: 'Mine.', state: 'opened' });
  expect(warnings).toEqual([expect.stringContaining('its description was written anew')]);
});

it('is opened for what a run committed that ended before it could', async () => {
  postman.add('Orders');
  await run();
  project.mergeRequest = undefined;
  expect((await run()).mergeRequest).toMatchObject({ state: 'created' });
  expect(project.ahead(SOURCE)).toHaveLength(1);
  expect(project.mergeRequest).toMatchObject({ title: 'Back up Postman: 1 added' });
});

it('is told to merge by itself again after each commit, because a push takes that back', async () => {
  const orders = postman.add('Orders');
  const merging = { autoMerge: true };
  await run({}, merging);
  project.mergeRequest = project.mergeRequest && { ...project.mergeRequest, autoMerge: true };
  await run({}, merging);
  expect(project.autoMerges).toHaveLength(1);
  postman.edit(orders, { text: 'Newer.' });
  await run({}, merging);
  expect(project.autoMerges).toHaveLength(2);
  expect(project.autoMerges[1]).toBe(await project.requests.headOf(SOURCE));
});

it('drops no commit that arrives while its branch is put on a new target', async () => {
  postman.add('Orders');
  await run();
  project.push('main', { [`${DIRECTORY}/notes.txt`]: 'mine' });
  project.beforeCommit = () => {
    project.push(SOURCE, { 'docs/review.md': 'theirs' });
    project.beforeCommit = () => undefined;
  };
  await expect(run()).rejects.toMatchObject({ code: 'BRANCH_KEPT_MOVING' });
  expect(project.files(SOURCE).get('docs/review.md')).toBe('theirs');
});

it('stays where it is when it is too much for one commit, and says so', async () => {
  postman.add('Orders');
  await run();
  const huge = { [`${DIRECTORY}/huge.txt`]: 'x'.repeat(17 * 1024 * 1024) };
  project.push(SOURCE, huge, 'Back up\n\nBackup-Run: 1-2\n');
  project.push('main', { [`${DIRECTORY}/notes.txt`]: 'mine' });
  const before = await project.requests.headOf(SOURCE);
  const { mergeRequest, warnings } = await run();
  expect(mergeRequest).toMatchObject({ state: 'unchanged' });
  expect(warnings).toEqual([expect.stringContaining('too large to be brought there in one commit')]);
  expect(await project.requests.headOf(SOURCE)).toBe(before);
});

it('brings the backups of several jobs, each in its directory: none drops, closes or hides what another brought', async () => {
  const orders = postman.add('Orders');
  await run({ directory: 'a' });
  project.end('merged');
  await run({ directory: 'b' });
  postman.edit(orders, { text: 'A mistake.' });
  await run({ directory: 'a' });
  const { description = '' } = project.mergeRequest ?? {};
  expect(description).toMatch(/### `a`[\s\S]*updated[\s\S]*### `b`[\s\S]*added/);

  project.push('main', { 'a/notes.txt': 'mine' });
  expect((await run({ directory: 'a' })).mergeRequest).toMatchObject({ state: 'updated' });
  expect(project.ahead(SOURCE)).toHaveLength(1);
  expect(project.files(SOURCE).get('b/Orders.postman_collection.json')).toBeDefined();

  postman.edit(orders, { text: 'About Orders.' });
  expect((await run({ directory: 'a' })).mergeRequest).toMatchObject({ state: 'updated' });
  expect(project.mergeRequest).toMatchObject({ state: 'opened', title: 'Back up Postman: 1 added' });
});

it('is closed when the target has got it all in another way', async () => {
  postman.add('Orders');
  await run();
  project.push('main', Object.fromEntries(project.files(SOURCE)));
  expect((await run()).mergeRequest).toMatchObject({ state: 'closed' });
  expect(project.mergeRequest?.description).toContain('The target branch has all that it would bring.');
});

it('is not touched by a dry run, which says what would become of it', async () => {
  postman.add('Orders');
  const dry = { dryRun: true };
  expect((await run({}, dry)).mergeRequest).toEqual({ state: 'created' });
  await run();
  const before = [project.mergeRequest, await project.requests.headOf(SOURCE)];
  project.push('main', { [`${DIRECTORY}/notes.txt`]: 'mine' });
  expect((await run({}, dry)).mergeRequest).toMatchObject({ state: 'unchanged' });
  postman.add('Refunds');
  expect((await run({}, dry)).mergeRequest).toMatchObject({ iid: 7, state: 'updated' });
  expect([project.mergeRequest, await project.requests.headOf(SOURCE)]).toEqual(before);
});

it('refuses a source branch that turns out to be the default branch', async () => {
  await expect(run({}, { sourceBranch: 'main' })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});
