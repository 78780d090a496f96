/** Several backups on one branch: one commit for all, and the trouble of one is not the trouble of the others. */
import { expect, it } from 'vitest';
import { backup } from '../../src/commands/backup.ts';
import type { BackupPart } from '../../src/commands/backup-input.ts';
import type { BackupConfig } from '../../src/config/config.ts';
import { KnownError } from '../../src/errors.ts';
import type { BackupResult } from '../../src/report/report.ts';
import { createFakePostman, type FakePostman } from './fake-postman.ts';
import { createFakeRepository, type FakeRepository } from './fake-repository.ts';
import { DEFAULTS, toolsFor } from './story.ts';

type Team = { readonly postman: FakePostman; readonly settings: Partial<BackupConfig> };

async function run(repository: FakeRepository, teams: readonly Team[]) {
  const results: (BackupResult | undefined)[] = [];
  const failures: unknown[] = [];
  const before = repository.commits.length;
  const parts = teams.map(({ postman, settings }, index): BackupPart => {
    return {
      settings: { ...DEFAULTS, ...settings },
      source: postman.source,
      onResult: (result) => {
        results[index] = result;
      },
      onFailure: (error) => {
        failures[index] = error;
      },
    };
  });
  await backup(parts, toolsFor(repository));
  return {
    results,
    failures,
    commits: repository.commits.slice(before).filter(({ plan }) => plan !== undefined),
  };
}

function twoTeams(): readonly [Team, Team] {
  const payments = createFakePostman();
  const orders = createFakePostman();
  return [
    { postman: payments, settings: { directory: 'payments' } },
    { postman: orders, settings: { directory: 'orders' } },
  ];
}

it('makes one commit, with a manifest in each directory, and none when nothing changed', async () => {
  const repository = createFakeRepository();
  const teams = twoTeams();
  teams[0].postman.add('Charges');
  teams[1].postman.add('Orders');

  const first = await run(repository, teams);
  expect(first.commits).toHaveLength(1);
  expect([...repository.files().keys()].sort()).toEqual([
    'orders/.postman-gitlab.json',
    'orders/Orders.postman_collection.json',
    'payments/.postman-gitlab.json',
    'payments/Charges.postman_collection.json',
  ]);
  expect(first.results.map((result) => result?.commits.length)).toEqual([1, 1]);
  expect(first.commits[0]?.message).toContain('Back up Postman: 2 added');
  expect((await run(repository, teams)).commits).toEqual([]);
});

it('names a commit only in the report of the backup that it belongs to', async () => {
  const repository = createFakeRepository();
  const teams = twoTeams();
  const charges = teams[0].postman.add('Charges');
  teams[1].postman.add('Orders');
  await run(repository, teams);
  teams[0].postman.edit(charges, { text: 'Edited.' });

  const { results } = await run(repository, teams);
  expect(results.map((result) => result?.commits.length)).toEqual([1, 0]);
});

it('plans every part anew when the branch moved', async () => {
  const repository = createFakeRepository();
  const teams = twoTeams();
  teams[0].postman.add('Charges');
  teams[1].postman.add('Orders');
  const inTheWay = 'orders/Orders.postman_collection.json';
  let others = 0;
  repository.beforeApply = () => {
    if (others++ === 0) {
      repository.push({ [inTheWay]: 'Notes about orders.' });
    }
  };

  const { commits, results } = await run(repository, teams);
  expect(commits).toHaveLength(1);
  expect(repository.files().get(inTheWay)).toBe('Notes about orders.');
  expect(results[1]?.outcomes[0]?.path).toMatch(/^orders\/Orders \(\w{8}\)/);
  expect(repository.files().has('payments/Charges.postman_collection.json')).toBe(true);
});

it('fetches with several keys side by side: the body of one is on its way while another is asked for', async () => {
  const repository = createFakeRepository();
  const teams = twoTeams();
  const asked: (() => void)[] = [];
  for (const { postman } of teams) {
    postman.add('Charges');
    const { fetch } = postman.source;
    const fetchWhenBothWereAsked: typeof fetch = async (ref) => {
      await new Promise<void>((resolve) => {
        asked.push(resolve);
        if (asked.length === teams.length) {
          for (const answer of asked) {
            answer();
          }
        }
      });
      return fetch(ref);
    };
    Object.assign(postman.source, { fetch: fetchWhenBothWereAsked });
  }

  const { commits, results } = await run(repository, teams);
  expect(commits).toHaveLength(1);
  expect(results.map((result) => result?.outcomes.length)).toEqual([1, 1]);
});

