/** What `GET /me` says of the month's calls. */
import { describe, expect, it } from 'vitest';
import { createEstate } from '../../../demo/postman-api/estate.mjs';
import { knownErrorOf } from '../known-error-of.ts';
import { rewriting, start } from './fixture.ts';

function withOperations(operations: unknown) {
  return rewriting('/me', (answer) => ({ ...answer, operations }));
}

describe('the quota', () => {
  it('is the plan’s limit and what is left of it, this call taken off', async () => {
    const limits = { monthlyQuota: 10_000, monthlyUsage: 9_000 };
    const { api, source } = await start(createEstate(), { limits });
    expect(await source.quota()).toEqual({ limit: 10_000, left: 999 });
    expect(api.requests.map(({ path }) => path)).toEqual(['/me']);
  });

  it('that is overdrawn leaves nothing, and not less', async () => {
    const { api, source } = await start(createEstate());
    api.onRequest(withOperations([{ name: 'api_usage', limit: 1_000, usage: 1_200, overage: 200 }]));
    expect(await source.quota()).toEqual({ limit: 1_000, left: 0 });
  });

  it('is none on a plan without a limit', async () => {
    const { source } = await start(createEstate());
    expect(await source.quota()).toBeUndefined();
  });

  it.each([
    ['is absent, as for guests', [{ name: 'mock_usage', limit: 10, usage: 1 }]],
    ['is an empty list', []],
    ['is no list', 'api_usage'],
    ['has no numbers', [{ name: 'api_usage', limit: '10000', usage: null }]],
    ['is null', [null]],
  ])('is unknown when what it is read from %s', async (_title, operations) => {
    const { api, source } = await start(createEstate());
    api.onRequest(withOperations(operations));
    expect(await source.quota()).toBeUndefined();
  });

  it('is read although another number beside it is odd', async () => {
    const { api, source } = await start(createEstate());
    const usage = { name: 'api_usage', limit: 100, usage: 40 };
    api.onRequest(withOperations([{ name: 'file_storage_limit', limit: null }, usage]));
    expect(await source.quota()).toEqual({ limit: 100, left: 60 });
  });

  it.each([403, 404])('is unknown to a key that may not ask (%i): no backup fails for it', async (status) => {
    const { api, source } = await start(createEstate());
    api.onRequest(() => ({ status, body: { error: { name: 'forbiddenError', message: 'No.' } } }));
    expect(await source.quota()).toBeUndefined();
  });

  it('is an error when the key is refused: nothing else will work either', async () => {
    const { api, source } = await start(createEstate());
    api.onRequest(() => ({ status: 401, body: {} }));
    expect((await knownErrorOf(source.quota())).code).toBe('POSTMAN_KEY_REFUSED');
  });
});
