/** Which workspaces a backup is about: by id, by name, all of them, and what is said of those that are not there. */
import { describe, expect, it } from 'vitest';
import { addCollection, addWorkspace, createEstate } from '../../../demo/postman-api/estate.mjs';
import type { Estate } from '../../../demo/postman-api/types.d.mts';
import { knownErrorOf } from '../known-error-of.ts';
import { asked, collectionOf, listOf, names, rewriting, start } from './fixture.ts';

const kinds = ['collections'] as const;

function team(): Estate {
  const estate = createEstate();
  const types = { Payments: 'team', Vault: 'private', Open: 'public', Drafts: 'personal', Acme: 'partner' };
  for (const [name, type] of Object.entries(types)) {
    const { id } = addWorkspace(estate, { name, type: type as 'team' });
    addCollection(estate, id, collectionOf(`${name} API`));
  }
  return estate;
}

function idOf(estate: Estate, name: string): string {
  return estate.workspaces.find((workspace) => workspace.name === name)?.id ?? '';
}

describe('a workspace', () => {
  it('named by its id is looked up without listing the others', async () => {
    const { api, source } = await start(team());
    const id = idOf(api.estate, 'Payments');
    const { workspaces, listings } = await source.list({ workspaces: [id], kinds });
    expect(workspaces).toEqual([{ id, name: 'Payments' }]);
    expect(listings.map(({ refs, doubt }) => [names(refs), doubt])).toEqual([[['Payments API'], undefined]]);
    expect(asked(api)).toEqual([`/workspaces/${id}`, '/collections 0']);
  });

  it('is not taken for another one that is answered in its place', async () => {
    const estate = team();
    const { api, source } = await start(estate);
    const vault = { id: idOf(estate, 'Vault'), name: 'Vault', type: 'private' };
    api.onRequest(rewriting('/workspaces/', () => ({ workspace: vault })));
    const failure = await knownErrorOf(source.list({ workspaces: [idOf(estate, 'Payments')], kinds }));
    expect(failure.code).toBe('POSTMAN_ANSWER_UNEXPECTED');
    const { listings } = await source.list({ workspaces: ['Open'], kinds });
    expect(listings.map(({ doubt }) => doubt)).toEqual([expect.stringMatching(/another workspace/)]);
  });

  it('named by its exact name is found among all, wherever its page is', async () => {
    const estate = createEstate();
    for (let number = 0; number < 205; number++) {
      addWorkspace(estate, { name: `Team ${number}` });
    }
    const { api, source } = await start(estate);
    const { workspaces } = await source.list({ workspaces: ['Team 204'], kinds });
    expect(workspaces).toEqual([{ id: idOf(estate, 'Team 204'), name: 'Team 204' }]);
    const lists = api.requests.filter(({ path }) => path.startsWith('/workspaces?'));
    expect(lists.map(({ path }) => path.includes('limit=100'))).toEqual([true, true, true]);
  });

  it('named twice, by id and by name, is listed once, and all names cost one list of workspaces', async () => {
    const { api, source } = await start(team());
    const selectors = [idOf(api.estate, 'Open'), 'Vault', 'Open'];
    const { workspaces, listings } = await source.list({ workspaces: selectors, kinds });
    expect(names(workspaces)).toEqual(['Open', 'Vault']);
    expect(listings).toHaveLength(2);
    expect(asked(api).filter((path) => path === '/workspaces')).toHaveLength(1);
  });

  it.each(['Drafts', 'Acme'])(
    'that is personal or a partner’s (%s) counts when it is named',
    async (name) => {
      const { api, source } = await start(team());
      for (const selector of [name, idOf(api.estate, name)]) {
        const { workspaces } = await source.list({ workspaces: [selector], kinds });
        expect(names(workspaces)).toEqual([name]);
      }
    },
  );
});

describe('without a name', () => {
  it('every team, private and public workspace counts, and neither a personal nor a partner one', async () => {
    const { source } = await start(team());
    const { workspaces, listings } = await source.list({ workspaces: [], kinds });
    expect(names(workspaces)).toEqual(['Payments', 'Vault', 'Open']);
    expect(listings.flatMap(({ refs }) => names(refs))).toEqual(['Payments API', 'Vault API', 'Open API']);
  });

  it('a key that sees no such workspace is an error, not an empty backup', async () => {
    const estate = createEstate();
    addWorkspace(estate, { name: 'Drafts', type: 'personal' });
    const { source } = await start(estate);
    const error = await knownErrorOf(source.list({ workspaces: [], kinds }));
    expect(error).toMatchObject({ code: 'WORKSPACE_NOT_FOUND', exitCode: 20 });
    expect(error.hint).toContain('name a personal or partner one with `workspace`');
  });

  it('a workspace that the key may list but not open makes its own lists doubtful, and no others', async () => {
    const { api, source } = await start(team());
    const id = idOf(api.estate, 'Vault');
    const detail = 'You do not have access to this workspace.';
    const body = { type: 'https://api.postman.com/problems/forbidden', title: 'Forbidden', detail };
    api.onRequest(({ path }) => (path === `/workspaces/${id}` ? { status: 403, body } : undefined));
    const { listings } = await source.list({ workspaces: [], kinds });
    expect(listings.map(({ workspace, doubt }) => [workspace.name, doubt])).toEqual([
      ['Payments', undefined],
      ['Vault', expect.stringContaining('403: You do not have access to this workspace')],
      ['Open', undefined],
    ]);
  });
});