it('ends all when the branch cannot be written, and commits nothing more', async () => {
  const repository = createFakeRepository();
  const teams = twoTeams();
  const large = 'x'.repeat(6_000_000);
  for (const { postman } of teams) {
    for (let number = 0; number < 6; number++) {
      postman.add(`Charges ${number}`, { text: large });
    }
  }
  const refused = new KnownError('GITLAB_FORBIDDEN', 'No.');
  let tries = 0;
  repository.beforeApply = () => {
    tries++;
    throw refused;
  };

  await expect(run(repository, teams)).rejects.toBe(refused);
  expect([tries, repository.commits.length]).toEqual([1, 0]);
});

it('commits the others when one key is refused while it lists, or while it fetches', async () => {
  const refused = new KnownError('POSTMAN_KEY_REFUSED', 'Postman refused the API key (401).');
  for (const when of ['list', 'fetch'] as const) {
    const repository = createFakeRepository();
    const teams = twoTeams();
    teams[0].postman.add('Charges');
    teams[1].postman.add('Orders');
    Object.assign(teams[0].postman.source, {
      [when]: async () => {
        throw refused;
      },
    });

    const { failures, results } = await run(repository, teams);
    expect(failures).toEqual([refused]);
    expect([...repository.files().keys()].every((path) => path.startsWith('orders/'))).toBe(true);
    expect(results[1]?.commits).toHaveLength(1);
  }
});

it('writes nothing of a backup that refuses secrets, and all of the others', async () => {
  const repository = createFakeRepository();
  const [payments, orders] = twoTeams();
  payments.postman.add('Charges', { secret: 'sample-secret-4711' });
  orders.postman.add('Orders');

  const { results } = await run(repository, [
    { ...payments, settings: { ...payments.settings, secrets: 'fail' } },
    orders,
  ]);
  expect(results[0]?.outcomes).toMatchObject([{ status: 'refused', code: 'SECRETS_FOUND' }]);
  expect([...repository.files().keys()].every((path) => path.startsWith('orders/'))).toBe(true);
});

it('does nothing in a directory inside or around that of a backup on the branch', async () => {
  for (const [first, second] of [
    ['postman', 'postman/payments'],
    ['postman/payments', 'postman'],
    ['postman/payments', ''],
    ['', 'postman'],
  ]) {
    const repository = createFakeRepository();
    const [payments, orders] = twoTeams();
    payments.postman.add('Charges');
    orders.postman.add('Orders');
    await run(repository, [{ ...payments, settings: { directory: first ?? '' } }]);

    const { commits, failures } = await run(repository, [
      { ...orders, settings: { directory: second ?? '' } },
    ]);
    expect(commits).toEqual([]);
    expect(failures).toMatchObject([
      { code: 'CONFIG_INVALID', message: expect.stringContaining('overlaps with another backup') },
    ]);
  }
});

it('removes no more than one run may, all backups together', async () => {
  const repository = createFakeRepository();
  const [payments, orders] = twoTeams();
  const gone = [payments, orders].flatMap(({ postman }) =>
    ['a', 'b', 'c', 'stays'].map((name) => ({ postman, one: postman.add(name) })),
  );
  await run(repository, [payments, orders]);
  for (const { postman, one } of gone.filter(({ one }) => one.name !== 'stays')) {
    postman.remove(one);
  }
  const settings = { removed: 'delete', maxRemovals: 5 } as const;

  const { results } = await run(repository, [
    { ...payments, settings: { ...payments.settings, ...settings } },
    { ...orders, settings: { ...orders.settings, ...settings } },
  ]);
  const refused = results.map((result) => result?.outcomes.filter(({ status }) => status === 'refused'));
  expect(refused.map((some) => some?.length)).toEqual([0, 3]);
});
