/** Creates a resource in a workspace. */
import { isSameJson, type JsonObject } from '../../json.ts';
import type { Kind, ResourceRef, Workspace } from '../../model.ts';
import type { KindEndpoints } from '../kinds/kind-endpoints.ts';
import { kindEndpoints } from '../kinds/registry.ts';
import { readRefs } from '../refs.ts';
import type { Api } from './api.ts';
import { type Created, createOnce } from './create-once.ts';

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
};

/** @throws KnownError */
export function createResource(api: Api, resource: NewResource): Promise<Created> {
  const { kind, workspace, path, body, envelope, name, sketch } = resource;
  const endpoints: KindEndpoints = kindEndpoints[kind];
  return createOnce(api, {
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
  });
}
