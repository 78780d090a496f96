/** Which resources a backup is about. */
import { describe, expect, it } from 'vitest';
import { KnownError } from '../../../src/errors.ts';
import type { ResourceRef } from '../../../src/model.ts';
import { selectResources } from '../../../src/plan/select-resources.ts';
import { branchOf, inventoryOf, listingOf, refTo } from './samples.ts';

const estate: readonly ResourceRef[] = [
  refTo('u1', { name: 'Orders' }),
  refTo('u2', { name: 'Orders/Refunds' }),
  refTo('u3', { name: '.internal' }),
  refTo('u4', { name: '[Draft] Orders?' }),
  refTo('u5', { name: 'u1' }),
  refTo('u6', { name: '42-u2' }),
  refTo('u7', { name: 'Rate*' }),
  refTo('u8', { name: 'Rates' }),
];
const production = refTo('e1', { kind: 'environments', name: 'Production' });
const inventory = inventoryOf(listingOf(estate), listingOf([production], { kind: 'environments' }));

function select(
  collection: readonly string[],
  exclude: readonly string[] = [],
  manifest = branchOf({}).manifest,
) {
  const { refs, warnings } = selectResources(inventory, { collection, exclude }, manifest);
  return { uuids: refs.filter(({ kind }) => kind === 'collections').map(({ uuid }) => uuid), refs, warnings };
}

function refusalOf(collection: readonly string[]): KnownError {
  try {
    select(collection);
  } catch (error) {
    if (error instanceof KnownError) {
      return error;
    }
    throw error;
  }
  throw new Error('It was selected.');
}

describe('a collection', () => {
  it('is selected without being named when none is', () => {
    expect(select([]).uuids).toEqual(['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7', 'u8']);
  });

  it.each([
    ['its id, before a name that equals it', 'u1', ['u1']],
    ['its uid, before a name that equals it', '42-u2', ['u2']],
    ['its exact name', 'Orders/Refunds', ['u2']],
    ['its exact name, though that is a glob as well', '[Draft] Orders?', ['u4']],
    ['its exact name, before a glob that matches more', 'Rate*', ['u7']],
    ['a glob, whose star crosses a slash', 'Orders*', ['u1', 'u2']],
    ['a glob of one character', 'u?', ['u5']],
    ['a glob, to which a leading dot is ordinary', '*', ['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7', 'u8']],
    ['a glob that ends with what follows a slash', '*funds', ['u2']],
    ['a glob with alternatives', '{Orders,.internal}', ['u1', 'u3']],
  ])('is selected by %s', (_, selector, expected) => {
    expect(select([selector]).uuids).toEqual(expected);
  });

  it('is selected once, in the order of the list, by whatever names it', () => {
    expect(select(['.internal', 'Orders', 'u1', '*rders']).uuids).toEqual(['u1', 'u3']);
  });

  it('does not get selected by what begins with an exclamation mark', () => {
    expect(refusalOf(['!Orders']).code).toBe('COLLECTION_NOT_FOUND');
  });

  it('that is listed in two workspaces is one collection', () => {
    const other = { id: 'w-other', name: 'Other' };
    const twice = inventoryOf(
      listingOf([refTo('u1')]),
      listingOf([refTo('u1', { workspace: other })], { workspace: other }),
    );
    const { refs } = selectResources(twice, { collection: [], exclude: [] }, new Map());
    expect(refs.map(({ workspace }) => workspace.name)).toEqual(['Payments']);
  });
});

describe('what is excluded', () => {
  it.each([
    ['by id', 'u1', ['u2', 'u3', 'u4', 'u5', 'u6', 'u7', 'u8']],
    ['by name', 'Orders', ['u2', 'u3', 'u4', 'u5', 'u6', 'u7', 'u8']],
    ['by glob', 'Orders*', ['u3', 'u4', 'u5', 'u6', 'u7', 'u8']],
  ])('is left out %s', (_, exclude, expected) => {
    expect(select([], [exclude]).uuids).toEqual(expected);
  });

  it('wins over what is selected', () => {
    expect(select(['Orders*'], ['*Refunds']).uuids).toEqual(['u1']);
  });

  it('may be of any kind', () => {
    expect(select([], ['Production']).refs).not.toContain(production);
  });

  it('may match nothing, which is said when it is a name', () => {
    expect(select([], ['Nothing*'])).toMatchObject({ warnings: [] });
    expect(select([], ['Nothing'])).toMatchObject({
      warnings: ['`exclude`: there is nothing named "Nothing".'],
    });
  });
});

describe('an environment', () => {
  it('is not what `collection` is about', () => {
    expect(select(['Orders']).refs).toContain(production);
    expect(refusalOf(['Production']).code).toBe('COLLECTION_NOT_FOUND');
  });
});

describe('a name that matches nothing', () => {
  it('is an error that suggests the nearest names', () => {
    const { code, message } = refusalOf(['Ordrs']);
    expect(code).toBe('COLLECTION_NOT_FOUND');
    expect(message).toBe('There is no collection "Ordrs". Did you mean "Orders"?');
  });

  it('is shown on one line', () => {
    expect(refusalOf(['No\nsuch\u202ething']).message).not.toMatch(/[\n\u202e]/);
  });

  it('is a warning when it is a glob', () => {
    expect(select(['Nothing*', 'Orders'])).toMatchObject({
      ...{ uuids: ['u1'], warnings: ['No collection matches "Nothing*".'] },
    });
  });

  it('is an error when it is a glob and nothing else is selected', () => {
    expect(refusalOf(['Nothing*', 'None?'])).toMatchObject({
      code: 'COLLECTION_NOT_FOUND',
      message: 'No collection matches "Nothing*", "None?": there is nothing to back up.',
    });
  });

  it('is followed when what was backed up under it has another name now', () => {
    const { manifest } = branchOf({ u1: { name: 'Sales' } });
    expect(select(['Sales'], [], manifest)).toMatchObject({
      uuids: ['u1'],
      warnings: [
        'The collection "Sales" is now named "Orders" in Postman: select it by that name, or by its id.',
      ],
    });
  });

  it.each(['u9', '42-u9', 'Gone', 'Go*'])('is a warning when the backup holds it: %j', (selector) => {
    const { manifest } = branchOf({ u9: { name: 'Gone' } });
    expect(select([selector], [], manifest)).toMatchObject({
      ...{ uuids: [], warnings: [`The collection "${selector}" is not in Postman any more.`] },
    });
  });
});

it('leaves globals and descriptions of a workspace alone that has the name of something excluded', () => {
  const inventory = inventoryOf(
    listingOf([refTo('c', { name: 'Payments' })]),
    listingOf([refTo('g', { kind: 'globals', name: 'Payments' })], { kind: 'globals' }),
    listingOf([refTo('w', { kind: 'workspaces', name: 'Payments' })], { kind: 'workspaces' }),
  );
  const { refs } = selectResources(inventory, { collection: [], exclude: ['Pay*'] }, new Map());
  expect(refs.map(({ kind }) => kind)).toEqual(['globals', 'workspaces']);
});
