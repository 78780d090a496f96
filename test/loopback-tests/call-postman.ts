/** A small estate, and calls to the stand-in for the Postman API, for its tests. */

import { addCollection, addEnvironment, addWorkspace, createEstate } from '../../demo/postman-api/estate.mjs';
import { addApi, addMock, addMonitor, addSpec } from '../../demo/postman-api/estate-kinds.mjs';
import { startPostmanApi } from '../../demo/postman-api/server.mjs';
import type { Estate, PostmanApi, PostmanApiOptions } from '../../demo/postman-api/types.d.mts';

export const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/** What the API Builder asks of every call. */
export const V10 = { accept: 'application/vnd.api.v10+json' };

/** Of the monitor in `startKinds`. */
export const settings = {
  schedule: { cron: '0 6 * * *', timezone: 'Europe/Berlin' },
  retry: { attempts: 1 },
};

export function smallEstate(): Estate {
  const estate = createEstate();
  const workspace = addWorkspace(estate, { name: 'Payments', globals: [{ key: 'region', value: 'eu' }] });
  addWorkspace(estate, { name: 'Drafts', type: 'personal' });
  addWorkspace(estate, { name: 'Open', type: 'public' });
  for (const name of ['Invoices', 'Ledger', 'Cards']) {
    addCollection(estate, workspace.id, collectionOf(name));
  }
  addEnvironment(estate, workspace.id, {
    name: 'Production',
    values: [{ key: 'token', value: 'in clear', type: 'secret', enabled: true }],
  });
  return estate;
}

export function collectionOf(name: string) {
  const listen = ['prerequest', 'test'];
  const event = listen.map((one) => ({
    listen: one,
    script: { type: 'text/javascript', exec: [`// ${one}`] },
  }));
  const request = { method: 'GET', url: 'https://api.example/' };
  return {
    info: { name, schema: SCHEMA },
    item: [
      { name: 'Ping', event, request, response: [{ name: 'OK', code: 200 }] },
      { name: 'Folder', item: [{ name: 'Inside', request }] },
    ],
  };
}

/** The fields that these tests read; which of them are there depends on the route. */
type Row = { id: string; uid: string; name: string; updatedAt: string };
type ItemAnswer = Row & { response: Row[]; event: { listen: string; script: { id: string } }[] };
type Json = {
  user: Record<string, unknown>;
  operations: unknown[];
  workspaces: Row[];
  workspace: { [list in 'collections' | 'environments' | 'mocks' | 'monitors' | 'specs' | 'apis']: Row[] };
  collections: Row[];
  collection: Row & { info: Record<string, unknown>; item: ItemAnswer[] };
  environments: Row[];
  environment: Row & { values: { value: string }[] };
  values: unknown[];
  specs: Row[];
  files: (Row & { path: string; type: string })[] & { meta: { nextPath: string } };
  mocks: Row[];
  mock: Row & { collection: string; deactivated: boolean };
  monitors: Row[];
  monitor: Row & { jobId: string; schedule: { nextRun: string }; lastRun: unknown };
  apis: Row[];
  content: string;
  task: { id: string; status: string };
  status: string;
  model_id: string;
  meta: { nextCursor: string };
  error: { name: string; message: string; details: unknown };
  id: string;
  detail: string;
  type: string;
};
export type Reply = { status: number; headers: Headers; json: Json };
type Init = { method?: string; body?: unknown; key?: string; accept?: string; prefer?: string };

export async function ask(api: PostmanApi, path: string, init: Init = {}): Promise<Reply> {
  const { method = 'GET', body, key = api.apiKey, accept = 'application/json', prefer } = init;
  const response = await fetch(api.url + path, {
    method,
    headers: {
      'X-API-Key': key,
      accept,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(prefer === undefined ? {} : { prefer }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: JSON.parse(text || 'null') as Json };
}

export function first<T>(list: readonly T[]): T {
  const [one] = list;
  if (one === undefined) {
    throw new Error('the list is empty');
  }
  return one;
}

export function second<T>(list: readonly T[]): T {
  return first(list.slice(1));
}

export function names(rows: readonly { name: string }[]): string[] {
  return rows.map(({ name }) => name);
}

/** Starts the stand-in on the small estate, or on another. */
export function startSmall(options: Partial<PostmanApiOptions> = {}): Promise<PostmanApi> {
  return startPostmanApi({ estate: smallEstate(), ...options });
}

/** Starts the stand-in on one workspace with one of each kind; the limits count, but refuse nothing. */
export function startKinds(options: Partial<PostmanApiOptions> = {}): Promise<PostmanApi> {
  const estate = createEstate({ seed: 'kinds' });
  const workspace = addWorkspace(estate, { name: 'Payments' }).id;
  const collection = addCollection(estate, workspace, collectionOf('Ledger')).uuid;
  const paths = ['openapi.yaml', 'schemas/line.yaml', 'schemas/deep/sum.yaml'];
  const files = paths.map((path) => ({ path, content: `# ${path}\n` }));
  addSpec(estate, workspace, { name: 'Ledger spec', type: 'OPENAPI:3.0', files });
  const serverResponses = [{ name: 'Down', statusCode: 503 }];
  addMock(estate, workspace, { name: 'Sandbox', collection, serverResponses });
  addMonitor(estate, workspace, { name: 'Is it up?', collection, settings });
  addApi(estate, workspace, {
    name: 'Reports',
    summary: 'Day by day',
    schemas: [{ type: 'openapi:3', files }],
    collections: [collectionOf('Reports')],
    versions: ['v1'],
  });
  return startPostmanApi({ estate, limits: { enforce: false }, ...options });
}
