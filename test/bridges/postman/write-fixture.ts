/** What the tests of writing to Postman share: a stand-in, a target that writes to it, and a source that reads it. */
import { onTestFinished } from 'vitest';
import { addCollection, addWorkspace, createEstate } from '../../../demo/postman-api/estate.mjs';
import { startPostmanApi } from '../../../demo/postman-api/server.mjs';
import type {
  CollectionBody,
  Estate,
  FaultHook,
  PostmanApi,
  PostmanApiOptions,
  StoredCollection,
} from '../../../demo/postman-api/types.d.mts';
import { createHttpClient } from '../../../src/http/client.ts';
import type { JsonObject } from '../../../src/json.ts';
import type { Kind, ResourceRef, Workspace } from '../../../src/model.ts';
import { isQuotaExhausted } from '../../../src/postman/errors.ts';
import { createPostmanSource } from '../../../src/postman/source.ts';
import { createPostmanTarget } from '../../../src/postman/target.ts';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

const policy = { tries: 2, backoffMs: 1, throttledMs: 1, silenceMs: 20_000 };
const patience = { pauses: [0, 0], pollMs: 0, polls: 20 };

export function openTarget(baseUrl: string, key = 'key') {
  const client = createHttpClient({
    baseUrl,
    headers: { 'x-api-key': key },
    policy,
    isFinal: isQuotaExhausted,
  });
  return { target: createPostmanTarget(client, { region: 'us', patience }), client };
}

export async function startWriting(options: Partial<PostmanApiOptions> = {}) {
  const estate: Estate = options.estate ?? createEstate();
  const { id, name } = estate.workspaces[0] ?? addWorkspace(estate, { name: 'Payments' });
  const limits = { enforce: false, headers: 'none' } as const;
  const api = await startPostmanApi({ estate, limits, ...options });
  onTestFinished(() => api.close());
  const { target, client } = openTarget(api.url, api.apiKey);
  const workspace: Workspace = { id, name };
  const source = createPostmanSource(client, { region: 'us' });
  const fetchBody = async (ref: ResourceRef) => (await source.fetch(ref)) as JsonObject;
  return { api, estate, target, workspace, fetch: fetchBody };
}

/** Lets the first so many writes to this path meet a fault, after they were done or before. */
export function failing(
  api: PostmanApi,
  { method, path, times = 1 }: { method: string; path: RegExp; times?: number },
  fault: ReturnType<FaultHook>,
): void {
  let left = times;
  api.onRequest((request) =>
    request.method === method && path.test(request.path) && left-- > 0 ? fault : undefined,
  );
}

/** How often each method was sent to paths that match. */
export function sent(api: PostmanApi, method: string, path: RegExp): number {
  return api.requests.filter((request) => request.method === method && path.test(request.path)).length;
}

/** Puts a collection into the estate. */
export function store(estate: Estate, workspace: Workspace, body: JsonObject): StoredCollection {
  return addCollection(estate, workspace.id, structuredClone(body) as CollectionBody);
}

export function requestOf(name: string, rest: JsonObject = {}): JsonObject {
  const url = {
    raw: `https://api.example/${name}`,
    protocol: 'https',
    host: ['api', 'example'],
    path: [name],
  };
  return { name, request: { method: 'GET', header: [], url }, response: [], ...rest };
}

export function exampleOf(name: string, body: string): JsonObject {
  return { name, status: 'OK', code: 200, _postman_previewlanguage: 'json', header: [], body };
}

export function collectionOf(name: string, item: readonly JsonObject[], rest: JsonObject = {}): JsonObject {
  return { info: { name, schema: SCHEMA }, item, ...rest };
}

export function refOf(
  kind: Kind,
  workspace: Workspace,
  stored: { uuid: string; owner: string },
): ResourceRef {
  return { kind, uuid: stored.uuid, uid: `${stored.owner}-${stored.uuid}`, name: 'it', workspace };
}
