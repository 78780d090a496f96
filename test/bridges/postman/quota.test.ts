/** What `GET /me` says of the month's calls. */
import { describe, expect, it } from 'vitest';
import { createEstate } from '../../../demo/postman-api/estate.mjs';
import { knownErrorOf } from '../known-error-of.ts';
import { estateOf, rewriting, start } from './fixture.ts';

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

  it('is asked for once in a run', async () => {
    const { api, source } = await start(createEstate(), { limits: { monthlyQuota: 100 } });
    expect(await source.quota()).toEqual(await source.quota());
    expect(api.requests).toHaveLength(1);
  });

  it('is an error when the key is refused: nothing else will work either', async () => {
    const { api, source } = await start(createEstate());
    api.onRequest(() => ({ status: 401, body: {} }));
    expect((await knownErrorOf(source.quota())).code).toBe('POSTMAN_KEY_REFUSED');
  });
});

describe('what is left of the quota later in a run', () => {
  const limits = { monthlyQuota: 1_000, monthlyUsage: 100, headers: 'none' } as const;

  it('is what GET /me said, less every call since, also those that failed', async () => {
    const { estate, workspaceId } = estateOf(2);
    const { api, source } = await start(estate, { limits: { headers: 'none' } });
    api.onRequest(withOperations([{ name: 'api_usage', limit: 1_000, usage: 100, overage: 0 }]));
    expect(source.quotaLeft()).toBeUndefined();
    await source.quota();
    api.onRequest(() => (api.requests.length === 2 ? { status: 503, body: {} } : undefined));
    await source.list({ workspaces: [workspaceId], kinds: ['collections'] });
    expect(api.requests).toHaveLength(4);
    expect(source.quotaLeft()).toEqual({ limit: 1_000, left: 900 - 3 });
  });

  it.each(['ratelimit', 'x-ratelimit'] as const)(
    'is what the headers say (%s), without a call',
    async (headers) => {
      const { estate, workspaceId } = estateOf(2);
      const { api, source } = await start(estate, { limits: { ...limits, headers } });
      await source.list({ workspaces: [workspaceId], kinds: ['collections'] });
      expect(api.requests.map(({ path }) => path)).not.toContain('/me');
      expect(source.quotaLeft()).toEqual({ limit: 1_000, left: 900 - 2 });
    },
  );

  it('is nothing once Postman has refused a call for it', async () => {
    const { estate } = estateOf(1);
    const { source } = await start(estate, {
      limits: { ...limits, monthlyUsage: 998, headers: 'x-ratelimit' },
    });
    await source.quota();
    await source.quota();
    const listing = source.list({ workspaces: [], kinds: ['collections'] });
    expect((await knownErrorOf(listing)).code).toBe('POSTMAN_QUOTA_EXHAUSTED');
    expect(source.quotaLeft()).toEqual({ limit: 1_000, left: 0 });
  });
});
