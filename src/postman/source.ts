/** Postman as a source of resources: lists workspaces and what is in them, fetches bodies, knows the quota. */
import { KnownError } from '../errors.ts';
import type { HttpClient } from '../http/client.ts';
import type { Inventory, Kind, Listing, Quota, ResourceRef, Workspace } from '../model.ts';
import { isOfOneAnswer, translatingErrors } from './errors.ts';
import type { KindEndpoints } from './kinds/kind-endpoints.ts';
import { kindEndpoints } from './kinds/registry.ts';
import { listResources } from './list-resources.ts';
import { createQuotaGauge } from './quota.ts';
import { createMemory } from './remember.ts';
import { resolveWorkspaces } from './workspaces.ts';

export type Scope = {
  /** Ids or exact names; empty: every workspace but personal ones. */
  readonly workspaces: readonly string[];
  readonly kinds: readonly Kind[];
};

/** Sends a GET to the Postman API. @throws KnownError */
export type Get = (path: string, headers?: Readonly<Record<string, string>>) => Promise<unknown>;

/** Several backups may share one source: within a run, no list and no workspace is asked for twice. */
export function createPostmanSource(client: HttpClient, options: { readonly region: 'us' | 'eu' }) {
  const gauge = createQuotaGauge(client.sent);
  const get: Get = async (path, headers = {}) => {
    try {
      return await translatingErrors(options.region, async () => {
        const answer = await client.request({ path, headers });
        gauge.hearHeaders(answer.headers);
        return answer.json;
      });
    } catch (error) {
      if (error instanceof KnownError && error.code === 'POSTMAN_QUOTA_EXHAUSTED') {
        gauge.hearRefusal();
      }
      throw error;
    }
  };
  const rememberAnswer = createMemory<unknown>();
  const rememberQuota = createMemory<Quota | undefined>();
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

  /** @returns what was left of the month's API calls when it was asked first; nothing when that is not known. */
  async function quota(): Promise<Quota | undefined> {
    return rememberQuota('me', async () => {
      gauge.hearMe(await getUnlessRefused('me'));
      return gauge.read();
    });
  }

  /** The quota is good to know; a backup does not fail for it. */
  async function getUnlessRefused(path: string): Promise<unknown> {
    try {
      return await get(path);
    } catch (error) {
      if (error instanceof KnownError && isOfOneAnswer(error)) {
        return undefined;
      }
      throw error;
    }
  }

  return { list, fetch: fetchBody, quota, quotaLeft: gauge.read };
}
