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
  ['GET', 'collections', true],
  ['GET', 'workspaces', true],
  ['GET', 'workspaces/1f0d', true],
  ['GET', 'workspaces/1f0d/global-variables', false],
  ['GET', 'monitors', true],
  ['GET', 'monitors/1f0d', true],
  ['PUT', 'monitors/1f0d', true],
  ['GET', 'specs', false],
  ['GET', 'mocks', false],
  ['POST', 'collections', false],
  ['DELETE', 'workspaces/1f0d', false],
  ['GET', 'collections/48211907-1f0d', false],
  ['GET', 'environments', false],
  ['GET', 'environments/48211907-1f0d', false],
  ['GET', 'me', false],
])('10 calls in 10 s are the limit of %s %s: %s', (method, path, isLimited) => {
  const rules = postmanPaceRules.filter(({ matches }) => matches(path, method));
  expect(rules.map(({ limit, windowMs }) => [limit, windowMs])).toEqual(isLimited ? [[10, 10_500]] : []);
});
