/** `POST /workspaces`, `PUT /workspaces/{id}`: what a workspace says of itself. */
import * as z from 'zod';
import type { JsonObject } from '../../json.ts';
import type { ResourceRef, Workspace } from '../../model.ts';
import { pathSegment } from '../path-segment.ts';
import { listWorkspaces } from '../workspaces.ts';
import { type Api, doneOrThrow, removeAt, sendUntilClear } from './api.ts';
import { createOnce } from './create-once.ts';
import type { KindWrites } from './kind-writes.ts';
import { nameOf } from './name-of.ts';
import { pick } from './pick.ts';

const FIELDS = ['name', 'description', 'about'];
// The team sees it. Private ones are not in every plan (OpenAPI 1.45.0, createWorkspace).
const TYPE = 'team';

const Row = z.looseObject({ id: z.string(), name: z.string() });

export const workspaces: KindWrites = {
  create: (api, _workspace, body) => create(api, body),
  /** Who may see it stays as it is: that is nothing to be set by the way. */
  async replace(api, ref, body) {
    const path = `workspaces/${pathSegment(ref.uuid)}`;
    doneOrThrow(await sendUntilClear(api, { method: 'PUT', path, body: { workspace: pick(body, FIELDS) } }));
  },
  /** With all that is in it. */
  remove: (api, ref) => removeWorkspace(api, ref.uuid),
};

export async function createWorkspace(api: Api, draft: JsonObject): Promise<Workspace> {
  return (await create(api, draft)).workspace;
}

/** What is not there is answered with 400 and `instanceNotFoundError` here (OpenAPI 1.45.0, deleteWorkspace). */
export function removeWorkspace(api: Api, id: string): Promise<void> {
  return removeAt(api, `workspaces/${pathSegment(id)}`);
}

async function create(api: Api, draft: JsonObject): Promise<ResourceRef> {
  const created = await createOnce(api, {
    place: 'workspaces',
    path: 'workspaces',
    body: { workspace: { ...pick(draft, FIELDS), type: TYPE } },
    envelope: 'workspace',
    name: nameOf(draft),
    list: async () => ({ refs: (await listWorkspaces(api.get)).map(refOf) }),
    refOf: (row) => {
      const created = Row.safeParse(row).data;
      return created === undefined ? undefined : refOf(created);
    },
    isOurs: () => Promise.resolve(true),
  });
  if (created.outcome !== 'created') {
    throw created.error;
  }
  return created.ref;
}

function refOf({ id, name }: z.infer<typeof Row>): ResourceRef {
  return { kind: 'workspaces', uid: id, uuid: id, name, workspace: { id, name } };
}
