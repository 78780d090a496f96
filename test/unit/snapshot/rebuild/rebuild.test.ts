/** What a restore gives to Postman: no id in a copy, all ids in place, and never a placeholder. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/json.ts';
import { collections } from '../../../../src/snapshot/kinds/collections.ts';
import { environments } from '../../../../src/snapshot/kinds/environments.ts';
import { mocks } from '../../../../src/snapshot/kinds/mocks.ts';
import { monitors } from '../../../../src/snapshot/kinds/monitors.ts';
import { specs } from '../../../../src/snapshot/kinds/specs.ts';
import { rebuildCopy, rebuildInPlace } from '../../../../src/snapshot/rebuild.ts';
import { ID, mock, monitor, spec } from '../kinds/samples.ts';
import { ORDERS, ordersCollection, PRODUCTION, productionEnvironment } from '../samples.ts';
import { PRIVATE_KEY_LINES, redactedValue } from '../secrets/redacting.ts';

const orders = collections.normalize(ordersCollection(), { uuid: ORDERS, name: 'Orders' });
const production = environments.normalize(productionEnvironment(), { uuid: PRODUCTION, name: 'Production' });
const TOKEN = 'Tok3n-of-sample-a1B2c3D4';

/** A collection of one request with an example. */
function withRequest(request: JsonObject, more: JsonObject = {}): JsonObject {
  const item = [{ id: 'request-pay', name: 'Pay', request, ...more }];
  return { info: { _postman_id: ORDERS, name: 'Orders' }, item };
}

async function copied(resource: JsonObject) {
  return rebuildCopy('collections', await redactedValue(resource), {});
}

async function inPlace(resource: JsonObject, current: JsonObject) {
  return rebuildInPlace('collections', await redactedValue(resource), current);
}

describe('a copy', () => {
  it('of a collection has its content and no id', () => {
    const { body, toFillIn } = rebuildCopy('collections', orders, { name: 'Orders (restored)' });
    expect(JSON.stringify(body)).not.toMatch(/"(?:id|uid|_postman_id)":/);
    expect(body).toMatchObject({
      info: { name: 'Orders (restored)', description: 'Where orders come from.' },
      item: [{ name: 'Admin' }, { name: 'Ping', response: [{ name: 'Pong', body: '{"pong":true}' }] }],
    });
    expect(toFillIn).toEqual([]);
  });

  it('keeps what people named `id`', () => {
    const url = { raw: '{{host}}/:order', variable: [{ id: 'order', value: '7' }] };
    const auth = { type: 'oauth2', oauth2: [{ key: 'params', value: [{ id: 'theirs' }] }] };
    const { body } = rebuildCopy('collections', withRequest({ url, auth }), {});
    expect(body).toMatchObject({
      item: [{ request: { auth, url: { variable: [{ key: 'order', value: '7' }] } } }],
    });
  });

  it('of an environment has an empty variable of type secret, and says so', async () => {
    expect(rebuildCopy('environments', await redactedValue(production), {})).toEqual({
      body: {
        name: 'Production',
        values: [
          { key: 'host', value: 'https://orders.example', type: 'default', enabled: true },
          { key: 'token', value: '', type: 'secret', enabled: true },
        ],
      },
      toFillIn: ['variable token'],
    });
  });

  it('names each place that is empty now so that a person finds it', async () => {
    const request = {
      auth: { type: 'bearer', bearer: [{ key: 'token', value: TOKEN, type: 'string' }] },
      header: [{ key: 'Authorization', value: `Bearer ${TOKEN}` }],
      url: {
        raw: `https://h.example/?access_token=${TOKEN}`,
        query: [{ key: 'access_token', value: TOKEN }],
      },
      body: { mode: 'raw', raw: `{"token":"${TOKEN}"}` },
    };
    const response = [{ id: 'r1', name: 'Paid', header: [{ key: 'Set-Cookie', value: `sid=${TOKEN}` }] }];
    const event = [{ listen: 'test', script: { exec: ['start();', `send('${TOKEN}');`] } }];
    const { body, toFillIn } = await copied(withRequest(request, { response, event }));
    expect(JSON.stringify(body)).not.toMatch(/redacted|a1B2c3D4/);
    expect(body).toMatchObject({
      item: [
        {
          request: {
            auth: { type: 'bearer', bearer: [{ key: 'token', value: '', type: 'string' }] },
            header: [{ key: 'Authorization', value: 'Bearer ' }],
            url: { raw: 'https://h.example/?access_token=' },
            body: { raw: '{"token":""}' },
          },
          event: [{ script: { exec: ['start();', "send('');"] } }],
        },
      ],
    });
    expect(toFillIn).toEqual([
      'Pay: auth bearer token',
      'Pay: header Authorization',
      'Pay: url raw',
      'Pay: url query access_token',
      'Pay: body raw',
      'Pay / Paid: header Set-Cookie',
      'Pay: event test exec',
    ]);
  });

  it('keeps what people wrote that only reads like a placeholder', () => {
    const request = { url: '{{host}}/orders', description: 'The names are redacted-by-hand here.' };
    expect(rebuildCopy('collections', withRequest(request), {}).body).toMatchObject({ item: [{ request }] });
  });

  it('of a mock or a monitor refers to the new collection and environment', () => {
    const newIds = new Map([
      [ORDERS, `7-${ID}`],
      [PRODUCTION, '7-env'],
    ]);
    const ref = { uuid: ID, name: 'x' };
    const links = { collection: `7-${ID}`, environment: '7-env' };
    expect(rebuildCopy('mocks', mocks.normalize(mock(), ref), { newIds }).body).toEqual({
      ...{ name: 'Payments mock', private: true, ...links },
    });
    const { body } = rebuildCopy('monitors', monitors.normalize(monitor(), ref), { newIds });
    expect(body).toMatchObject({
      ...links,
      schedule: { cron: '0 * * * *' },
      name: 'Every hour',
      active: false,
    });
    expect(body).not.toHaveProperty('collectionUid');
  });

  it('of a spec lists its files', () => {
    const files = [{ path: 'openapi.yaml', type: 'ROOT', content: 'openapi: 3.0.0\n' }];
    const normalized = specs.normalize(spec(files), { uuid: ID, name: 'Payments' });
    const { body } = rebuildCopy('specs', normalized, {});
    expect(body).toMatchObject({ name: 'Payments', type: 'OPENAPI:3.0', files });
    expect(body).not.toHaveProperty('id');
  });
});

