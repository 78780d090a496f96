/** Every call has its price: how many a listing takes, and that those of Postman's small limits are known. */
import { expect, it } from 'vitest';
import { addEnvironment } from '../../../demo/postman-api/estate.mjs';
import { postmanPaceRules } from '../../../src/postman/pace.ts';
import { estateOf, start } from './fixture.ts';

const kinds = ['collections', 'environments'] as const;

it('an estate of 1,000 collections in one workspace is listed with 3 + 1000/100 calls, environments included', async () => {
  const { estate, workspaceId } = estateOf(1000);
  addEnvironment(estate, workspaceId, { name: 'Production', values: [] });
  const { api, source } = await start(estate);
  const { listings } = await source.list({ workspaces: ['Payments'], kinds });
  expect(listings.map(({ refs, doubt }) => [refs.length, doubt])).toEqual([
    [1000, undefined],
    [1, undefined],
  ]);
  expect(api.requests.length).toBeLessThanOrEqual(3 + Math.ceil(1000 / 100));
});

it('by id it takes one call less', async () => {
  const { estate, workspaceId } = estateOf(1000);
  const { api, source } = await start(estate);
  await source.list({ workspaces: [workspaceId], kinds });
  expect(api.requests).toHaveLength(12);
});

it.each([
  ['collections', true],
  ['workspaces', true],
  ['workspaces/1f0d', true],
  ['workspaces/1f0d/global-variables', false],
  ['monitors', true],
  ['monitors/1f0d', true],
  ['specs', false],
  ['mocks', false],
  ['collections/48211907-1f0d', false],
  ['environments', false],
  ['environments/48211907-1f0d', false],
  ['me', false],
])('10 calls in 10 s are the limit of %s: %s', (path, isLimited) => {
  const rules = postmanPaceRules.filter(({ matches }) => matches(path));
  expect(rules.map(({ limit, windowMs }) => [limit, windowMs])).toEqual(isLimited ? [[10, 10_500]] : []);
});
