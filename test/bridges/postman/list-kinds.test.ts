/** How each of the newer kinds is listed: its address, its pages, and what makes its list doubtful. */
import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../src/model.ts';
import { answering, listAll, listOne, uuidOf, WORKSPACE, workspaceWith } from './canned.ts';
import { names } from './fixture.ts';

function row(number: number, more: object = {}) {
  return { id: uuidOf(number), name: `Number ${number}`, ...more };
}

type Paged = { kind: Kind; first: string; next: (cursor: string) => string };

const paged: readonly Paged[] = [
  {
    kind: 'specs',
    first: `specs?workspaceId=${WORKSPACE}&limit=10`,
    next: (cursor) => `specs?workspaceId=${WORKSPACE}&limit=10&cursor=${cursor}`,
  },
  {
    kind: 'apis',
    first: `apis?workspaceId=${WORKSPACE}&limit=10`,
    next: (cursor) => `apis?workspaceId=${WORKSPACE}&limit=10&cursor=${cursor}`,
  },
  {
    kind: 'monitors',
    first: `monitors?workspace=${WORKSPACE}&limit=25`,
    next: (cursor) => `monitors?workspace=${WORKSPACE}&limit=25&cursor=${cursor}`,
  },
];

describe.each(paged)('a list of $kind', ({ kind, first, next }) => {
  it.each([null, '', undefined])('is read page by page, until there is no cursor (%j)', async (end) => {
    const started = answering(
      workspaceWith(
        {},
        {
          [first]: { body: { [kind]: [row(1), row(2)], meta: { nextCursor: 'b+/c=' } } },
          [next('b+/c=')]: { body: { [kind]: [row(3)], meta: { nextCursor: 'd' } } },
          [next('d')]: { body: { [kind]: [row(4)], meta: { nextCursor: end } } },
        },
      ),
    );
    const { refs, doubt, unavailable } = await listOne(started, kind);
    expect([names(refs), doubt, unavailable]).toEqual([
      ['Number 1', 'Number 2', 'Number 3', 'Number 4'],
      undefined,
      undefined,
    ]);
    expect(started.asked).toHaveLength(4);
    expect(started.asked[2]).toContain('cursor=b%2B%2Fc%3D');
  });

  it('is in doubt when a cursor comes again', async () => {
    const started = answering(
      workspaceWith(
        {},
        {
          [first]: { body: { [kind]: [row(1)], meta: { nextCursor: 'b' } } },
          [next('b')]: [
            { body: { [kind]: [row(2)], meta: { nextCursor: 'c' } } },
            { body: { [kind]: [row(4)], meta: { nextCursor: 'c' } } },
          ],
          [next('c')]: { body: { [kind]: [row(3)], meta: { nextCursor: 'b' } } },
        },
      ),
    );
    const { refs, doubt } = await listOne(started, kind);
    expect([names(refs), doubt]).toEqual([
      ['Number 1', 'Number 2', 'Number 3'],
      'its pages lead in a circle',
    ]);
    expect(started.asked).toHaveLength(4);
  });

  it('is in doubt when every page is the first one, whatever its cursor', async () => {
    const started = answering(
      workspaceWith(
        {},
        {
          [first]: { body: { [kind]: [row(1)], meta: { nextCursor: 'b' } } },
          [next('b')]: { body: { [kind]: [row(1)], meta: { nextCursor: 'c' } } },
        },
      ),
    );
    const { refs, doubt } = await listOne(started, kind);
    expect([names(refs), doubt]).toEqual([['Number 1'], 'its pages lead in a circle']);
  });

  it.each([
    ['an entry that cannot be read', { [kind]: [row(1), { id: '../me', name: 'x' }] }, /^1 of 2 entries/],
    ['no list', { error: { name: 'serverError', message: 'Sorry.' } }, /has no list of/],
    ['fewer than its own total', { [kind]: [row(1)], meta: { total: 3 } }, /^the list names 1 of 3$/],
  ])('is in doubt when it has %s; what it names and the workspace names counts', async (_, body, doubt) => {
    const content = { [kind]: [row(1, { uid: `7-${uuidOf(1)}` }), row(9, { uid: `7-${uuidOf(9)}` })] };
    const listing = await listOne(answering(workspaceWith(content, { [first]: { body } })), kind);
    expect(listing.doubt).toMatch(doubt);
    expect(listing.refs.find(({ uuid }) => uuid === uuidOf(9))).toMatchObject({
      uid: `7-${uuidOf(9)}`,
      unlisted: true,
    });
  });

  it('is in doubt when a page was cut short', async () => {
    const table = { [first]: { body: `{"${kind}":[{"id":"${uuidOf(1)}","na` } };
    const { refs, doubt } = await listOne(answering(workspaceWith({}, table)), kind);
    expect([refs, doubt]).toEqual([[], expect.stringContaining('not the JSON')]);
  });
});

