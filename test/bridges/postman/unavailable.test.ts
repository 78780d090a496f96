/** What a plan or a region does not offer is no failure and no removal; what may not be read is a doubt. */
import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../src/model.ts';
import { knownErrorOf } from '../known-error-of.ts';
import {
  answering,
  type Canned,
  legacy,
  listAll,
  listOne,
  problem,
  uuidOf,
  WORKSPACE,
  workspaceWith,
} from './canned.ts';

const LISTS = {
  globals: `workspaces/${WORKSPACE}/global-variables`,
  specs: `specs?workspaceId=${WORKSPACE}&limit=10`,
  apis: `apis?workspaceId=${WORKSPACE}&limit=10`,
  mocks: `mocks?workspace=${WORKSPACE}`,
  monitors: `monitors?workspace=${WORKSPACE}&limit=25`,
} as const;
const OPTIONAL = Object.keys(LISTS) as (keyof typeof LISTS)[];
const NAMED = { id: uuidOf(1), name: 'Named by the workspace', uid: `7-${uuidOf(1)}` };

function listingOf(kind: keyof typeof LISTS, answer: Canned) {
  // A workspace names no globals: there is one set of them.
  const content = kind === 'globals' ? {} : { [kind]: [NAMED] };
  return listOne(answering(workspaceWith(content, { [LISTS[kind]]: answer })), kind);
}

const NOT_OFFERED: readonly (readonly [Canned, string])[] = [
  [
    problem(403, 'forbidden', "This feature isn't available in your region."),
    "403: This feature isn't available in your region",
  ],
  [problem(403, 'forbidden', 'Feature is disabled.'), '403: Feature is disabled'],
  [
    problem(403, 'forbidden', 'The tags feature is only available to enterprise teams'),
    '403: The tags feature is only available to enterprise teams',
  ],
  [legacy(403, 'forbiddenError', 'Upgrade your plan to use it.'), '403: Upgrade your plan to use it'],
];

const NOT_FOUND: readonly (readonly [Canned, string])[] = [
  [problem(404, 'not-found', 'Nothing here.'), '404: Nothing here'],
  [{ status: 404, body: '<html></html>' }, '404'],
];

describe.each(OPTIONAL)('%s that are not offered', (kind) => {
  it.each(NOT_OFFERED)(
    '(%j) have no list, and that is neither a doubt nor a removal',
    async (answer, reason) => {
      expect(await listingOf(kind, answer)).toEqual({
        kind,
        workspace: { id: WORKSPACE, name: 'Payments' },
        refs: [],
        unavailable: reason,
      });
    },
  );
});

describe.each(OPTIONAL)('%s that are not found', (kind) => {
  const list = (answer: Canned, content: object) =>
    listOne(answering(workspaceWith(content, { [LISTS[kind]]: answer })), kind);

  it.each(NOT_FOUND)('(%j) are likely not offered, and nothing confirms it', async (answer, reason) => {
    const { refs, ...listing } = await list(answer, {});
    expect(refs).toEqual([]);
    expect(listing).toMatchObject({ unavailable: reason, unconfirmed: true });
  });

  it.each(NOT_FOUND)('(%j) are in doubt when the workspace names one', async (answer, reason) => {
    // A workspace names no globals, and still names APIs where Postman has ended them.
    const isNamed = kind !== 'globals' && kind !== 'apis';
    const content = kind === 'globals' ? {} : { [kind]: [NAMED] };
    const { refs, doubt, unavailable } = await list(answer, content);
    expect(refs.map(({ uuid }) => uuid)).toEqual(isNamed ? [NAMED.id] : []);
    expect([doubt, unavailable]).toEqual(isNamed ? [reason, undefined] : [undefined, reason]);
  });
});

const DOUBTFUL: readonly (readonly [string, Canned])[] = [
  ['permission', problem(403, 'forbidden', 'Inadequate permissions. Resource access forbidden.')],
  ['permission', legacy(403, 'forbiddenError', 'You do not have enough permissions to perform this action.')],
  ['permission', problem(403, 'forbidden', 'You do not have access to this workspace.')],
  ['permission', problem(401, 'unauthorized', 'You are not authorized to perform this action.')],
  ['a workspace that is not found', legacy(404, 'workspaceNotFoundError', 'Not found')],
  ['a workspace that is not found', legacy(404, 'instanceNotFoundError', 'Workspace not found')],
  [
    'a workspace that is not found',
    legacy(404, 'instanceNotFoundError', `Monitor ${WORKSPACE} does not exist.`),
  ],
  [
    'a workspace that is not found',
    problem(400, 'bad-request', 'We could not find the workspace you are looking for.'),
  ],
  ['a bad request', legacy(400, 'badRequest', 'Query param limit cannot exceed 25.')],
];

describe.each(OPTIONAL)('a list of %s', (kind) => {
  it.each(DOUBTFUL)('that speaks of %s (%j) is in doubt', async (_, answer) => {
    const listing = await listingOf(kind, answer);
    expect(listing.unavailable).toBeUndefined();
    expect(listing.doubt).toEqual(expect.stringMatching(/\((400|401|403|404): /));
    expect(listing.refs.map(({ unlisted }) => unlisted)).toEqual(kind === 'globals' ? [] : [true]);
  });

  it.each([
    [legacy(401, 'AuthenticationError', 'Invalid API Key.'), 'POSTMAN_KEY_REFUSED'],
    [legacy(429, 'rateLimited', 'Rate limit exceeded.'), 'POSTMAN_UNAVAILABLE'],
    [legacy(429, 'serviceLimitExhausted', 'No more.'), 'POSTMAN_QUOTA_EXHAUSTED'],
    [legacy(500, 'serverError', 'Sorry.'), 'POSTMAN_UNAVAILABLE'],
  ])('that is answered with %j ends the listing', async (answer, code) => {
    expect((await knownErrorOf(listingOf(kind, answer))).code).toBe(code);
  });
});

it('collections and environments are always offered: a 404 of theirs is a doubt', async () => {
  const nothing = problem(404, 'not-found', 'Nothing here.');
  const { source } = answering(
    workspaceWith(
      {},
      {
        [`collections?workspace=${WORKSPACE}&limit=100&offset=0`]: nothing,
        [`environments?workspace=${WORKSPACE}`]: nothing,
      },
    ),
  );
  const { listings } = await listAll(source, ['collections', 'environments'] satisfies Kind[]);
  expect(listings.map(({ doubt, unavailable }) => [doubt, unavailable])).toEqual([
    [expect.stringContaining('404: Nothing here'), undefined],
    [expect.stringContaining('404: Nothing here'), undefined],
  ]);
});
