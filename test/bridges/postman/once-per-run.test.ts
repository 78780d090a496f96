/** Several backups with one key ask for the same lists: each is asked for once in a run. */
import { expect, it } from 'vitest';
import { asked, estateOf, rewriting, start } from './fixture.ts';

const kinds = ['collections', 'environments'] as const;

it('a workspace that several backups name, by id and by name, is looked up and listed once', async () => {
  const { estate, workspaceId } = estateOf(120);
  const { api, source } = await start(estate);
  const first = await source.list({ workspaces: ['Payments'], kinds });
  const second = await source.list({ workspaces: ['Payments'], kinds: ['environments'] });
  const third = await source.list({ workspaces: [workspaceId], kinds });
  expect(third).toEqual(first);
  expect(second.listings).toEqual(first.listings.slice(1));
  expect(asked(api)).toEqual([
    '/workspaces',
    `/workspaces/${workspaceId}`,
    '/collections 0',
    '/collections 100',
    '/environments',
  ]);
});

it('backups that ask at the same time share the answers', async () => {
  const { estate, workspaceId } = estateOf(1);
  const { api, source } = await start(estate);
  const [first, second] = await Promise.all([
    source.list({ workspaces: [workspaceId], kinds }),
    source.list({ workspaces: [workspaceId], kinds }),
  ]);
  expect(second).toEqual(first);
  expect(api.requests).toHaveLength(3);
});

it('the quota is asked for once', async () => {
  const { api, source } = await start(estateOf(0).estate, {
    limits: { enforce: false, headers: 'none', monthlyQuota: 100 },
  });
  expect(await source.quota()).toEqual(await source.quota());
  expect(asked(api)).toEqual(['/me']);
});

it('a failure is not remembered', async () => {
  const { estate, workspaceId } = estateOf(1);
  const { api, source } = await start(estate);
  const refusal = { status: 403, body: { error: { name: 'forbiddenError', message: 'No.' } } };
  let isRefused = true;
  api.onRequest(() => (isRefused ? refusal : undefined));
  await expect(source.list({ workspaces: [workspaceId], kinds })).rejects.toThrow('403: No');
  isRefused = false;
  const { listings } = await source.list({ workspaces: [workspaceId], kinds });
  expect(listings[0]?.refs).toHaveLength(1);
});

it('a doubtful list is not remembered either', async () => {
  const { estate, workspaceId } = estateOf(1);
  const { api, source } = await start(estate);
  api.onRequest(rewriting('/environments', (answer, count) => (count === 1 ? {} : answer)));
  const doubts = [];
  for (let round = 0; round < 3; round++) {
    const { listings } = await source.list({ workspaces: [workspaceId], kinds: ['environments'] });
    doubts.push(listings[0]?.doubt);
  }
  expect(doubts).toEqual(['the answer has no list of environments', undefined, undefined]);
  expect(asked(api).filter((path) => path === '/environments')).toHaveLength(2);
});

it('bodies are asked for each time', async () => {
  const { estate, workspaceId } = estateOf(1);
  const { api, source } = await start(estate);
  const { listings } = await source.list({ workspaces: [workspaceId], kinds: ['collections'] });
  const [ref] = listings[0]?.refs ?? [];
  await source.fetch(ref ?? expect.fail());
  await source.fetch(ref ?? expect.fail());
  expect(api.requests.filter(({ path }) => path.startsWith('/collections/'))).toHaveLength(2);
});
