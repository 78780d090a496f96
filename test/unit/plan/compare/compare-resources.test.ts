/** What is said of two versions of a resource, piece by piece. */
import { describe, expect, it } from 'vitest';
import { compareResources } from '../../../../src/plan/compare/compare-resources.ts';
import { orders, request } from './samples.ts';

type Orders = ReturnType<typeof orders>;

function edit(change: (collection: Orders) => void) {
  const after = orders();
  change(after);
  return compareResources('collections', orders(), after);
}

/** The requests of the first folder. */
function folderIn([first]: Orders['item']) {
  return first !== undefined && 'item' in first ? first.item : [];
}

const top = { within: [] };
const aRequest = { piece: 'request', name: 'Ping', ...top } as const;

describe('a collection', () => {
  it('that was renamed and described anew says so', () => {
    const differences = edit(({ info }) => Object.assign(info, { name: 'Sales', description: 'New.' }));
    const about = { piece: 'resource', name: 'Sales', ...top };
    expect(differences).toEqual([
      { ...about, change: 'renamed', previous: 'Orders' },
      { ...about, change: 'edited', fields: ['description'] },
    ]);
  });

  it('that is new, or gone, is told by its counts', () => {
    const whole = { piece: 'resource', name: 'Orders', ...top };
    const holds = { folder: 2, request: 4, example: 8, variable: 3 };
    expect(compareResources('collections', undefined, orders())).toEqual([
      { ...whole, change: 'added', holds },
    ]);
    expect(compareResources('collections', orders(), undefined)).toEqual([
      { ...whole, change: 'removed', holds },
    ]);
  });

  it('tells its own auth, scripts and variables', () => {
    const differences = edit((collection) => {
      collection.auth.type = 'basic';
      collection.event = [];
      collection.variable = [
        { key: 'version', value: 'v2' },
        { key: 'region', value: 'eu' },
      ];
    });
    expect(differences).toEqual([
      { piece: 'variable', name: 'region', ...top, change: 'added', holds: {} },
      { piece: 'variable', name: 'base_url', ...top, change: 'removed', holds: {} },
      { piece: 'resource', name: 'Orders', ...top, change: 'edited', fields: ['auth', 'pre-request script'] },
      { piece: 'variable', name: 'version', ...top, change: 'edited', fields: ['value'] },
    ]);
  });
});

describe('a request', () => {
  type Request = ReturnType<typeof request>;
  const CHANGES: readonly (readonly [string, (one: Request) => void])[] = [
    ['method', (one) => Object.assign(one.request, { method: 'PUT' })],
    [
      'URL',
      (one) =>
        Object.assign(one.request.url, {
          path: ['sales'],
          raw: one.request.url.raw.replace('orders', 'sales'),
        }),
    ],
    ['parameters', (one) => Object.assign(one.request.url, { query: [], raw: '{{base_url}}/orders' })],
    ['headers', (one) => one.request.header.pop()],
    ['body', (one) => Object.assign(one.request.body, { raw: '{}' })],
    ['auth', (one) => Object.assign(one.request.auth, { type: 'basic' })],
    ['pre-request script', (one) => one.event.shift()],
    ['tests', (one) => one.event.pop()],
    ['description', (one) => Object.assign(one.request, { description: '' })],
    ['settings', (one) => Object.assign(one.protocolProfileBehavior, { disableCookies: true })],
    ['other fields', (one) => Object.assign(one.request, { certificate: {} })],
  ];

  it.each(CHANGES)('tells a change of its %s', (field, change) => {
    const ping = request('r-ping', 'Ping');
    change(ping);
    const differences = edit(({ item }) => item.splice(2, 1, ping));
    expect(differences).toEqual([{ ...aRequest, change: 'edited', fields: [field] }]);
  });

  it('that was renamed and moved is no other one', () => {
    const differences = edit(({ item }) => {
      item.splice(2, 1);
      folderIn(item).push(request('r-ping', 'Pong'));
    });
    const about = { piece: 'request', name: 'Pong', within: ['Refunds'] };
    expect(differences).toEqual([
      { ...about, change: 'renamed', previous: 'Ping' },
      { ...about, change: 'moved', from: [] },
    ]);
  });

  it('that has another id now is still the one of its name', () => {
    expect(edit(({ item }) => item.splice(2, 1, request('r-new', 'Ping')))).toMatchObject([
      { ...aRequest, change: 'edited', fields: ['id'] },
      ...['All is well', 'Gone'].map((name) => ({
        piece: 'example',
        name,
        within: ['Ping'],
        fields: ['id'],
      })),
    ]);
  });

  it('that changed its place among others makes their order another one', () => {
    expect(edit(({ item }) => item.push(...item.splice(2, 1)))).toEqual([
      { piece: 'resource', name: 'Orders', ...top, change: 'reordered', order: 'items' },
    ]);
  });

  it('that comes between others reorders nothing', () => {
    expect(edit(({ item }) => item.splice(2, 0, request('r-new', 'New')))).toEqual([
      { piece: 'request', name: 'New', ...top, change: 'added', holds: { example: 2 } },
    ]);
  });

  it('tells its saved examples', () => {
    const differences = edit(({ item }) => {
      const ping = request('r-ping', 'Ping');
      const [well, gone] = ping.response;
      ping.response = [
        { ...gone, name: 'Not there' },
        { ...well, code: 201, body: '{}' },
      ];
      item.splice(2, 1, ping);
    });
    expect(differences).toEqual([
      { ...aRequest, change: 'reordered', order: 'examples' },
      { piece: 'example', name: 'Not there', within: ['Ping'], change: 'renamed', previous: 'Gone' },
      {
        piece: 'example',
        name: 'All is well',
        within: ['Ping'],
        change: 'edited',
        fields: ['status', 'body'],
      },
    ]);
  });
});

