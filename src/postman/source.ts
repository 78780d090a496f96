/** Postman as a source of resources: lists workspaces and what is in them, fetches bodies, knows the quota. */
import * as z from 'zod';
import { KnownError } from '../errors.ts';
import type { HttpClient } from '../http/client.ts';
import type { Inventory, Kind, Listing, Quota, ResourceRef, Workspace } from '../model.ts';
import { isOfOneAnswer, translatingErrors } from './errors.ts';
import type { KindEndpoints } from './kinds/kind-endpoints.ts';
import { kindEndpoints } from './kinds/registry.ts';
import { listResources } from './list-resources.ts';
import { createMemory } from './remember.ts';
import { resolveWorkspaces } from './workspaces.ts';

export type Scope = {
  /** Ids or exact names; empty: every workspace but personal ones. */
  readonly workspaces: readonly string[];
  readonly kinds: readonly Kind[];
};

/** Sends a GET to the Postman API. @throws KnownError */
export type Get = (path: string, headers?: Readonly<Record<string, string>>) => Promise<unknown>;

const Me = z.looseObject({
  operations: z
    .array(
      z
        .looseObject({ name: z.string(), limit: z.number(), usage: z.number() })
        .catch({ name: '', limit: 0, usage: 0 }),
    )
    .optional(),
});

// What `GET /me` shows as the limit of a plan that has none.
const UNLIMITED = 99_999_999;

/** Several backups may share one source: within a run, no list and no workspace is asked for twice. */
export function createPostmanSource(client: HttpClient, options: { readonly region: 'us' | 'eu' }) {
  const get: Get = (path, headers = {}) =>
    translatingErrors(options.region, async () => (await client.request({ path, headers })).json);
  const rememberAnswer = createMemory<unknown>();
  const rememberListing = createMemory<Listing>(({ doubt }) => doubt === undefined);
  const getOnce: Get = (path) => rememberAnswer(path, () => get(path));

  /** @throws KnownError WORKSPACE_NOT_FOUND, WORKSPACE_AMBIGUOUS, or what stands in the way of listing at all. */
  async function list(scope: Scope): Promise<Inventory> {
    const workspaces = await resolveWorkspaces(getOnce, scope);
    const listings: Listing[] = [];
    for (const workspace of workspaces) {
      for (const kind of scope.kinds) {
        const ask = () => listResources(get, { kind, workspace });
        listings.push(await rememberListing(`${kind}/${workspace.id}`, ask));
      }
    }
    return { workspaces: workspaces.map(({ id, name }): Workspace => ({ id, name })), listings };
  }

  /**
   * @returns the resource's body, without the envelope that the API puts around it.
   * @throws KnownError RESOURCE_NOT_FOUND, RESOURCE_INVALID, or why Postman cannot be asked.
   */
  async function fetchBody(ref: ResourceRef): Promise<unknown> {
    const endpoints: KindEndpoints = kindEndpoints[ref.kind];
    return ref.body === undefined ? endpoints.fetch(get, ref) : ref.body;
  }

  /** @returns what is left of the month's API calls; nothing when the plan has no limit or the key is not told. */
  async function quota(): Promise<Quota | undefined> {
    const me = Me.safeParse(await getUnlessRefused('me'));
    const usage = me.data?.operations?.find(({ name }) => name === 'api_usage');
    if (usage === undefined || usage.limit >= UNLIMITED) {
      return undefined;
    }
    return { limit: usage.limit, left: Math.max(0, usage.limit - usage.usage) };
  }

  /** The quota is good to know; a backup does not fail for it. */
  async function getUnlessRefused(path: string): Promise<unknown> {
    try {
      return await getOnce(path);
    } catch (error) {
      if (error instanceof KnownError && isOfOneAnswer(error)) {
        return undefined;
      }
      throw error;
    }
  }

  return { list, fetch: fetchBody, quota };
}
