/** What a kind of resource has to tell, so that it can be listed and fetched. */
import type { ResourceRef, Workspace } from '../../model.ts';
import type { Get } from '../source.ts';

export type Listed = {
  readonly refs: readonly ResourceRef[];
  /** Why this is not all, or may not be. */
  readonly doubt?: string;
};

export type KindEndpoints = {
  /** Plans and regions exist that do not offer it: then its endpoints answer 403 or 404. */
  readonly optional?: true;
  /** Postman ended it for some: a workspace may name what its endpoints do not know any more. */
  readonly ended?: true;
  /** @param workspace with `content`: what `GET /workspaces/{id}` gave for it. */
  list(get: Get, workspace: Workspace & { readonly content: unknown }): Promise<Listed>;
  /** @returns the body, without the envelope of the API; not called for a ref that carries its `body`. */
  fetch(get: Get, ref: ResourceRef): Promise<unknown>;
};
