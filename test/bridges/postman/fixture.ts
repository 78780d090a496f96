/** What the tests of the Postman bridge share: a stand-in for the API, a source that asks it, and small estates. */
import { onTestFinished } from 'vitest';
import { addCollection, addWorkspace, createEstate } from '../../../demo/postman-api/estate.mjs';
import { startPostmanApi } from '../../../demo/postman-api/server.mjs';
import type {
  Estate,
  FaultHook,
  Json,
  PostmanApi,
  PostmanApiOptions,
} from '../../../demo/postman-api/types.d.mts';
import { createHttpClient } from '../../../src/http/client.ts';
import type { ResourceRef } from '../../../src/model.ts';
import { isQuotaExhausted } from '../../../src/postman/errors.ts';
import { createPostmanSource } from '../../../src/postman/source.ts';

export type Source = ReturnType<typeof createPostmanSource>;

const policy = { tries: 3, backoffMs: 1, throttledMs: 1, silenceMs: 20_000 };

/** A source that asks `baseUrl`; what fails is tried again at once. */
export function openSource(baseUrl: string, { key = 'key', region = 'us' as 'us' | 'eu' } = {}): Source {
  const headers = { 'x-api-key': key };
  const client = createHttpClient({ baseUrl, headers, policy, isFinal: isQuotaExhausted });
  return createPostmanSource(client, { region });
}

export type Started = { readonly api: PostmanApi; readonly source: Source };

/** Starts the stand-in without limits; it ends with the test. */
export async function start(estate: Estate, options: Partial<PostmanApiOptions> = {}): Promise<Started> {
  const limits = { enforce: false, headers: 'none' } as const;
  const api = await startPostmanApi({ estate, limits, ...options });
  onTestFinished(() => api.close());
  return { api, source: openSource(api.url, { key: api.apiKey }) };
}

/** An estate with one team workspace of so many collections. */
export function estateOf(collections: number, name = 'Payments'): { estate: Estate; workspaceId: string } {
  const estate = createEstate();
  const { id: workspaceId } = addWorkspace(estate, { name });
  for (let number = 1; number <= collections; number++) {
    addCollection(estate, workspaceId, collectionOf(`Collection ${number}`));
  }
  return { estate, workspaceId };
}

export function collectionOf(name: string) {
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  return { info: { name, schema }, item: [] };
}

/** The paths that were asked, with the name of one query parameter's value behind them where there is one. */
export function asked(api: PostmanApi, parameter = 'offset'): string[] {
  return api.requests.map(({ path }) => {
    const { pathname, searchParams } = new URL(path, api.url);
    const value = searchParams.get(parameter);
    return value === null ? pathname : `${pathname} ${value}`;
  });
}

type JsonObject = { [key: string]: Json };

/** Changes the answers to those requests whose path begins so; `count` tells the first of them (1) from later ones. */
export function rewriting(
  prefix: string,
  rewrite: (answer: JsonObject, count: number) => unknown,
): FaultHook {
  let count = 0;
  return ({ path }) => {
    if (!path.startsWith(prefix)) {
      return undefined;
    }
    const number = ++count;
    return { rewrite: (json) => rewrite(json as JsonObject, number) };
  };
}

/** Does something to the estate before each request whose path begins so; `count` as for `rewriting`. */
export function before(prefix: string, act: (count: number) => void): FaultHook {
  let count = 0;
  return ({ path }) => {
    if (path.startsWith(prefix)) {
      act(++count);
    }
    return undefined;
  };
}

export function listOf(answer: JsonObject, kind: string): Json[] {
  const list = answer[kind];
  if (!Array.isArray(list)) {
    throw new Error(`the answer has no list of ${kind}`);
  }
  return list;
}

export function refOf(uuid: string, rest: Partial<ResourceRef> = {}): ResourceRef {
  const workspace = { id: 'w', name: 'Payments' };
  return { kind: 'collections', uid: `48211907-${uuid}`, uuid, name: 'Ledger', workspace, ...rest };
}

export function names(refs: readonly { readonly name: string }[]): string[] {
  return refs.map(({ name }) => name);
}
