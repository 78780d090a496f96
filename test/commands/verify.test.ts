/** What Postman says of the resources of a backup, and what a drill makes of them: with a team in memory. */
import { beforeEach, describe, expect, it } from 'vitest';
import { askPostman } from '../../src/commands/ask-postman.ts';
import { drill } from '../../src/commands/drill.ts';
import type { Source } from '../../src/commands/ports.ts';
import type { Snapshot } from '../../src/commands/read-snapshot.ts';
import type { Chosen } from '../../src/commands/restore-way.ts';
import { KnownError } from '../../src/errors.ts';
import {
  ORDERS,
  ordersCollection,
  PRODUCTION,
  payments,
  productionEnvironment,
} from '../unit/snapshot/samples.ts';
import { createFakeTeam, type FakeTeam } from './fake-team.ts';
import { backedUp } from './restored.ts';

const silent = { start: () => undefined, step: () => undefined, stop: () => undefined };

let team: FakeTeam;
let all: readonly Chosen[];

beforeEach(async () => {
  team = createFakeTeam();
  team.workspaces.push(payments);
  team.put('collections', payments, ORDERS, ordersCollection());
  team.put('environments', payments, PRODUCTION, productionEnvironment());
  all = [
    await backedUp('collections', payments, ORDERS, ordersCollection()),
    await backedUp('environments', payments, PRODUCTION, productionEnvironment()),
  ];
});

describe('what Postman says', () => {
  async function ask(source: Partial<Source> = {}) {
    const answers = [];
    const resources = all.map(({ resource }) => resource);
    const options = { source: { ...team.source, ...source }, allowSecrets: [], onSecret: () => undefined };
    for await (const answer of askPostman(resources, options)) {
      answers.push(answer);
    }
    return answers;
  }

  it('is told in the order of the resources', async () => {
    team.resources.delete(`42-${ORDERS}`);

    expect(await ask()).toMatchObject([{ state: 'gone' }, { state: 'there', ref: { uuid: PRODUCTION } }]);
  });

  it.each<[string, Partial<Awaited<ReturnType<Source['list']>>['listings'][number]>, string]>([
    ['short', { doubt: 'a page is missing' }, 'a page is missing'],
    ['not offered', { unavailable: 'not in this plan' }, 'not in this plan'],
    ['empty without a second word', { unconfirmed: true }, 'nothing confirms'],
  ])('is nothing, where the list is %s', async (_, about, why) => {
    const list: Source['list'] = async (scope) => {
      const { workspaces, listings } = await team.source.list(scope);
      return { workspaces, listings: listings.map((one) => ({ ...one, refs: [], ...about })) };
    };

    const unknown = { state: 'unknown', why: expect.stringContaining(why) };
    expect(await ask({ list })).toEqual([unknown, unknown]);
  });

  it('is nothing, where the key cannot see the workspace', async () => {
    team.workspaces.length = 0;

    expect(await ask()).toMatchObject([{ state: 'unknown' }, { state: 'unknown' }]);
  });

  it('ends with the reason, when it gives nothing at all', async () => {
    const fetch = async () => {
      throw new KnownError('POSTMAN_UNAVAILABLE', 'Postman is not there.');
    };

    await expect(ask({ fetch })).rejects.toMatchObject({ code: 'POSTMAN_UNAVAILABLE' });
  });
});

describe('a drill', () => {
  function run() {
    const snapshot: Snapshot = {
      ...{ ref: 'main', commit: 'c', date: new Date(0), directory: 'p', isIndexed: true },
      resources: all.map(({ resource }) => resource),
      readFiles: async () => new Map(),
      prefetch: async () => undefined,
      read: async (resource) => {
        const chosen = all.find((one) => one.resource === resource);
        return chosen === undefined ? {} : chosen.read();
      },
    };
    return drill(snapshot, snapshot.resources, { ...team, progress: silent, name: 'Drill' });
  }

  const statesOf = async () => [...(await run()).values()].map(({ state }) => state);

  it('makes everything anew in a workspace that is gone afterwards', async () => {
    expect(await statesOf()).toEqual(['same', 'same']);
    expect(team.written).toEqual([
      ...['create workspace Drill', 'create collections Orders', 'create environments Production'],
      'remove workspace Drill',
    ]);
    expect(team.workspaces).toEqual([payments]);
  });

  it('tells what comes back otherwise, by names', async () => {
    const { source } = team;
    const fetch: Source['fetch'] = async (ref) => {
      const body = await source.fetch(ref);
      return ref.kind === 'collections' ? { ...(body as object), item: [] } : body;
    };
    Object.assign(team, { source: { ...source, fetch } });

    expect([...(await run()).values()]).toMatchObject([
      { state: 'different', differences: [{ change: 'removed' }, { change: 'removed' }] },
      { state: 'same' },
    ]);
  });

  it('goes on after what Postman refuses, and says why', async () => {
    team.failures.set('Orders', new KnownError('POSTMAN_WRITE_REFUSED', 'Too large.'));

    expect([...(await run()).values()]).toEqual([
      { state: 'failed', code: 'POSTMAN_WRITE_REFUSED', problem: 'Too large.' },
      { state: 'same' },
    ]);
  });

  it('ends when Postman is not there, and leaves no workspace', async () => {
    team.failures.set('Orders', new KnownError('POSTMAN_UNAVAILABLE', 'Postman is not there.'));

    await expect(run()).rejects.toMatchObject({ code: 'POSTMAN_UNAVAILABLE' });
    expect(team.workspaces).toEqual([payments]);
  });

  it('says which workspace is left, when it cannot be removed', async () => {
    const removeWorkspace = async () => {
      throw new KnownError('POSTMAN_UNAVAILABLE', 'Postman is not there.');
    };
    Object.assign(team, { target: { ...team.target, removeWorkspace } });

    await expect(run()).rejects.toMatchObject({
      code: 'DRILL_NOT_REMOVED',
      message: expect.stringMatching(/"Drill" \([0-9a-f-]{36}\) .* is still in Postman/),
    });
  });
});
