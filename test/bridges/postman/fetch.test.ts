/** One body, and everything that can come in its place. */
import { describe, expect, it } from 'vitest';
import { addEnvironment } from '../../../demo/postman-api/estate.mjs';
import type { Fault, PostmanApiOptions } from '../../../demo/postman-api/types.d.mts';
import { serveUntrusted } from '../../unit/http/loopback.ts';
import { knownErrorOf } from '../known-error-of.ts';
import { estateOf, openSource, refOf, type Started, start } from './fixture.ts';

async function startWithOne(options: Partial<PostmanApiOptions> = {}): Promise<Started & { uuid: string }> {
  const { estate } = estateOf(1);
  return { ...(await start(estate, options)), uuid: estate.collections[0]?.uuid ?? '' };
}

describe('a body', () => {
  it('of a collection comes without its envelope, asked for by uid', async () => {
    const { api, source, uuid } = await startWithOne();
    expect(await source.fetch(refOf(uuid))).toMatchObject({
      info: { _postman_id: uuid, name: 'Collection 1' },
    });
    expect(api.requests.map(({ path }) => path)).toEqual([`/collections/48211907-${uuid}`]);
  });

  it('of an environment likewise', async () => {
    const { estate, workspaceId } = estateOf(0);
    const values = [{ key: 'host', value: 'https://api.example', type: 'default', enabled: true }];
    const { uuid } = addEnvironment(estate, workspaceId, { name: 'Production', values });
    const { api, source } = await start(estate);
    expect(await source.fetch(refOf(uuid, { kind: 'environments' }))).toMatchObject({
      name: 'Production',
      values,
    });
    expect(api.requests.map(({ path }) => path)).toEqual([`/environments/48211907-${uuid}`]);
  });

  it('whose uid is no uid leads to no other address', async () => {
    const { api, source } = await startWithOne();
    await knownErrorOf(source.fetch(refOf('x', { uid: '1/../../me?x=' })));
    expect(api.requests.map(({ path }) => path)).toEqual(['/collections/1%2F..%2F..%2Fme%3Fx%3D']);
  });

  it('comes after a few failures too: reading is tried again', async () => {
    const { api, source, uuid } = await startWithOne();
    const faults: (Fault | undefined)[] = ['reset', { status: 503, body: 'busy' }, undefined];
    api.onRequest(() => faults.shift());
    expect(await source.fetch(refOf(uuid))).toMatchObject({ info: { _postman_id: uuid } });
    expect(api.requests).toHaveLength(3);
  });
});

describe('in the place of a body', () => {
  it.each([400, 404] as const)('"not found" is understood with status %i', async (notFoundStatus) => {
    const { api, source } = await startWithOne({ notFoundStatus });
    for (const kind of ['collections', 'environments'] as const) {
      const error = await knownErrorOf(source.fetch(refOf('7d3c8f10-0000-4000-a000-000000000000', { kind })));
      expect(error).toMatchObject({ code: 'RESOURCE_NOT_FOUND', exitCode: 25 });
      expect(error.message).toContain(`${notFoundStatus}: We could not find the ${kind.slice(0, -1)}`);
      expect(error.hint).toContain('Its last backup was left as it is');
    }
    expect(api.requests).toHaveLength(2);
  });

  const error = { name: 'serverError', message: 'An error has occurred on the server.' };
  const gone = { name: 'instanceNotFoundError', message: 'We could not find the collection' };
  const html = '<html><body>Please log in</body></html>';
  it.each<[string, Fault, string, RegExp]>([
    [
      'the body without its envelope',
      { status: 200, body: { info: {} } },
      'RESOURCE_INVALID',
      /no `collection` in it$/,
    ],
    ['another envelope', { status: 200, body: { environment: {} } }, 'RESOURCE_INVALID', /no `collection`/],
    ['a list', { status: 200, body: [] }, 'RESOURCE_INVALID', /no `collection`/],
    [
      'an error with status 200',
      { status: 200, body: { error } },
      'RESOURCE_INVALID',
      /An error has occurred/,
    ],
    [
      '"not found" with status 200',
      { status: 200, body: { error: gone } },
      'RESOURCE_NOT_FOUND',
      /We could not find/,
    ],
    ['HTML with status 200', { status: 200, body: html }, 'POSTMAN_ANSWER_UNEXPECTED', /not the JSON/],
    ['nothing with status 200', { status: 200, body: '' }, 'POSTMAN_ANSWER_UNEXPECTED', /empty/],
    [
      'half of the JSON',
      { status: 200, body: '{"collection":{"info":{"na' },
      'POSTMAN_ANSWER_UNEXPECTED',
      /not the JSON/,
    ],
    ['half of the answer', 'cutBody', 'POSTMAN_UNAVAILABLE', /the connection failed/],
    ['a cut connection', 'reset', 'POSTMAN_UNAVAILABLE', /the connection failed/],
  ])('%s is an error', async (_title, fault, code, message) => {
    const { api, source, uuid } = await startWithOne();
    api.onRequest(() => fault);
    const failure = await knownErrorOf(source.fetch(refOf(uuid)));
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
    expect(failure.message).not.toContain('log in');
  });
});

it('a certificate that is not trusted is an error of its own, and sends no key', async () => {
  const { url, requests } = await serveUntrusted();
  const error = await knownErrorOf(openSource(url).fetch(refOf('1f0d')));
  expect(error).toMatchObject({ code: 'CERTIFICATE_NOT_TRUSTED', exitCode: 20 });
  expect(error.hint).toContain('NODE_EXTRA_CA_CERTS');
  expect(requests).toEqual([]);
});
