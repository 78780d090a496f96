/** The newer kinds that are one file each: what is kept, what is left out, and that a new owner changes nothing. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/json.ts';
import { globals } from '../../../../src/snapshot/kinds/globals.ts';
import type { KindFormat } from '../../../../src/snapshot/kinds/kind-format.ts';
import { mocks } from '../../../../src/snapshot/kinds/mocks.ts';
import { monitors } from '../../../../src/snapshot/kinds/monitors.ts';
import { kindFormats } from '../../../../src/snapshot/kinds/registry.ts';
import { workspaces } from '../../../../src/snapshot/kinds/workspaces.ts';
import { ID, mock, mockFile, monitor, monitorFile, normalized } from './samples.ts';

const values = [
  { key: 'host', value: 'https://api.example', type: 'default', enabled: true, description: 'Where.' },
  { key: 'host', value: '', type: 'secret', enabled: false },
];

const workspace = {
  ...{ id: ID, name: 'Payments', type: 'team', visibility: 'team', description: 'All that pays.', about: '' },
  ...{ createdBy: '42', updatedBy: '43', createdAt: 'then', updatedAt: 'now', team: '7', scim: {} },
  ...{
    collections: [{ id: 'x' }],
    environments: [],
    mocks: [],
    monitors: [],
    specs: [],
    apis: [],
    flows: [],
  },
};

describe('globals', () => {
  it('are a file that Postman imports as globals', () => {
    expect(normalized(globals, { values, added: 1 })).toEqual({
      ...{ id: ID, name: 'Payments', _postman_variable_scope: 'globals' },
      ...{ values, added: 1 },
    });
  });

  it('are what was there also when there is nothing', () => {
    expect(normalized(globals, { values: [] })).toMatchObject({ values: [] });
  });

  it.each([
    ['an environment', { values, _postman_variable_scope: 'environment' }],
    ['an error', { type: 'servererror', title: 'Internal server error' }],
    ['values that are no list', { values: {} }],
  ])('are not %s', (_, body) => {
    expect(globals.isBody(body)).toBe(false);
  });
});

describe("a workspace's description", () => {
  it('is what people wrote about it, without what is in it, who touched it and when', () => {
    expect(normalized(workspaces, workspace)).toEqual({
      ...{
        id: ID,
        name: 'Payments',
        type: 'team',
        visibility: 'team',
        description: 'All that pays.',
        about: '',
      },
    });
  });

  it('has no field that its workspace does not have', () => {
    const { description, about, ...short } = workspace;
    expect(Object.keys(normalized(workspaces, short))).toEqual(['id', 'name', 'type', 'visibility']);
  });

  it('lies in a file of one name', () => {
    expect([workspaces.stem, workspaces.suffix]).toEqual(['workspace', '.json']);
  });

  it('is not some other file of that name', () => {
    expect(workspaces.isBody({ version: 2, projects: {} })).toBe(false);
    expect(workspaces.isBody({ id: ID, name: 'Payments' })).toBe(false);
  });
});

describe('a mock server', () => {
  it('is its configuration', () => {
    expect(normalized(mocks, mock())).toEqual(mockFile());
  });

  it('says that it is deactivated, and not that it is active', () => {
    expect(normalized(mocks, { ...mock(), deactivated: true })).toEqual({ ...mockFile(), deactivated: true });
    expect(normalized(mocks, { ...mock(), deactivated: false })).toEqual(mockFile());
  });

  it.each([
    ['an error', { error: { name: 'serverError' } }],
    ['an id and nothing else', { id: ID }],
  ])('is not %s', (_, body) => {
    expect(mocks.isBody(body)).toBe(false);
  });
});

describe('a monitor', () => {
  it('is what it does, and not what became of it', () => {
    expect(normalized(monitors, monitor())).toEqual(monitorFile());
  });

  it('is the same after each of its runs', () => {
    expect(normalized(monitors, monitor(42, 2))).toEqual(normalized(monitors, monitor(42, 1)));
  });

  it.each([
    ['an error', { error: { name: 'serverError' } }],
    ['an id and nothing else', { id: ID }],
  ])('is not %s', (_, body) => {
    expect(monitors.isBody(body)).toBe(false);
  });
});

const samples: readonly (readonly [string, KindFormat, (owner: number) => JsonObject])[] = [
  ['globals', globals, (owner) => ({ values, owner, uid: `${owner}-x` })],
  ['workspaces', workspaces, (owner) => ({ ...workspace, createdBy: owner })],
  ['mocks', mocks, (owner) => mock(String(owner))],
  ['monitors', monitors, (owner) => monitor(owner)],
];

describe.each(samples)('the file of %s', (_, format, body) => {
  it('is the same with another owner', () => {
    expect(normalized(format, body(77))).toEqual(normalized(format, body(42)));
  });

  it('is the same when it is made of itself, and tells whose it is', () => {
    const file = normalized(format, body(42));
    expect(normalized(format, file)).toEqual(file);
    expect([format.uuidOf(file), format.nameOf(file)]).toEqual([ID, file['name']]);
  });
});

it.each([mocks, monitors])('a body that is named by its uid is no other one', (format) => {
  expect(format.uuidOf({ id: `42-${ID}` })).toBe(ID);
});

it('no suffix hides another one: the plain one of workspaces comes last', () => {
  const suffixes = Object.values(kindFormats).map(({ suffix }) => suffix);
  const firstFor = (name: string) => suffixes.find((suffix) => name.endsWith(suffix));
  expect(suffixes.map((suffix) => firstFor(`Orders${suffix}`))).toEqual(suffixes);
});
