/** What a night leaves on the branch when little or nothing happened in Postman. */
import { expect, it } from 'vitest';
import { KnownError } from '../../src/errors.ts';
import { createStory, MANIFEST, manifestEntries, pathOf } from './story.ts';

it('puts everything into one commit on the first night, and makes none on the second', async () => {
  const { postman, repository, run } = createStory();
  postman.add('Orders');
  postman.add('Refunds');
  postman.add('Staging', { kind: 'environments' });

  const first = await run();
  const second = await run();

  expect(first.commits).toHaveLength(1);
  expect(first.report).toMatchObject({ status: 'changed', exitCode: 0 });
  expect([...repository.files().keys()].sort()).toEqual([
    MANIFEST,
    pathOf('Orders'),
    pathOf('Refunds'),
    'Postman Collections/Staging.postman_environment.json',
  ]);
  expect(second.commits).toEqual([]);
  expect(second.report).toMatchObject({ status: 'unchanged', exitCode: 0 });
  expect(second.result?.outcomes.map(({ status }) => status)).toEqual([
    'unchanged',
    'unchanged',
    'unchanged',
  ]);
});

it('writes only what changed: an edit, a rename as a move, an addition', async () => {
  const { postman, repository, run } = createStory();
  const edited = postman.add('Orders');
  const renamed = postman.add('Refunds');
  postman.add('Ledger');
  await run();
  postman.edit(edited, { text: 'Now with returns.' });
  postman.edit(renamed, { name: 'Refunds and disputes' });
  const added = postman.add('Payouts');

  const { commits, outcomeOf } = await run();

  expect(commits).toHaveLength(1);
  expect(commits[0]?.plan?.actions.map(({ action, path }) => [action, path])).toEqual([
    ['move', pathOf('Refunds and disputes')],
    ['update', pathOf('Orders')],
    ['create', pathOf('Payouts')],
    ['update', MANIFEST],
  ]);
  expect(commits[0]?.message).toBe(
    [
      'Back up Postman: 1 updated, 1 renamed, 1 added',
      '',
      '- updated collection "Orders"',
      '  collection: changed description',
      `- renamed, updated collection "Refunds and disputes": ${pathOf('Refunds')} → ${pathOf('Refunds and disputes')}`,
      '  collection: renamed from "Refunds"',
      '- added collection "Payouts"',
      '  collection: 1 request',
      '',
      '[skip ci]',
      '',
      `Postman-Workspace: Payments (${postman.workspace.id})`,
      'Backup-Run: 77-2',
      '',
    ].join('\n'),
  );
  expect(outcomeOf(added)).toMatchObject({ status: 'changed', changes: ['added'] });
  expect(repository.files().has(pathOf('Refunds'))).toBe(false);
});

it('does not commit a timestamp that moved alone, and writes it along with the next real change', async () => {
  const { postman, repository, run } = createStory();
  const touched = postman.add('Orders');
  const other = postman.add('Refunds');
  await run();
  postman.edit(touched, {});

  const quiet = await run({ changes: 'listed' });
  postman.edit(other, { text: 'Changed.' });
  await run({ changes: 'listed' });
  const last = await run({ changes: 'listed' });

  expect(quiet.commits).toEqual([]);
  expect(quiet.fetched).toEqual(['Orders']);
  expect(last.fetched).toEqual([]);
  expect(manifestEntries(repository.files())).toHaveLength(2);
});

it('finds an edit that the list hides at once, and says that it was hidden', async () => {
  const { postman, run } = createStory();
  const orders = postman.add('Orders');
  await run();
  postman.edit(orders, { text: 'Nobody shows this.' }, { hidden: true });

  const { commits, outcomeOf } = await run();

  expect(outcomeOf(orders)).toMatchObject({ status: 'changed', changes: ['updated'], hidden: true });
  expect(commits[0]?.message).toContain(`- updated collection "Orders" (edit not shown by Postman's list)`);
});

it('believes the list with `changes: listed`, and says that nothing was verified', async () => {
  const { postman, run } = createStory();
  const orders = postman.add('Orders');
  await run();
  postman.edit(orders, { text: 'Nobody shows this.' }, { hidden: true });

  const { fetched, commits, result } = await run({ changes: 'listed' });

  expect(fetched).toEqual([]);
  expect(commits).toEqual([]);
  expect(result?.verification).toMatchObject({ mode: 'listed', unverified: 1 });
  expect(result?.verification.runsUntilVerified).toBeUndefined();
});

it('finds a hidden edit within the bound of runs that it promises, when earlier runs were written down', async () => {
  const { postman, run } = createStory();
  const many = Array.from({ length: 12 }, (_, index) => postman.add(`Collection ${index}`));
  await run();
  const [, , , , , hidden = postman.add('never')] = many;
  postman.edit(hidden, { text: 'Nobody shows this.' }, { hidden: true });
  const verifiedAt = new Map<`${string}/${string}`, string>();
  const settings = { recheckBudget: 5 };

  const nights = [];
  for (let night = 1; night <= 3; night++) {
    const done = await run(settings, { verifiedAt, seed: `night ${night}` });
    for (const { kind, uuid, status } of done.result?.outcomes ?? []) {
      if (status !== 'unverified') {
        verifiedAt.set(`${kind}/${uuid}`, `2026-03-0${night}`);
      }
    }
    nights.push(done);
  }

  expect(nights[0]?.result?.verification).toMatchObject({
    ...{ fetched: 5, rechecked: 5, unverified: 7, runsUntilVerified: 3, expectation: false },
  });
  expect(new Set(nights.flatMap(({ fetched }) => fetched))).toHaveProperty('size', 12);
  expect(nights.filter(({ outcomeOf }) => outcomeOf(hidden)?.hidden === true)).toHaveLength(1);
});

it('backs up all the same when Postman does not tell the quota, and says so', async () => {
  const { postman, run } = createStory();
  postman.add('Orders');
  postman.quota = new KnownError('POSTMAN_UNAVAILABLE', 'the page is down.');

  const { commits, result, report } = await run();

  expect(report.exitCode).toBe(0);
  expect(commits).toHaveLength(1);
  expect(result?.warnings).toEqual([
    'How many Postman calls are left this month is not known: the page is down.',
  ]);
});
