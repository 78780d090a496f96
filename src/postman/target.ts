/** Postman as a target: creates, replaces and removes resources, each once, however unclear the answers are. */
import type { HttpClient } from '../http/client.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Kind, ResourceRef, Workspace } from '../model.ts';
import { type ApiOptions, createApi } from './writes/api.ts';
import { kindWrites } from './writes/registry.ts';
import { createWorkspace, removeWorkspace } from './writes/workspaces.ts';

/**
 * Every method throws KnownError: NOT_WRITABLE for what the API cannot write, POSTMAN_WRITE_REFUSED when nothing was
 * written, POSTMAN_WRITE_INCOMPLETE (`IncompleteWrite`) when a part was, RESOURCE_NOT_FOUND when there is nothing to
 * replace, or why Postman cannot be asked.
 */
export function createPostmanTarget(client: HttpClient, options: ApiOptions) {
  const api = createApi(client, options);
  return {
    createWorkspace: (draft: { readonly name: string; readonly description?: string }): Promise<Workspace> =>
      createWorkspace(api, draft),
    removeWorkspace: (id: string): Promise<void> => removeWorkspace(api, id),
    create: (kind: Kind, workspace: Workspace, body: unknown): Promise<ResourceRef> =>
      kindWrites[kind].create(api, workspace, objectOf(body)),
    replace: (ref: ResourceRef, body: unknown): Promise<void> =>
      kindWrites[ref.kind].replace(api, ref, objectOf(body)),
    remove: (ref: ResourceRef): Promise<void> => kindWrites[ref.kind].remove(api, ref),
  };
}

/** What is no object is left to Postman to refuse. */
function objectOf(body: unknown): JsonObject {
  return isObject(body) ? body : {};
}
