/** What a kind of resource has to tell, so that it can be written. */
import type { JsonObject } from '../../json.ts';
import type { ResourceRef, Workspace } from '../../model.ts';
import type { Api } from './api.ts';

export type KindWrites = {
  /** @param body without ids of its own; it refers to others by their uids. */
  create(api: Api, workspace: Workspace, body: JsonObject): Promise<ResourceRef>;
  /** @param body with the ids of what it keeps. */
  replace(api: Api, ref: ResourceRef, body: JsonObject): Promise<void>;
  /** One that is gone already is removed. */
  remove(api: Api, ref: ResourceRef): Promise<void>;
};
