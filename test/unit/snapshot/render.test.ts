/** What is no resource, or another one, never becomes a file; and a file tells which resource it holds. */
import { describe, expect, it } from 'vitest';
import { KnownError } from '../../../src/errors.ts';
import type { Kind } from '../../../src/model.ts';
import { identifyFile, type RenderRules, renderResource } from '../../../src/snapshot/render.ts';
import {
  environmentText,
  ORDERS,
  ordersCollection,
  PRODUCTION,
  productionEnvironment,
  textOf,
} from './samples.ts';

const collection = { kind: 'collections', uuid: ORDERS, name: 'Orders' } as const;
const environment = { kind: 'environments', uuid: PRODUCTION, name: 'Production' } as const;
const REDACT: RenderRules = { layout: 'json', mode: 'redact', isAllowed: () => false };

async function refusalOf(
  resource: { kind: Kind; uuid: string; name: string },
  body: unknown,
): Promise<KnownError> {
  try {
    await renderResource(resource, body, REDACT);
  } catch (error) {
    if (error instanceof KnownError) {
      return error;
    }
    throw error;
  }
  throw new Error('It was rendered.');
}

async function fileOf(resource: typeof collection | typeof environment, body: unknown): Promise<string> {
  const { resource: rendered } = await renderResource(resource, body, REDACT);
  expect(rendered.files).toHaveLength(1);
  return rendered.files[0]?.content.toString() ?? '';
}

describe('an answer that is no collection', () => {
  const { item, ...withoutItems } = ordersCollection();
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty object', {}],
    ['a list', [ordersCollection()]],
    ['a text', 'collection'],
    ['an error', { error: { name: 'serverError', message: 'Something went wrong' } }],
    ['several errors', { errors: [{ message: 'Something went wrong' }] }],
    ['an error of a gateway', { message: 'Service Unavailable', status: 503 }],
    ['half of one, without its items', withoutItems],
    ['one whose items are no list', { ...ordersCollection(), item: null }],
  ])('is refused: %s', async (_, body) => {
    expect((await refusalOf(collection, body)).code).toBe('RESOURCE_INVALID');
  });

  it("is refused: another one's body, with an id that is cut short", async () => {
    const other = ordersCollection();
    other.info._postman_id = `${'b'.repeat(40)}`;
    const { code, message } = await refusalOf(collection, other);
    expect(code).toBe('RESOURCE_INVALID');
    expect(message).toContain('b'.repeat(36));
    expect(message).not.toContain('b'.repeat(37));
  });

  it('is not one whose id is written in capitals', async () => {
    const shouting = ordersCollection();
    shouting.info._postman_id = ORDERS.toUpperCase();
    expect(await fileOf(collection, shouting)).toBe(textOf(ordersCollection()));
  });

  it('is not an empty one', async () => {
    expect(JSON.parse(await fileOf(collection, { ...ordersCollection(), item: [] })).item).toEqual([]);
  });
});

describe('an answer that is no environment', () => {
  it.each([
    ['nothing', undefined],
    ['an empty object', {}],
    ['an error', { error: { name: 'notFound' } }],
    ['one without values', { id: PRODUCTION, name: 'Production' }],
    ['another one', { ...productionEnvironment(), id: ORDERS }],
  ])('is refused: %s', async (_, body) => {
    expect((await refusalOf(environment, body)).code).toBe('RESOURCE_INVALID');
  });

  it('is not one that names itself by its uid', async () => {
    const body = productionEnvironment();
    expect(await fileOf(environment, { ...body, id: body.uid })).toBe(await fileOf(environment, body));
  });
});

const FILE = { kind: 'collections', path: 'Orders.json' } as const;

describe('a file', () => {
  it('tells which collection it holds', () => {
    const content = Buffer.from(textOf(ordersCollection()));
    expect(identifyFile(FILE, content)).toEqual({ uuid: ORDERS, name: 'Orders' });
  });

  it('tells which environment it holds', () => {
    const content = Buffer.from(environmentText(productionEnvironment()));
    expect(identifyFile({ kind: 'environments', path: 'Production.json' }, content)).toEqual({
      uuid: PRODUCTION,
      name: 'Production',
    });
  });

  it.each([
    ['no JSON', '<<<<<<< HEAD'],
    ['an empty file', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['without an id', '{"info": {"name": "Orders"}, "item": []}'],
    ['an id and nothing else', `{"id": "${ORDERS}"}`],
    ['an environment', environmentText({ ...productionEnvironment(), error: {} })],
  ])('tells nothing when it is no collection: %s', (_, text) => {
    expect(identifyFile(FILE, Buffer.from(text))).toBeUndefined();
  });
});