describe('a change that has no name of its own', () => {
  const both = (before: object, after: object) => {
    const other = (method: string) => ({ ...{ id: 'b', name: 'b' }, request: { method } });
    const whole = (item: object, method: string) => ({
      info: { name: 'C' },
      item: [{ ...{ id: 'a', name: 'a' }, ...item }, other(method)],
    });
    return compareResources('collections', whole(before, 'GET'), whole(after, 'PUT'));
  };

  it.each([
    [
      'an address becomes an object',
      { request: { url: 'https://x.example' } },
      { request: { url: { raw: 'https://x.example' } } },
    ],
    ['an empty list goes', { request: {}, response: [] }, { request: {} }],
    ['an empty list comes', { item: [{ name: 'in' }] }, { item: [{ name: 'in' }], variable: [] }],
  ])('is told beside that of another request: %s', (_, before, after) => {
    expect(both(before, after)).toMatchObject([
      { name: 'a', change: 'edited', fields: ['other fields'] },
      { name: 'b', change: 'edited', fields: ['method'] },
    ]);
  });
});

describe('a variable without an id', () => {
  it('was renamed, also where something was put before it', () => {
    const environment = (...keys: readonly string[]) => ({
      name: 'E',
      values: keys.map((key) => ({ key, value: key === 'first' ? '1' : 'same' })),
    });
    const collection = (item: object[], key: string) => ({
      ...{ info: { name: 'C' }, item },
      variable: [{ key, value: 'v' }],
    });

    expect(
      compareResources('collections', collection([], 'a'), collection([{ id: 'n', name: 'New' }], 'b')),
    ).toMatchObject([
      { piece: 'request', change: 'added' },
      { piece: 'variable', name: 'b', change: 'renamed', previous: 'a' },
    ]);
    expect(
      compareResources('environments', environment('first', 'a'), environment('b', 'first')),
    ).toMatchObject([
      { piece: 'resource', change: 'reordered' },
      { piece: 'variable', name: 'b', change: 'renamed', previous: 'a' },
    ]);
  });
});

