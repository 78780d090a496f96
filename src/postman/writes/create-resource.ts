/** Creates a resource in a workspace. */
import { isSameJson, type JsonObject } from '../../json.ts';
import type { Kind, ResourceRef, Workspace } from '../../model.ts';
import type { KindEndpoints } from '../kinds/kind-endpoints.ts';
import { kindEndpoints } from '../kinds/registry.ts';
import { readRefs } from '../refs.ts';
import type { Api, Refused, Unclear } from './api.ts';
import { type Created, createOnce, type Draft } from './create-once.ts';

type NewResource = {
  readonly kind: Kind;
  readonly workspace: Workspace;
  /** With the workspace in its query. */
  readonly path: string;
  readonly body: JsonObject;
  /** The key under which request and answer hold the body; some have none. */
  readonly envelope?: string;
  readonly name: string;
  /** What tells one body from another under the same name: the names of what is in it; of an empty one nothing. */
  sketch(body: unknown): readonly unknown[];
  /** Brings it to what was sent: its answer was lost, and it may be there without its content. */
  readonly settle?: (ref: ResourceRef) => Promise<void>;
};

/** @throws KnownError */
export async function createResource(api: Api, resource: NewResource): Promise<ResourceRef> {
  const created = await tryToCreate(api, resource);
  if (created.outcome !== 'created') {
    throw created.error;
  }
  return created.ref;
}

/** @returns why it was not created, when it was not. */
export async function tryToCreate(api: Api, resource: NewResource): Promise<Created | Refused | Unclear> {
  const created = await createOnce(api, draftOf(api, resource));
  if (created.outcome === 'created' && created.isFound) {
    await resource.settle?.(created.ref);
  }
  return created;
}

function draftOf(api: Api, resource: NewResource): Draft {
  const { kind, workspace, path, body, envelope, name, sketch } = resource;
  const endpoints: KindEndpoints = kindEndpoints[kind];
  return {
    place: `${kind}/${workspace.id}`,
    path,
    name,
    body: envelope === undefined ? body : { [envelope]: body },
    ...(envelope === undefined ? {} : { envelope }),
    list: () => endpoints.list(api.get, { ...workspace, content: undefined }),
    refOf: (row): ResourceRef | undefined => readRefs({ kind, workspace }, { [kind]: [row] }).refs[0],
    async isOurs(ref) {
      const found = sketch(ref.body ?? (await endpoints.fetch(api.get, ref)));
      return found.length === 0 || isSameJson(found, sketch(body));
    },
  };
}
