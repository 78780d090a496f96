/** A resource as a file: the same content gives the same bytes, and nothing that a restore needs is lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environmentText, ordersCollection, PRODUCTION, productionEnvironment, textOf } from './samples.ts';

/** The same JSON value with the keys of each object in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(shuffled);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, entry]) => [key, shuffled(entry)]));
}

function diffOf(before: string, after: string): string[] {
  const old = new Set(before.split('\n'));
  return after.split('\n').filter((line) => !old.has(line));
}

const plainKey = fc.string({ minLength: 1 }).filter((key) => !['info', 'item', 'error'].includes(key));

describe('a collection as a file', () => {
  it('is the same when it is rendered again', () => {
    const text = textOf(ordersCollection());
    expect(textOf(JSON.parse(text))).toBe(text);
  });

  it('is the same whatever is in it and however often it is rendered', () => {
    fc.assert(
      fc.property(fc.dictionary(plainKey, fc.jsonValue()), fc.array(fc.jsonValue()), (more, item) => {
        const text = textOf({ ...ordersCollection(), ...more, item });
        expect(textOf(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it('does not depend on the order of keys', () => {
    expect(textOf(JSON.parse(JSON.stringify(shuffled(ordersCollection()))))).toBe(textOf(ordersCollection()));
  });

  it('does not depend on the order of events', () => {
    const collection = ordersCollection();
    expect(textOf({ ...collection, event: collection.event.toReversed() })).toBe(textOf(collection));
  });

  it('does not depend on what changes by itself', () => {
    const collection = ordersCollection();
    const touched = { uid: '7-x', owner: '7', lastUpdatedBy: '7', createdAt: 'now', updatedAt: 'now' };
    const text = textOf({
      ...{ ...collection, ...touched, info: { ...collection.info, ...touched } },
      item: collection.item.map((item) => ({
        ...{ ...item, ...touched },
        ...('response' in item ? { response: item.response.map((one) => ({ ...one, ...touched })) } : {}),
      })),
      event: collection.event.map((event) => ({
        ...{ ...event, id: 'other', script: { ...event.script, id: 'other' } },
      })),
    });
    expect(text).toBe(textOf(collection));
  });

  it('keeps none of what changes by itself', () => {
    expect(textOf(ordersCollection())).not.toMatch(/"(uid|owner|createdAt|updatedAt|lastUpdatedBy)"/);
  });

  it('keeps the ids that a restore in place needs', () => {
    const text = textOf(ordersCollection());
    expect(text).toContain('"_postman_id": "aaaaaaaa-0000-4000-8000-000000000001"');
    for (const id of ['request-ping', 'response-pong', 'folder-admin', 'request-list', 'folder-deep']) {
      expect(text).toContain(`"id": "${id}"`);
    }
    expect(text).not.toMatch(/"(event|script)-\d"/);
  });

  it('gets the id that it was asked for by when its body names none', () => {
    const { info, ...rest } = ordersCollection();
    const { _postman_id, ...anonymous } = info;
    expect(textOf({ ...rest, info: anonymous })).toBe(textOf(ordersCollection()));
  });

  it('has the folders of each level first, and else the order that Postman gives', () => {
    const { item } = JSON.parse(textOf(ordersCollection()));
    expect(item.map(({ name }: { name: string }) => name)).toEqual(['Admin', 'Ping']);
    expect(item[0].item.map(({ name }: { name: string }) => name)).toEqual(['Deep', 'List']);
  });

  it('shows a one-word edit as one line', () => {
    const collection = ordersCollection();
    const edited = structuredClone(collection);
    edited.info.description = 'Where orders go.';
    expect(diffOf(textOf(collection), textOf(edited))).toEqual(['    "description": "Where orders go.",']);
  });

  it('keeps fields that nobody knows, at every level', () => {
    const collection = ordersCollection();
    const extra = { protocolProfileBehavior: { strictSSL: false }, '1': 'one', ünknown: [null, -1.5e-7] };
    const text = textOf({
      ...{ ...collection, ...extra, info: { ...collection.info, ...extra } },
      item: collection.item.map((item) => ({ ...item, ...extra })),
    });
    expect(JSON.parse(text)).toMatchObject({ ...extra, info: extra, item: [extra, extra] });
  });

  it('keeps a key that is named __proto__', () => {
    const body = JSON.parse(textOf(ordersCollection()).replace('"item"', '"__proto__": {"x": 1}, "item"'));
    expect(textOf(body)).toContain('"__proto__": {');
    expect(JSON.parse(textOf(body).replaceAll('__proto__', 'kept')).kept).toEqual({ x: 1 });
  });

  it('keeps a collection of schema 1 as it is', () => {
    const body = {
      ...{ id: 'aaaaaaaa-0000-4000-8000-000000000001', name: 'Orders', owner: 42, order: ['r2', 'r1'] },
      requests: [
        { id: 'r1', name: 'A', time: 1, rawModeData: '{}' },
        { id: 'r2', name: 'B' },
      ],
    };
    expect(JSON.parse(textOf(body))).toEqual(body);
  });

  it('keeps the forms of schema 2.0', () => {
    const body = {
      ...ordersCollection(),
      auth: { type: 'basic', basic: { username: 'u', showPassword: false } },
      item: [{ id: 'r', name: 'A', request: 'https://orders.example/{{path}}' }],
    };
    expect(JSON.parse(textOf(body))).toMatchObject({ auth: body.auth, item: body.item });
  });

  it('keeps what is no object where objects are expected', () => {
    const odd = {
      item: [null, 'text', 7, { name: 'A', response: null, event: null }],
      event: null,
      variable: {},
    };
    expect(JSON.parse(textOf({ ...ordersCollection(), ...odd }))).toMatchObject(odd);
  });

  it('is UTF-8 of 2 spaces and \\n with a newline at its end, also for half a surrogate pair', () => {
    const collection = ordersCollection();
    const text = textOf({ ...collection, info: { ...collection.info, name: 'é\ud83d\r\n' } });
    expect(text).toMatch(/^\{\n {2}"info": \{\n {4}"_postman_id"/);
    expect(text).toMatch(/[^\n]\n$/);
    expect(text).not.toContain('\r');
    expect(JSON.parse(text).info.name).toBe('é\ud83d\r\n');
  });
});

describe('an environment as a file', () => {
  it('has the id and the scope by which Postman imports it, and not what changes by itself', () => {
    expect(JSON.parse(environmentText(productionEnvironment()))).toEqual({
      id: PRODUCTION,
      name: 'Production',
      _postman_variable_scope: 'environment',
      values: productionEnvironment().values,
    });
  });

  it('is the same when it is rendered again', () => {
    const text = environmentText(productionEnvironment());
    expect(environmentText(JSON.parse(text))).toBe(text);
  });

  it('keeps the order of its variables, equal and disabled ones too, and fields that nobody knows', () => {
    const values = [
      { key: 'b', value: '1', enabled: false, description: 'why' },
      { key: 'a', value: '2' },
      { key: 'b', value: '3' },
    ];
    const text = environmentText({ ...productionEnvironment(), values, color: 'red' });
    expect(JSON.parse(text)).toMatchObject({ values, color: 'red' });
  });
});
