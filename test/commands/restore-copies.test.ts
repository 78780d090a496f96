/** Restored as copies: nothing is touched, links follow, and what an earlier run made is made once. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Chosen } from '../../src/commands/restore-way.ts';
import { KnownError } from '../../src/errors.ts';
import { mock, monitor } from '../unit/snapshot/kinds/samples.ts';
import {
  ORDERS,
  ordersCollection,
  PRODUCTION,
  payments,
  productionEnvironment,
  uuid,
} from '../unit/snapshot/samples.ts';
import { createFakeTeam, type FakeTeam } from './fake-team.ts';
import { backedUp, oneItem, restoreCopies } from './restored.ts';

const MOCK = uuid('c1');
const MONITOR = uuid('c2');
const elsewhere = { id: uuid('f1'), name: 'Elsewhere' };
const to = { type: 'workspace', name: 'Elsewhere' } as const;

let team: FakeTeam;
let orders: Chosen;
let production: Chosen;
let all: readonly Chosen[];

beforeEach(async () => {
  team = createFakeTeam();
  team.workspaces.push(payments, elsewhere);
  orders = await backedUp('collections', payments, ORDERS, ordersCollection());
  production = await backedUp('environments', payments, PRODUCTION, productionEnvironment());
  const mocked = { ...mock(), id: MOCK, uid: `42-${MOCK}` };
  const watched = { ...monitor(), id: MONITOR, uid: `42-${MONITOR}` };
  all = [
    await backedUp('monitors', payments, MONITOR, watched),
    await backedUp('mocks', payments, MOCK, mocked),
    orders,
    production,
  ];
});

describe('as copies', () => {
  it('everything is created under a marked name, and what refers to others refers to their copies', async () => {
    const { plan, results } = await restoreCopies(team, all, to);

    expect(plan.map(({ action, as }) => `${action} ${as}`)).toEqual([
      'create Production (restored 2026-11-01)',
      'create Orders (restored 2026-11-01)',
      'create Payments mock (restored 2026-11-01)',
      'create Every hour (restored 2026-11-01)',
    ]);
    expect(results.every(({ outcome }) => outcome === 'done')).toBe(true);
    expect(team.written.every((one) => one.startsWith('create'))).toBe(true);
    const [environment, collection] = [...team.resources.values()].map(({ ref }) => ref.uid);
    const links = { collection, environment };
    expect(team.bodyOf('mocks', 'Payments mock (restored 2026-11-01)')).toMatchObject(links);
    expect(team.bodyOf('monitors', 'Every hour (restored 2026-11-01)')).toMatchObject({
      ...links,
      active: false,
    });
  });

  it('the plan lists what is to be filled in, and writes nothing', async () => {
    const { plan } = await restoreCopies(team, [production], to);
    expect(plan).toMatchObject([{ action: 'create', toFillIn: ['variable token'] }]);
  });

  it('a new workspace is created once, and found by a second run', async () => {
    const fresh = { type: 'new-workspace', name: 'Fresh' } as const;
    await restoreCopies(team, all, fresh);
    const { plan } = await restoreCopies(team, all, fresh);

    expect(team.written.filter((one) => one.startsWith('create workspace'))).toEqual([
      'create workspace Fresh',
    ]);
    expect(plan.map(({ action }) => action)).toEqual(['leave', 'leave', 'leave', 'leave']);
    expect(team.resources.size).toBe(4);
  });

  it('a workspace that is not there ends the restore before it begins', async () => {
    const lost = { type: 'workspace', name: 'Lost' } as const;
    await expect(restoreCopies(team, all, lost)).rejects.toMatchObject({ code: 'WORKSPACE_NOT_FOUND' });
    expect(team.written).toEqual([]);
  });

  it('a mock without its collection is left out', async () => {
    const { plan } = await restoreCopies(
      team,
      all.filter((one) => one !== orders),
      to,
    );
    expect(plan.map(({ kind, action }) => `${action} ${kind}`)).toEqual([
      'create environments',
      'skip mocks',
      'skip monitors',
    ]);
  });

  it('two of one name get names of their own', async () => {
    const other = await backedUp('collections', elsewhere, uuid('b1'), ordersCollectionOf(uuid('b1')));
    const { plan } = await restoreCopies(team, [orders, other], to);
    expect(plan.map(({ as }) => as)).toEqual([
      'Orders (restored 2026-11-01, aaaaaaaa)',
      'Orders (restored 2026-11-01, b1000000)',
    ]);
  });

  it('one request comes in a collection that holds nothing else', async () => {
    await restoreCopies(team, [await oneItem(orders, 'Admin/List')], to);

    const copy = team.bodyOf('collections', 'Orders: Admin/List (restored 2026-11-01)');
    expect(copy).toMatchObject({
      item: [{ name: 'Admin', item: [{ name: 'List' }] }],
      variable: [{ key: 'host' }],
    });
    expect(JSON.stringify(copy)).not.toContain('Ping');
  });

  it('globals go where there are none, and nowhere else', async () => {
    const values = [{ key: 'a', value: 'b', enabled: true }];
    const globals = await backedUp('globals', payments, payments.id, { values });
    team.put('globals', elsewhere, elsewhere.id, { values: [] });

    const first = await restoreCopies(team, [globals], to);
    const second = await restoreCopies(team, [globals], to);
    team.put('globals', elsewhere, elsewhere.id, { values: [{ key: 'mine', value: 'x' }] });
    const third = await restoreCopies(team, [globals], to);

    expect([first, second, third].map(({ plan }) => plan[0]?.action)).toEqual(['create', 'leave', 'skip']);
    expect(team.written).toEqual(['replace globals Elsewhere']);
  });
});

it('of the globals of two workspaces one goes into the destination, and the other is named', async () => {
  const values = (key: string) => ({ values: [{ key, value: 'b', enabled: true }] });
  const one = await backedUp('globals', payments, payments.id, values('a'));
  const other = await backedUp('globals', elsewhere, elsewhere.id, values('c'));
  team.put('globals', elsewhere, elsewhere.id, { values: [] });

  const { plan } = await restoreCopies(team, [one, other], to);

  expect(plan.map(({ action }) => action)).toEqual(['create', 'skip']);
  expect(plan[1]?.note).toContain('a workspace has one set of global variables');
  expect(team.written).toEqual(['replace globals Elsewhere']);
  expect([...team.resources.values()].map(({ body }) => body)).toMatchObject([values('a')]);
});

describe('a restore that failed half way', () => {
  const refused = new KnownError('POSTMAN_FORBIDDEN', 'No right to create it.');
  const unavailable = new KnownError('POSTMAN_UNAVAILABLE', 'Postman is away.');

  it('says what is in and what is not, and the next run makes the rest and no doubles', async () => {
    team.failures.set('Orders (restored 2026-11-01)', unavailable);
    const { results } = await restoreCopies(team, all, to);
    expect(results.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
      'environments done',
      'collections failed',
      'mocks untried',
      'monitors untried',
    ]);

    team.failures.clear();
    const again = await restoreCopies(team, all, to);

    expect(again.plan.map(({ action }) => action)).toEqual(['leave', 'create', 'create', 'create']);
    expect(again.results.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(team.resources.size).toBe(4);
    const [environment] = team.resources.keys();
    expect(team.bodyOf('monitors', 'Every hour (restored 2026-11-01)')).toMatchObject({ environment });
  });

  it('what depends on what was refused fails too, and the rest goes on', async () => {
    team.failures.set('Orders (restored 2026-11-01)', new KnownError('RESOURCE_INVALID', 'No.'));
    const { results } = await restoreCopies(team, all, to);
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'failed', 'failed', 'failed']);
    expect(refused.exitCode).toBe(21);
  });

  it('a copy that holds a part of the collection is finished', async () => {
    team.failures.set('Orders (restored 2026-11-01)', unavailable);
    team.keepOnFailure = ({ item, variable: _variable, ...rest }) => ({
      ...rest,
      item: Array.isArray(item) ? item.slice(0, 1) : [],
    });
    await restoreCopies(team, [orders], to);
    team.failures.clear();
    const { plan } = await restoreCopies(team, [orders], to);

    expect(plan).toMatchObject([{ action: 'finish' }]);
    expect(team.resources.size).toBe(1);
    const { plan: last } = await restoreCopies(team, [orders], to);
    expect(last).toMatchObject([{ action: 'leave' }]);
  });

  it('a copy that somebody filled in is the copy still, one that was edited is left alone', async () => {
    await restoreCopies(team, [orders, production], to);
    const name = 'Production (restored 2026-11-01)';
    const [, made] = [...team.resources.values()].map(({ ref }) => ref).reverse();
    const secret = { key: 'token', type: 'secret', enabled: true };
    const [host] = productionEnvironment().values;
    const filled = { id: made?.uuid, name, values: [host, { ...secret, value: 'filled-in-4711' }] };
    team.put('environments', elsewhere, made?.uuid ?? '', filled);
    expect((await restoreCopies(team, [production], to)).plan).toMatchObject([{ action: 'leave' }]);

    team.put('environments', elsewhere, made?.uuid ?? '', { ...filled, values: [] });
    const { plan } = await restoreCopies(team, [production], to);
    expect(plan).toMatchObject([{ action: 'skip', note: expect.stringContaining('other content') }]);
  });
});

function ordersCollectionOf(id: string) {
  const collection = ordersCollection();
  return { ...collection, info: { ...collection.info, _postman_id: id } };
}
