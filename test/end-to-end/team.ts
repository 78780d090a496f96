/** A Postman team on loopback, and a GitLab that several tests share. */

import { addCollection, addEnvironment, addWorkspace, createEstate } from '../../demo/postman-api/estate.mjs';
import { startPostmanApi } from '../../demo/postman-api/server.mjs';
import type {
  Estate,
  PostmanApi,
  PostmanApiOptions,
  StoredCollection,
  StoredWorkspace,
} from '../../demo/postman-api/types.d.mts';
import { atEnd } from './program.ts';

export const SECRET = 'tide-table-1887';

export type Team = {
  readonly api: PostmanApi;
  readonly estate: Estate;
  readonly workspace: StoredWorkspace;
  /** For the program: where Postman is, and the key. */
  readonly env: { readonly POSTMAN_API_KEY: string; readonly POSTMAN_API_URL: string };
  collection(name: string): StoredCollection;
};

/** Three collections and an environment in the workspace Payments; a personal workspace beside it. */
export async function startTeam(options: Partial<PostmanApiOptions> = {}): Promise<Team> {
  const estate = createEstate({ seed: 'end-to-end' });
  const workspace = addWorkspace(estate, { name: 'Payments' });
  addWorkspace(estate, { name: 'Drafts', type: 'personal' });
  for (const name of ['Orders', 'Refunds', 'Ledger']) {
    addCollection(estate, workspace.id, collectionNamed(name));
  }
  addEnvironment(estate, workspace.id, {
    name: 'Staging',
    values: [
      { key: 'host', value: 'staging.example', type: 'default', enabled: true },
      { key: 'password', value: SECRET, type: 'secret', enabled: true },
    ],
  });
  const limits = { lists: { limit: 1000, windowMs: 1000 }, perMinute: 100_000 };
  const api = await startPostmanApi({ estate, noisy: true, limits, ...options });
  atEnd(() => api.close());
  return {
    ...{ api, estate, workspace },
    env: { POSTMAN_API_KEY: api.apiKey, POSTMAN_API_URL: api.url },
    collection: (name) => {
      const found = estate.collections.find(({ body }) => body.info?.name === name);
      if (found === undefined) {
        throw new Error(`no collection ${name}`);
      }
      return found;
    },
  };
}

export function collectionNamed(name: string) {
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  const request = () => ({ method: 'GET', url: 'https://api.example/ping', description: `Pings ${name}.` });
  return {
    info: { name, schema },
    item: [
      { name: 'Folder', item: [{ name: 'Inside', request: request() }] },
      { name: 'Ping', request: request() },
    ],
  };
}