describe('a folder', () => {
  it('that came or went counts what came or went with it', () => {
    const differences = edit(({ item }) => {
      const moved = folderIn(item);
      item.shift();
      item.unshift({ id: 'f-new', name: 'Payouts', item: [...moved, request('r-new', 'New')] });
    });
    expect(differences).toMatchObject([
      { piece: 'folder', name: 'Payouts', change: 'added', holds: { request: 1, example: 2 } },
      { piece: 'folder', name: 'Refunds', change: 'removed', holds: { variable: 1 } },
      { piece: 'request', name: 'Create refund', within: ['Payouts'], change: 'moved', from: ['Refunds'] },
      { piece: 'request', name: 'List refunds', within: ['Payouts'], change: 'moved', from: ['Refunds'] },
    ]);
  });

  it('that was renamed moves nothing in it', () => {
    expect(edit(({ item }) => Object.assign(item[0] ?? {}, { name: 'Payouts' }))).toEqual([
      { piece: 'folder', name: 'Payouts', ...top, change: 'renamed', previous: 'Refunds' },
    ]);
  });
});

describe('an environment', () => {
  const staging = {
    ...{ id: 'e-1', name: 'Staging', _postman_variable_scope: 'environment' },
    values: [
      { key: 'host', value: 'a.example', enabled: true, type: 'default' },
      { key: 'user', value: 'ann', enabled: true, type: 'default' },
      { key: 'token', value: 'secret', enabled: true, type: 'secret' },
    ],
  };
  const [host, user, token] = staging.values;

  it('tells which variables came, went, changed and got another name', () => {
    const values = [
      { ...host, value: 'b.example' },
      { ...user, key: 'login' },
      { ...token, enabled: false, type: 'default' },
      { key: 'port', value: '1', enabled: true, type: 'default' },
    ];
    const differences = compareResources('environments', staging, { ...staging, values });
    expect(differences).toMatchObject([
      { piece: 'variable', name: 'port', change: 'added' },
      { piece: 'variable', name: 'host', change: 'edited', fields: ['value'] },
      { piece: 'variable', name: 'login', change: 'renamed', previous: 'user' },
      { piece: 'variable', name: 'token', change: 'edited', fields: ['enabled', 'type'] },
    ]);
  });
});

describe('folders of files', () => {
  it('of a spec are told file by file', () => {
    const before = {
      id: 's',
      name: 'Payments',
      type: 'OPENAPI:3.0',
      files: { 'a.yaml': { content: 'a' }, 'b.yaml': { content: 'b' } },
    };
    const after = {
      ...before,
      type: 'OPENAPI:3.1',
      files: { 'a.yaml': { content: 'b' }, 'c.yaml': { content: 'c' } },
    };
    expect(compareResources('specs', before, after)).toMatchObject([
      { piece: 'file', name: 'c.yaml', change: 'added' },
      { piece: 'file', name: 'b.yaml', change: 'removed' },
      { piece: 'resource', name: 'Payments', change: 'edited', fields: ['type'] },
      { piece: 'file', name: 'a.yaml', change: 'edited', fields: ['content'] },
    ]);
  });

  it('of an API are told schema by schema, and its collections request by request', () => {
    const api = (content: string, pings: string) => ({
      ...{ id: 'a', name: 'Payments' },
      schemas: [{ id: 's-1', type: 'openapi:3', files: { 'index.yaml': { content } } }],
      collections: [{ id: 'c-1', collection: { ...orders(), item: [request('r-ping', pings)] } }],
    });
    expect(compareResources('apis', api('a', 'Ping'), api('b', 'Pong'))).toMatchObject([
      { piece: 'file', name: 'index.yaml', within: ['s-1'], change: 'edited', fields: ['content'] },
      { piece: 'request', name: 'Pong', within: ['Orders'], change: 'renamed', previous: 'Ping' },
    ]);
  });
});

it('mocks, monitors and workspaces name the fields that changed', () => {
  const before = { id: 'm', name: 'Nightly', schedule: { cron: '0 1 * * *' }, retries: 1 };
  const after = { id: 'm', name: 'Daily', schedule: { cron: '0 2 * * *' }, notifications: [] };
  for (const kind of ['mocks', 'monitors', 'workspaces'] as const) {
    expect(compareResources(kind, before, after)).toMatchObject([
      { piece: 'resource', name: 'Daily', change: 'renamed', previous: 'Nightly' },
      { piece: 'resource', change: 'edited', fields: ['schedule', 'retries', 'notifications'] },
    ]);
  }
});
