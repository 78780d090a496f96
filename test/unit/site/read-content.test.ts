/** What pages know of a resource: all that people look for, no value of a variable, and no failure. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pagePath } from '../../../src/site/links.ts';
import type { Read } from '../../../src/site/model.ts';
import { readContent } from '../../../src/site/read-content.ts';
import { renderResource } from '../../../src/site/render-resource.ts';
import { shownAge } from '../../../src/site/text.ts';
import { webAddress } from '../../../src/web-address.ts';

const request = {
  method: 'POST',
  url: {
    raw: 'https://a.example/:id?x=1',
    query: [{ key: 'x', value: '1' }],
    variable: [{ key: 'id', value: '7' }],
  },
  header: [{ key: 'Accept', value: 'text/plain', disabled: true }],
  body: { mode: 'graphql', graphql: { query: '{ a }', variables: '{}' } },
  auth: { type: 'bearer', bearer: [{ key: 'token', value: 'canary-token' }] },
  description: { content: 'Does **it**.', type: 'text/markdown' },
};
const collection = {
  info: { name: 'C', description: 'About' },
  variable: [
    { key: 'host', value: 'canary-host' },
    { key: 'key', value: 'canary', type: 'secret' },
  ],
  item: [
    {
      name: 'F',
      item: [
        {
          id: 'r1',
          name: 'R',
          request,
          response: [{ name: 'ok', code: 201, status: 'Created', body: '{}' }],
        },
      ],
    },
    { id: 'r1', name: 'Same id', request: 'https://b.example' },
    null,
  ],
};

const read = (value: unknown): Read => ({ state: 'read', value });

describe('a collection', () => {
  const content = readContent('collections', read(collection), ['']);

  it('is read with folders, requests and their parts', () => {
    expect(content).toMatchObject({
      ...{ type: 'collection', description: 'About' },
      variables: [
        { name: 'host', sort: 'default' },
        { name: 'key', sort: 'secret' },
      ],
      items: [
        {
          ...{ type: 'folder', name: 'F' },
          items: [
            {
              ...{ type: 'request', method: 'POST', url: 'https://a.example/:id?x=1', auth: 'bearer' },
              parameters: [
                { key: 'id', sort: 'path' },
                { key: 'x', sort: 'query' },
              ],
              headers: [{ key: 'Accept', disabled: true }],
              body: {
                mode: 'graphql',
                texts: [{ title: 'GraphQL', text: '{ a }' }, { title: 'GraphQL variables' }],
              },
              ...{
                description: 'Does **it**.',
                examples: [{ name: 'ok', status: '201 Created', body: '{}' }],
              },
            },
          ],
        },
        { type: 'request', name: 'Same id', method: 'GET', url: 'https://b.example' },
      ],
    });
  });

  it('has no value of a variable and none of an authorization in it', () => {
    expect(JSON.stringify(content)).not.toContain('canary');
  });

  it('gives each item an anchor of its own, also where two have one id', () => {
    const anchors = [...JSON.stringify(content).matchAll(/"anchor":"([^"]*)"/g)].map(([, anchor]) => anchor);
    expect(anchors).toEqual(['item-1', 'id-r1', 'item-2']);
  });

  it.each([undefined, null, 'x', [], {}, { info: {} }, { requests: [] }])(
    '%j is no reason to fail',
    (body) => {
      expect(['none', 'collection']).toContain(readContent('collections', read(body), []).type);
    },
  );
});

describe('what is less than a collection', () => {
  const request = (url: unknown) => read({ info: {}, item: [{ name: 'R', request: { url } }] });

  it.each([
    [
      { protocol: 'https', host: ['api', 'example'], port: '8443', path: ['v1', 'pay'] },
      'https://api.example:8443/v1/pay',
    ],
    [{ host: ['{{base}}'], path: ['v1'] }, '{{base}}/v1'],
    [{ host: 'api.example', path: '/v1' }, 'api.example/v1'],
    [{ host: ['api.example'] }, 'api.example'],
  ])('has the address of %j, which has no text of it', (url, address) => {
    expect(readContent('collections', request(url), [''])).toMatchObject({ items: [{ url: address }] });
  });

  it('is not shown as an empty one when it is of the first format', () => {
    expect(readContent('collections', read({ id: 'x', name: 'Old', requests: [] }), [''])).toMatchObject({
      type: 'none',
    });
  });

  it('says whether its file is gone or spoilt, and what is wrong with it', () => {
    expect(readContent('collections', { state: 'absent' }, [])).toMatchObject({
      reason: expect.stringContaining('is not there'),
    });
    expect(
      readContent('collections', { state: 'unreadable', reason: 'folder.yaml: no list' }, []),
    ).toMatchObject({ reason: expect.stringContaining('folder.yaml: no list') });
  });
});

describe('a page', () => {
  it('is made of anything, and what it is made of stays a text', () => {
    const place = {
      branch: 'main',
      directory: 'p',
      workspace: 'W',
      path: 'p/x.json',
      isArchived: false,
      commits: [],
    };
    const mark = '<i>';
    const hostile = fc.constantFrom(mark, `"${mark}`, `\u202e${mark}`);
    const values = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 5 }, hostile, fc.integer(), tie('list'), tie('item')),
      list: fc.array(tie('value'), { maxLength: 3 }),
      item: fc.dictionary(
        fc.constantFrom(
          'name',
          'item',
          'request',
          'response',
          'url',
          'header',
          'body',
          'key',
          'raw',
          'description',
        ),
        tie('value'),
      ),
    }));
    fc.assert(
      fc.property(hostile, fc.array(values.item), (name, item) => {
        const holding = { ...place, kind: 'collections' as const, uuid: name, name };
        const content = readContent('collections', read({ info: { name, description: name }, item }), ['']);
        const site = { label: name, now: new Date(0) };
        const page = renderResource(
          { holdings: [holding], backups: [], changes: [], olderChanges: 0, content },
          site,
        );

        expect(page).not.toContain(mark);
      }),
      { numRuns: 200 },
    );
  });
});

describe('links', () => {
  it.each(['../../etc/passwd', '', 'x'.repeat(500), '..', 'CON'])(
    'lead to a file of the site, whatever the id: %j',
    (uuid) => {
      expect(pagePath({ kind: 'mocks', uuid })).toMatch(/^mocks\/[0-9a-f]{32}\.html$/);
    },
  );

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///x', '//x', undefined])(
    'do not leave the web: %j',
    (url) => {
      expect(webAddress(url)).toBeUndefined();
    },
  );
});

describe('words', () => {
  const now = new Date('2026-03-10T12:00:00Z');

  it.each([
    ['2026-03-10T11:59:30Z', '0 minutes'],
    ['2026-03-10T11:59:00Z', '1 minute'],
    ['2026-03-10T09:00:00Z', '3 hours'],
    ['2026-03-07T12:00:00Z', '3 days'],
    ['2026-03-11T12:00:00Z', '0 minutes'],
  ])('tell how long before it was: %s', (date, age) => {
    expect(shownAge(new Date(date), now)).toBe(age);
  });
});