describe('in place', () => {
  it('a collection keeps all its ids, and loses the nulls that Postman refuses', () => {
    const response = [{ id: 'r1', name: 'Paid', header: null, responseTime: null, body: null }];
    const resource = withRequest({ description: null, url: null }, { response });
    expect(rebuildInPlace('collections', resource, undefined).body).toEqual(
      withRequest({ url: null }, { response: [{ id: 'r1', name: 'Paid', body: null }] }),
    );
    expect(rebuildInPlace('collections', orders, orders).body).toEqual(orders);
  });

  it('the value of a variable stays as it is now, of whatever type', () => {
    const values = [{ key: 'a', type: 'secret', value: '[redacted: secret variable]' }];
    const current = {
      values: [
        { key: 'b', value: 'x' },
        { key: 'a', value: ['new', 7] },
      ],
    };
    const { body, toFillIn } = rebuildInPlace('environments', { values }, current);
    expect(body).toEqual({ values: [{ key: 'a', type: 'secret', value: ['new', 7] }] });
    expect(toFillIn).toEqual([]);
  });

  it('each of two variables of one name keeps its own value', () => {
    const twice = (one: string, other: string) => ({
      values: [
        { key: 'a', type: 'secret', value: one },
        { key: 'a', type: 'secret', value: other },
      ],
    });
    const redacted = '[redacted: secret variable]';
    const { body } = rebuildInPlace('environments', twice(redacted, redacted), twice('s1', 's2'));
    expect(body).toEqual(twice('s1', 's2'));
  });

  it('when one of two headers of one name is gone, the other keeps its own value, or is named', async () => {
    const off = { key: 'Authorization', value: `Bearer old-${TOKEN}`, disabled: true };
    const live = { key: 'Authorization', value: `Bearer ${TOKEN}` };
    const now = withRequest({ method: 'GET', header: [off, live] });

    const kept = await inPlace(withRequest({ method: 'GET', header: [live] }), now);
    const unclear = await inPlace(
      withRequest({ method: 'GET', header: [{ ...live, description: 'x' }] }),
      now,
    );

    expect(kept.body).toEqual(withRequest({ method: 'GET', header: [live] }));
    expect(unclear.toFillIn).toHaveLength(1);
    expect(JSON.stringify(unclear.body)).not.toContain(TOKEN);
  });

  it('a request that lies in another folder now keeps its credential', async () => {
    const request = { header: [{ key: 'X-Api-Key', value: TOKEN }] };
    const { item, info } = withRequest(request);
    const current = { info, item: [{ id: 'folder', name: 'New', item }] };
    expect(await inPlace(withRequest(request), current)).toEqual({
      body: withRequest(request),
      toFillIn: [],
    });
  });

  it('a line of an edited text keeps its value; one that is not there any more is empty', async () => {
    const script = (...exec: readonly string[]) =>
      withRequest({ method: 'GET' }, { event: [{ listen: 'test', script: { exec } }] });
    const auth = { type: 'bearer', bearer: { token: TOKEN } };
    const then = { ...script('first();', `const token = '${TOKEN}';`), auth };
    const now = { ...script(`const token = '${TOKEN}';`, 'second();', "const token = '';"), auth };
    expect(await inPlace(then, now)).toEqual({ body: then, toFillIn: [] });
    expect(await inPlace(then, { ...script('second();'), auth })).toEqual({
      body: { ...script('first();', "const token = '';"), auth },
      toFillIn: ['Pay: event test exec'],
    });
  });

  it('does not take a longer text for the value', async () => {
    const auth = { type: 'bearer', bearer: { token: TOKEN } };
    const then = { ...withRequest({ body: { raw: `{"token":"${TOKEN}","amount":1}` } }), auth };
    const now = { ...withRequest({ body: { raw: `{"token":"${TOKEN}","tip":2,"amount":1}` } }), auth };
    const { body, toFillIn } = await inPlace(then, now);
    expect(body).toMatchObject({ item: [{ request: { body: { raw: '{"token":"","amount":1}' } } }] });
    expect(toFillIn).toEqual(['Pay: body raw']);
  });

  it('a private key of several lines comes back', async () => {
    const exec = ['const key = `', ...PRIVATE_KEY_LINES, '`;', 'sign(key);'];
    const resource = withRequest({ method: 'GET' }, { event: [{ listen: 'test', script: { exec } }] });
    expect(JSON.stringify(await redactedValue(resource))).toContain('[redacted: ');
    expect(await inPlace(resource, resource)).toEqual({ body: resource, toFillIn: [] });
  });

  it('a placeholder that somebody put into Postman is no value', async () => {
    const header = (value: string) => withRequest({ header: [{ key: 'X-Api-Key', value }] });
    const { body, toFillIn } = await inPlace(header(TOKEN), header('[redacted: secret variable]'));
    expect(body).toEqual(header(''));
    expect(toFillIn).toEqual(['Pay: header X-Api-Key']);
  });
});