describe('a workspace that is not there', () => {
  it('is answered with the nearest names: names are matched exactly', async () => {
    const { source } = await start(team());
    for (const wrong of ['payments', 'Paymnts']) {
      const error = await knownErrorOf(source.list({ workspaces: [wrong], kinds }));
      expect(error).toMatchObject({ code: 'WORKSPACE_NOT_FOUND', exitCode: 20 });
      expect(error.message).toContain(`"${wrong}"`);
      expect(error.message).toContain('Did you mean "Payments"?');
      expect(error.hint).toContain('Correct `workspace`');
    }
  });

  it('is an error also by id, although Postman lists its collections as none', async () => {
    const { source } = await start(team());
    const id = '00000000-0000-4000-a000-000000000000';
    const error = await knownErrorOf(source.list({ workspaces: [id], kinds }));
    expect(error).toMatchObject({ code: 'WORKSPACE_NOT_FOUND', message: expect.stringContaining(id) });
  });

  it('or that may not be seen, by id, is named in the error', async () => {
    const { api, source } = await start(team());
    const id = idOf(api.estate, 'Vault');
    api.onRequest(() => ({ status: 403, body: { error: { name: 'forbiddenError', message: 'No.' } } }));
    const error = await knownErrorOf(source.list({ workspaces: [id], kinds }));
    expect(error).toMatchObject({ code: 'POSTMAN_FORBIDDEN', exitCode: 21 });
    expect(error.message).toContain(id);
  });

  it('and two of one name are told apart by their ids', async () => {
    const estate = team();
    const twin = addWorkspace(estate, { name: 'Payments', type: 'private' });
    const { source } = await start(estate);
    const error = await knownErrorOf(source.list({ workspaces: ['Payments'], kinds }));
    expect(error).toMatchObject({ code: 'WORKSPACE_AMBIGUOUS', exitCode: 20 });
    expect(error.message).toContain(twin.id);
    expect(error.message).toContain(idOf(estate, 'Payments'));
    const { workspaces } = await source.list({ workspaces: [twin.id], kinds });
    expect(workspaces).toEqual([{ id: twin.id, name: 'Payments' }]);
  });
});

describe('the list of workspaces', () => {
  it('that shows one on two pages, because it changed in between, holds it once', async () => {
    const estate = createEstate();
    for (let number = 0; number < 101; number++) {
      addWorkspace(estate, { name: `Team ${number}` });
    }
    const { api, source } = await start(estate);
    const repeated = { id: idOf(estate, 'Team 7'), name: 'Team 7', type: 'team', visibility: 'team' };
    api.onRequest(
      rewriting('/workspaces?', (answer, page) =>
        page === 2 ? { ...answer, workspaces: [...listOf(answer, 'workspaces'), repeated] } : answer,
      ),
    );
    const { workspaces } = await source.list({ workspaces: ['Team 7'], kinds });
    expect(workspaces).toEqual([{ id: repeated.id, name: 'Team 7' }]);
  });

  it('whose cursor leads in a circle is given up', async () => {
    const { api, source } = await start(team());
    const nextCursor = Buffer.from('position 1').toString('base64');
    api.onRequest(rewriting('/workspaces?', (answer) => ({ ...answer, meta: { nextCursor } })));
    const error = await knownErrorOf(source.list({ workspaces: ['Payments'], kinds }));
    expect(error).toMatchObject({ code: 'POSTMAN_ANSWER_UNEXPECTED', exitCode: 22 });
    expect(error.message).toContain('circle');
    expect(api.requests).toHaveLength(2);
  });

  it.each([{}, { workspaces: [{ id: 1 }] }, []])('that is none (%j) is an error', async (answer) => {
    const { api, source } = await start(team());
    api.onRequest(rewriting('/workspaces?', () => answer));
    const error = await knownErrorOf(source.list({ workspaces: [], kinds }));
    expect(error.code).toBe('POSTMAN_ANSWER_UNEXPECTED');
  });
});
