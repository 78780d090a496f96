/** Restored in place: ids and secrets stay, and nothing is overwritten that was not seen and backed up. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Chosen } from '../../src/commands/restore-way.ts';
import { KnownError } from '../../src/errors.ts';
import type { JsonObject } from '../../src/json.ts';
import {
  ORDERS,
  ordersCollection,
  PRODUCTION,
  payments,
  productionEnvironment,
} from '../unit/snapshot/samples.ts';
import { createFakeTeam, type FakeTeam } from './fake-team.ts';
import { backedUp, oneItem, restoreInPlace } from './restored.ts';

let team: FakeTeam;
let orders: Chosen;
let production: Chosen;

beforeEach(async () => {
  team = createFakeTeam();
  team.workspaces.push(payments);
  team.put('collections', payments, ORDERS, edited());
  const [, token] = productionEnvironment().values;
  team.put('environments', payments, PRODUCTION, { ...productionEnvironment(), values: [token] });
  orders = await backedUp('collections', payments, ORDERS, ordersCollection());
  production = await backedUp('environments', payments, PRODUCTION, productionEnvironment());
});

/** Somebody deleted a folder and renamed a request. */
function edited(): JsonObject {
  const { item, ...rest } = ordersCollection();
  return { ...rest, item: [{ ...item[0], name: 'Pong' }] };
}

describe('in place', () => {
  it('what differs is replaced, with the secrets that Postman has; a second run has nothing to do', async () => {
    const { plan, results } = await restoreInPlace(team, [production, orders]);

    expect(plan).toMatchObject([
      {
        action: 'replace',
        toFillIn: [],
        differences: [{ change: 'added', piece: 'variable', name: 'host' }],
      },
      { action: 'replace' },
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    expect(team.bodyOf('environments', 'Production')).toMatchObject({
      values: productionEnvironment().values,
    });
    expect(JSON.stringify(team.bodyOf('collections', 'Orders'))).toContain('"id":"folder-deep"');

    const again = await restoreInPlace(team, [production, orders]);
    expect(again.plan.map(({ action }) => action)).toEqual(['leave', 'leave']);
    expect(team.written).toHaveLength(2);
  });

  it('what is gone from Postman is told, and not made anew', async () => {
    team.resources.delete(`42-${ORDERS}`);
    const { plan } = await restoreInPlace(team, [orders]);
    expect(plan).toMatchObject([{ action: 'skip', note: expect.stringContaining('as a copy') }]);
    expect(team.written).toEqual([]);
  });

  it('what was edited since the plan is refused, the rest goes on', async () => {
    const meanwhile = () => {
      team.put('collections', payments, ORDERS, { ...edited(), variable: [] });
    };
    const { results } = await restoreInPlace(team, [orders, production], { meanwhile });
    expect(results).toMatchObject([{ outcome: 'failed', code: 'RESTORE_REFUSED' }, { outcome: 'done' }]);
    expect(team.written).toEqual(['replace environments Production']);
  });

  it('what could not be backed up is not overwritten', async () => {
    const { results } = await restoreInPlace(team, [orders, production], {
      backUp: () => new Set([`collections/${ORDERS}`] as const),
    });
    expect(results).toMatchObject([{ outcome: 'done' }, { outcome: 'failed', code: 'RESTORE_REFUSED' }]);
  });

  it('nothing is overwritten when the backup fails as a whole', async () => {
    const backUp = () => {
      throw new KnownError('GITLAB_UNAVAILABLE', 'GitLab is away.');
    };
    await expect(restoreInPlace(team, [orders], { backUp })).rejects.toMatchObject({
      code: 'GITLAB_UNAVAILABLE',
    });
    expect(team.written).toEqual([]);
  });

  it('what was not in the plan that somebody agreed to is refused', async () => {
    const holds = ({ kind }: { readonly kind: string }) => kind === 'environments';
    const { results } = await restoreInPlace(team, [orders, production], { holds });
    expect(results.map(({ outcome }) => outcome)).toEqual(['failed', 'done']);
  });

  it('one request comes back into the collection of now, everything else stays', async () => {
    await restoreInPlace(team, [await oneItem(orders, 'request-list')]);

    const now = team.bodyOf('collections', 'Orders');
    expect(now).toMatchObject({ item: [{ name: 'Pong' }, { name: 'List', id: 'request-list' }] });
    await restoreInPlace(team, [await oneItem(orders, 'Ping')]);
    expect(team.bodyOf('collections', 'Orders')).toMatchObject({
      item: [{ name: 'Ping' }, { name: 'List' }],
    });
  });
});

describe('an item', () => {
  it('that is not there is told with what is there', async () => {
    await expect(oneItem(orders, 'Admin/Lsit')).rejects.toThrow('Did you mean "Admin/List"');
  });
});
