/** What of a backup is restored: what was named, in whatever way, and no guess. */
import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../../src/model.ts';
import { chooseResources, type Wanted } from '../../../../src/plan/restore/choose-resources.ts';
import { findItems, onlyItem, pathOfItem, putItem } from '../../../../src/plan/restore/pick-item.ts';
import { describeLosses, inOrder, namesOfCopies } from '../../../../src/plan/restore/steps.ts';
import { ordersCollection, payments, refTo, uuid } from '../../snapshot/samples.ts';

const other = { id: uuid('f2'), name: 'Other' };
const ALL: readonly Kind[] = ['collections', 'environments', 'mocks'];
const everything: Wanted = { workspaces: [], kinds: ALL, collection: [], environment: [], exclude: [] };
const orders = refTo({ uuid: uuid('a1'), name: 'Orders' });
const refunds = refTo({ uuid: uuid('a2'), name: 'Refunds', workspace: other });
const staging = refTo({ uuid: uuid('e1'), name: 'Staging', kind: 'environments' });
const mock = refTo({ uuid: uuid('c1'), name: 'Mock', kind: 'mocks' });
const resources = [orders, refunds, staging, mock, { ...orders }];

function chosen(wanted: Partial<Wanted>): readonly string[] {
  return chooseResources(resources, { ...everything, ...wanted }).map(({ name }) => name);
}

describe('the choice', () => {
  it.each<[Partial<Wanted>, readonly string[]]>([
    [{}, ['Orders', 'Refunds', 'Staging', 'Mock']],
    [{ kinds: ['mocks'] }, ['Mock']],
    [{ collection: [orders.uid], kinds: ['collections'] }, ['Orders']],
    [{ collection: ['Ref*'], environment: ['Staging'] }, ['Refunds', 'Staging', 'Mock']],
    [{ workspaces: ['Other'] }, ['Refunds']],
    [{ workspaces: [payments.id] }, ['Orders', 'Staging', 'Mock']],
    [{ exclude: ['Mock', 'R*'] }, ['Orders', 'Staging']],
  ])('of %j is %j', (wanted, names) => {
    expect(chosen(wanted)).toEqual(names);
  });

  it.each<[Partial<Wanted>, string]>([
    [
      { collection: ['Order'] },
      'The backup holds no collection "Order" at that time. Did you mean "Orders"?',
    ],
    [{ environment: ['Prod'] }, 'The backup holds no environment "Prod" at that time.'],
    [{ workspaces: ['Oter'] }, 'The backup holds no workspace "Oter". Did you mean "Other"?'],
    [{ kinds: ['specs'] }, 'The backup holds nothing of what is to be restored.'],
  ])('of %j is told: %s', (wanted, message) => {
    expect(() => chosen(wanted)).toThrow(message);
  });
});

describe('an item', () => {
  const collection = ordersCollection();

  it.each([
    ['Admin', ['Admin']],
    ['Admin/List', ['Admin/List']],
    ['request-list', ['Admin/List']],
    ['List', []],
  ])('is found by names from the top or by its id: %s', (selector, paths) => {
    expect(findItems(collection, selector).map(pathOfItem)).toEqual(paths);
  });

  it('alone lies in its folders still', () => {
    const [picked] = findItems(collection, 'request-list');
    expect(picked && onlyItem(collection, picked)).toMatchObject({
      item: [{ name: 'Admin', item: [{ name: 'List' }] }],
      variable: collection.variable,
    });
  });

  it('takes the place of itself, else goes to its folder, else to the top', () => {
    const [picked] = findItems(collection, 'request-list');
    const into = (item: readonly unknown[]) => picked && putItem({ item }, picked)['item'];
    const list = picked?.item;
    expect(into([{ id: 'x', item: [{ id: 'request-list', name: 'Old' }, { id: 'y' }] }])).toEqual([
      { id: 'x', item: [list, { id: 'y' }] },
    ]);
    expect(into([{ id: 'folder-admin', item: [] }])).toEqual([{ id: 'folder-admin', item: [list] }]);
    expect(into([{ id: 'z' }])).toEqual([{ id: 'z' }, list]);
    const [folder] = findItems(collection, 'folder-deep');
    expect(folder && putItem({ item: [{ id: 'z' }] }, folder)['item']).toEqual([folder?.item, { id: 'z' }]);
  });
});

describe('the steps', () => {
  it('come in the order of what refers to what', () => {
    const kinds: readonly Kind[] = [
      'monitors',
      'mocks',
      'specs',
      'collections',
      'environments',
      'workspaces',
    ];
    const sorted = inOrder(kinds.map((kind) => ({ resource: { kind } }))).map(
      ({ resource }) => resource.kind,
    );
    expect(sorted).toEqual(['workspaces', 'environments', 'collections', 'specs', 'mocks', 'monitors']);
  });

  it('give equal names to no two copies of one kind', () => {
    const date = new Date('2026-11-01T23:30:00Z');
    const twice = [orders, { ...orders, uuid: uuid('b1') }, { ...orders, kind: 'mocks' as const }];
    expect(namesOfCopies(twice, date)).toEqual([
      'Orders (restored 2026-11-01, a1000000)',
      'Orders (restored 2026-11-01, b1000000)',
      'Orders (restored 2026-11-01)',
    ]);
  });

  it('tell what is lost with what is written, and nothing else', () => {
    const step = { ...{ uuid: '', name: '', workspace: '', toFillIn: [] }, kind: 'monitors' } as const;
    expect(describeLosses([{ ...step, action: 'create' }])).toEqual(['monitor: the history of runs']);
    expect(describeLosses([{ ...step, action: 'leave' }])).toEqual([]);
  });
});