it('every call of the API Builder names its version, and no other does', async () => {
  const started = answering(
    workspaceWith(
      {},
      {
        [`apis?workspaceId=${WORKSPACE}&limit=10`]: { body: { apis: [], meta: {} } },
        [`specs?workspaceId=${WORKSPACE}&limit=10`]: { body: { specs: [] } },
      },
    ),
  );
  await listAll(started.source, ['apis', 'specs']);
  expect(started.accepted).toEqual(['application/json', 'application/vnd.api.v10+json', 'application/json']);
});

describe('mocks', () => {
  const LIST = `mocks?workspace=${WORKSPACE}`;
  const whole = row(1, {
    collection: `7-${uuidOf(5)}`,
    mockUrl: 'https://mock.example',
    config: { headers: [] },
  });

  it('come with their body from the list, without a further call', async () => {
    const started = answering(workspaceWith({}, { [LIST]: { body: { mocks: [whole] } } }));
    const [ref] = (await listOne(started, 'mocks')).refs;
    expect(await started.source.fetch(ref ?? expect.fail())).toEqual(whole);
    expect(started.asked).toEqual([`workspaces/${WORKSPACE}?include=mocks%3Adeactivated`, LIST]);
  });

  it('are fetched when a row does not say all of them', async () => {
    const mock = { ...whole, deactivated: false };
    const { config, ...short } = whole as typeof whole & { config: object };
    const started = answering(
      workspaceWith({}, { [LIST]: { body: { mocks: [short] } }, [`mocks/${uuidOf(1)}`]: { body: { mock } } }),
    );
    const [ref] = (await listOne(started, 'mocks')).refs;
    expect(await started.source.fetch(ref ?? expect.fail())).toEqual(mock);
  });

  it('that are deactivated are not gone: the workspace names them, and they are fetched', async () => {
    const mock = { ...whole, id: uuidOf(2), deactivated: true };
    const content = { mocks: [row(2, { uid: `7-${uuidOf(2)}`, deactivated: true })] };
    const table = { [LIST]: { body: { mocks: [] } }, [`mocks/${uuidOf(2)}`]: { body: { mock } } };
    const started = answering(workspaceWith(content, table));
    const { refs, doubt } = await listOne(started, 'mocks');
    expect([names(refs), doubt]).toEqual([['Number 2'], undefined]);
    expect(refs[0]).toMatchObject({ unlisted: true });
    expect(await started.source.fetch(refs[0] ?? expect.fail())).toEqual(mock);
  });

  it('ask a workspace for the deactivated ones only when they are among the kinds', async () => {
    const started = answering(
      workspaceWith({}, { [`environments?workspace=${WORKSPACE}`]: { body: { environments: [] } } }),
    );
    await listOne(started, 'environments');
    expect(started.asked[0]).toBe(`workspaces/${WORKSPACE}`);
  });
});

describe('what every workspace has one of', () => {
  it('the globals come with their values, under the id and the name of the workspace', async () => {
    const body = { values: [{ key: 'host', value: 'https://api.example', type: 'default', enabled: true }] };
    const started = answering(workspaceWith({}, { [`workspaces/${WORKSPACE}/global-variables`]: { body } }));
    const { refs } = await listOne(started, 'globals');
    const workspace = { id: WORKSPACE, name: 'Payments' };
    expect(refs).toEqual([
      { kind: 'globals', uid: WORKSPACE, uuid: WORKSPACE, name: 'Payments', workspace, body },
    ]);
    expect(await started.source.fetch(refs[0] ?? expect.fail())).toEqual(body);
    expect(started.asked).toHaveLength(2);
  });

  it('its own description comes with the workspace, without a call', async () => {
    const started = answering(workspaceWith({ description: 'All that pays.' }, {}));
    const { refs } = await listOne(started, 'workspaces');
    expect(refs).toMatchObject([{ kind: 'workspaces', uuid: WORKSPACE, name: 'Payments' }]);
    expect(await started.source.fetch(refs[0] ?? expect.fail())).toMatchObject({
      description: 'All that pays.',
    });
    expect(started.asked).toEqual([`workspaces/${WORKSPACE}`]);
  });

  it('a workspace that cannot be opened has no description, and that is a doubt', async () => {
    const forbidden = { status: 403, body: { error: { name: 'forbiddenError', message: 'No.' } } };
    const started = answering({
      'workspaces?limit=100': { body: { workspaces: [{ id: WORKSPACE, name: 'Payments', type: 'team' }] } },
      [`workspaces/${WORKSPACE}`]: forbidden,
    });
    const { listings } = await started.source.list({ workspaces: [], kinds: ['workspaces'] });
    expect(listings).toMatchObject([{ refs: [], doubt: expect.stringContaining('403: No') }]);
  });
});
