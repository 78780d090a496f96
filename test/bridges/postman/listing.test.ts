/** What is listed of a workspace: pages of collections, environments, and what tells a short list from a whole one. */
import { describe, expect, it } from 'vitest';
import {
  addCollection,
  addEnvironment,
  removeCollection,
  renameCollection,
} from '../../../demo/postman-api/estate.mjs';
import type { Listing } from '../../../src/model.ts';
import {
  asked,
  before,
  collectionOf,
  estateOf,
  listOf,
  names,
  openSource,
  rewriting,
  type Started,
  start,
} from './fixture.ts';

const COLLECTIONS = '/collections?';

async function listCollections({ source }: Started, workspaceId: string): Promise<Listing> {
  const { listings } = await source.list({ workspaces: [workspaceId], kinds: ['collections'] });
  const [listing] = listings;
  if (listing === undefined) {
    throw new Error('nothing was listed');
  }
  return listing;
}

/** The offsets of the pages that were asked for. */
function offsets({ api }: Started): string[] {
  return asked(api).flatMap((path) => (path.startsWith('/collections ') ? [path.slice(13)] : []));
}

describe('collections', () => {
  it('are listed with all that tells them apart, page by page', async () => {
    const { estate, workspaceId } = estateOf(250);
    const started = await start(estate);
    const { refs, doubt } = await listCollections(started, workspaceId);
    expect(doubt).toBeUndefined();
    expect(new Set(names(refs)).size).toBe(250);
    const [stored] = estate.collections;
    expect(refs[0]).toEqual({
      kind: 'collections',
      uid: `${stored?.owner}-${stored?.uuid}`,
      uuid: stored?.uuid,
      name: 'Collection 1',
      workspace: { id: workspaceId, name: 'Payments' },
      updatedAt: stored?.updatedAt,
    });
    expect(offsets(started)).toEqual(['0', '100', '200']);
  });

  it('take no further page when the last one is full', async () => {
    const { estate, workspaceId } = estateOf(200);
    const started = await start(estate);
    expect((await listCollections(started, workspaceId)).refs).toHaveLength(200);
    expect(offsets(started)).toEqual(['0', '100']);
  });

  it('are whole also when the server gives smaller pages than were asked for', async () => {
    const { estate, workspaceId } = estateOf(120);
    const started = await start(estate, { maxPageSize: 50 });
    const { refs, doubt } = await listCollections(started, workspaceId);
    expect([refs.length, doubt]).toEqual([120, undefined]);
    expect(offsets(started)).toEqual(['0', '50', '100']);
  });

  it('that come unpaged are taken for the whole list', async () => {
    const { estate, workspaceId } = estateOf(130);
    const started = await start(estate, { maxPageSize: 1000 });
    started.api.onRequest(
      rewriting(COLLECTIONS, () => ({
        collections: estate.collections.map(({ uuid, owner }, index) => ({
          id: uuid,
          owner,
          name: `${index}`,
        })),
      })),
    );
    const { refs, doubt } = await listCollections(started, workspaceId);
    expect([refs.length, doubt]).toEqual([130, undefined]);
    expect(refs[0]?.uid).toBe(`${estate.collections[0]?.owner}-${estate.collections[0]?.uuid}`);
    expect(offsets(started)).toEqual(['0']);
  });

  it('of an empty workspace are none, without doubt', async () => {
    const { estate, workspaceId } = estateOf(0);
    const { refs, doubt } = await listCollections(await start(estate), workspaceId);
    expect([refs, doubt]).toEqual([[], undefined]);
  });
});

describe('a list of collections is in doubt, after it was listed once more,', () => {
  it('when it comes short of its own total', async () => {
    const { estate, workspaceId } = estateOf(3);
    const started = await start(estate);
    started.api.onRequest(
      rewriting(COLLECTIONS, (answer) => ({ ...answer, meta: { total: 5, offset: 0, limit: 100 } })),
    );
    const { refs, doubt } = await listCollections(started, workspaceId);
    expect([refs.length, doubt]).toEqual([3, 'the list names 3 of 5']);
    expect(offsets(started)).toEqual(['0', '3', '0', '3']);
  });

  it('when every page is the first one', async () => {
    const { estate, workspaceId } = estateOf(250);
    const started = await start(estate);
    let first: unknown;
    started.api.onRequest(
      rewriting(COLLECTIONS, (answer) => {
        first ??= answer;
        return first;
      }),
    );
    const { refs, doubt } = await listCollections(started, workspaceId);
    expect(doubt).toBe('the list names 100 of 250');
    // What the pages never showed is known from the workspace.
    expect(new Set(names(refs)).size).toBe(250);
    expect(refs.filter(({ unlisted }) => unlisted)).toHaveLength(150);
  });

  it('when it changes at every reading', async () => {
    const { estate, workspaceId } = estateOf(150);
    const started = await start(estate);
    started.api.onRequest(
      before(COLLECTIONS, (count) => void addCollection(estate, workspaceId, collectionOf(`New ${count}`))),
    );
    const { doubt } = await listCollections(started, workspaceId);
    expect(doubt).toBe('the list changed while it was read');
    expect(offsets(started)).toEqual(['0', '100', '0', '100']);
  });

  it.each([
    ['an entry without a name', { id: 'b7f1c9a2-0000-4000-a000-000000000001' }],
    ['an entry without an id', { name: 'Ledger' }],
    ['an entry whose id is a path', { id: '../me', name: 'Ledger' }],
    ['null', null],
  ])('when it has %s; the others are listed', async (_title, entry) => {
    const { estate, workspaceId } = estateOf(2);
    const started = await start(estate);
    started.api.onRequest(
      rewriting(COLLECTIONS, (answer) => {
        const collections = [entry, ...listOf(answer, 'collections')];
        return { collections, meta: { total: 3, offset: 0, limit: 100 } };
      }),
    );
    const { refs, doubt } = await listCollections(started, workspaceId);
    expect([names(refs), doubt]).toEqual([['Collection 1', 'Collection 2'], '1 of 3 entries cannot be read']);
  });

  it('when the answer is an error that came with a good status', async () => {
    const { estate, workspaceId } = estateOf(2);
    const started = await start(estate);
    const error = { name: 'serverError', message: 'An error has occurred on the server.' };
    started.api.onRequest(rewriting(COLLECTIONS, () => ({ error })));
    const { refs, doubt } = await listCollections(started, workspaceId);
    expect(doubt).toBe('the answer has no list of collections');
    expect(refs.map(({ unlisted }) => unlisted)).toEqual([true, true]);
  });
});

describe('a list of collections is not in doubt', () => {
  it('when it changed once between its pages: the second reading is whole', async () => {
    const { estate, workspaceId } = estateOf(150);
    const [first] = estate.collections;
    const started = await start(estate);
    // The 101st moves to the first page, which was read already: the second page does not show it either.
    started.api.onRequest(
      before(COLLECTIONS, (count) => void (count === 2 && removeCollection(estate, first?.uuid ?? ''))),
    );
    const { refs, doubt } = await listCollections(started, workspaceId);
    expect(doubt).toBeUndefined();
    const expected = estate.collections.map(({ uuid }) => uuid);
    // The workspace had named it before it was deleted: it is asked for, and its fetch will tell.
    expect(refs.map(({ uuid }) => uuid)).toEqual([...expected, first?.uuid]);
    expect(refs.at(-1)?.unlisted).toBe(true);
    expect(offsets(started)).toEqual(['0', '100', '0', '100']);
  });
});

describe('what the workspace names and the list hides', () => {
  it('is added as unlisted, without a timestamp', async () => {
    const { estate, workspaceId } = estateOf(3);
    const started = await start(estate);
    started.api.onRequest(
      rewriting(COLLECTIONS, (answer) => ({
        collections: listOf(answer, 'collections').slice(1),
        meta: { total: 2, offset: 0, limit: 100 },
      })),
    );
    const { refs, doubt } = await listCollections(started, workspaceId);
    expect(doubt).toBeUndefined();
    const [hidden] = estate.collections;
    expect(names(refs)).toEqual(['Collection 2', 'Collection 3', 'Collection 1']);
    expect(refs[2]).toMatchObject({
      uuid: hidden?.uuid,
      uid: `${hidden?.owner}-${hidden?.uuid}`,
      unlisted: true,
    });
    expect(refs[2]).not.toHaveProperty('updatedAt');
  });

  it('is all there is when access to the list is lost, which looks like an empty one', async () => {
    const { estate, workspaceId } = estateOf(2);
    const started = await start(estate);
    started.api.onRequest(rewriting(COLLECTIONS, () => ({ collections: [], meta: { total: 0 } })));
    const { refs } = await listCollections(started, workspaceId);
    expect(refs.map(({ name, unlisted }) => [name, unlisted])).toEqual([
      ['Collection 1', true],
      ['Collection 2', true],
    ]);
  });
});

describe('environments', () => {
  async function withEnvironments() {
    const { estate, workspaceId } = estateOf(1);
    for (const name of ['Production', 'Staging']) {
      addEnvironment(estate, workspaceId, { name, values: [] });
    }
    return { started: await start(estate), workspaceId };
  }

  it('are listed in one call, beside the collections', async () => {
    const { started, workspaceId } = await withEnvironments();
    const kinds = ['collections', 'environments'] as const;
    const { listings } = await started.source.list({ workspaces: [workspaceId], kinds });
    expect(listings.map(({ kind, refs }) => [kind, names(refs)])).toEqual([
      ['collections', ['Collection 1']],
      ['environments', ['Production', 'Staging']],
    ]);
    expect(listings[1]?.refs[0]).toMatchObject({ kind: 'environments', updatedAt: expect.any(String) });
    expect(asked(started.api)).toEqual([`/workspaces/${workspaceId}`, '/collections 0', '/environments']);
  });

  it('that may not be listed put their own list in doubt, and not the collections', async () => {
    const { started, workspaceId } = await withEnvironments();
    const body = { error: { name: 'forbiddenError', message: 'No.' } };
    started.api.onRequest(({ path }) =>
      path.startsWith('/environments') ? { status: 403, body } : undefined,
    );
    const kinds = ['collections', 'environments'] as const;
    const { listings } = await started.source.list({ workspaces: [workspaceId], kinds });
    expect(listings.map(({ doubt }) => doubt)).toEqual([undefined, expect.stringContaining('403: No')]);
    expect(listings[1]?.refs.map(({ unlisted }) => unlisted)).toEqual([true, true]);
  });
});

it('a rename moves the timestamp of the list, so that the next run sees it', async () => {
  const { estate, workspaceId } = estateOf(1);
  const { api, source } = await start(estate);
  const [was] = (await listCollections({ api, source }, workspaceId)).refs;
  renameCollection(estate, was?.uuid ?? '', 'Ledger');
  const nextRun = openSource(api.url, { key: api.apiKey });
  const [is] = (await listCollections({ api, source: nextRun }, workspaceId)).refs;
  expect([is?.name, is?.uuid, is?.updatedAt === was?.updatedAt]).toEqual(['Ledger', was?.uuid, false]);
});
