/** Postman as plain data in memory, and a source that reads it. */
import type { Source } from '../../src/commands/ports.ts';
import type { KnownError } from '../../src/errors.ts';
import type { Inventory, Kind, Quota, ResourceRef, Workspace } from '../../src/model.ts';

export type Resource = {
  readonly kind: Kind;
  readonly uuid: string;
  name: string;
  workspace: Workspace;
  updatedAt: string;
  /** What a person would edit. */
  text: string;
  /** Of a spec, path → content. */
  files?: Readonly<Record<string, string>>;
  /** How many requests a collection has; default 1. */
  requests?: number;
  /** The value of its one secret variable. */
  secret?: string;
};

export type FakePostman = {
  readonly source: Source;
  readonly workspace: Workspace;
  readonly resources: Resource[];
  /** Uuids in the order in which their bodies were asked for. */
  readonly fetched: string[];
  /** What asking for a body fails with. */
  readonly failures: Map<string, KnownError>;
  add(name: string, fields?: Partial<Resource>): Resource;
  /** @param options.hidden the list does not show it (postman-app-support#13034). */
  edit(resource: Resource, fields: Partial<Resource>, options?: { readonly hidden?: boolean }): void;
  remove(resource: Resource): void;
  /** Makes the lists of a kind doubtful; `undefined` makes them whole again. */
  doubt(kind: Kind, reason: string | undefined): void;
  /** What `quota()` answers, or throws. */
  quota: Quota | KnownError | undefined;
  /** Called whenever something is asked. */
  onCall: () => void;
};

export function createFakePostman(): FakePostman {
  const workspace: Workspace = { id: 'f0000000-0000-4000-8000-000000000000', name: 'Payments' };
  const resources: Resource[] = [];
  const doubts = new Map<Kind, string>();
  let clock = 0;
  const now = () => new Date(Date.UTC(2026, 2, 1) + ++clock * 60_000).toISOString();

  function list({ kinds }: { readonly kinds: readonly Kind[] }): Inventory {
    const workspaces = [workspace, ...resources.map((one) => one.workspace)];
    const unique = [...new Map(workspaces.map((one) => [one.id, one])).values()];
    const listings = unique.flatMap((one) =>
      kinds.map((kind) => {
        const doubt = doubts.get(kind);
        const refs = resources.filter((other) => other.kind === kind && other.workspace.id === one.id);
        return { kind, workspace: one, refs: refs.map(refOf), ...(doubt === undefined ? {} : { doubt }) };
      }),
    );
    return { workspaces: unique, listings };
  }

  function fetchBody({ uuid }: ResourceRef): unknown {
    postman.fetched.push(uuid);
    const failure = postman.failures.get(uuid);
    if (failure !== undefined) {
      throw failure;
    }
    const resource = resources.find((one) => one.uuid === uuid);
    if (resource === undefined) {
      throw new Error(`nobody listed ${uuid}`);
    }
    return bodyOf(resource);
  }

  const postman: FakePostman = {
    ...{ workspace, resources, fetched: [], failures: new Map(), quota: undefined, onCall: () => undefined },
    source: {
      list: async (scope) => {
        postman.onCall();
        return list(scope);
      },
      fetch: async (ref) => {
        postman.onCall();
        return fetchBody(ref);
      },
      quota: async () => {
        if (postman.quota instanceof Error) {
          throw postman.quota;
        }
        return postman.quota;
      },
    },
    add(name, fields = {}) {
      const number = (resources.length + 1).toString(16).padStart(8, '0');
      const uuid = `${number}-0000-4000-8000-000000000000`;
      const text = `About ${name}.`;
      const resource = {
        kind: 'collections',
        uuid,
        name,
        workspace,
        updatedAt: now(),
        text,
        ...fields,
      } as const;
      resources.push(resource);
      return resource;
    },
    edit(resource, fields, { hidden = false } = {}) {
      Object.assign(resource, fields, hidden ? {} : { updatedAt: now() });
    },
    remove(resource) {
      resources.splice(resources.indexOf(resource), 1);
    },
    doubt(kind, reason) {
      if (reason === undefined) {
        doubts.delete(kind);
      } else {
        doubts.set(kind, reason);
      }
    },
  };
  return postman;
}

function refOf({ kind, uuid, name, workspace, updatedAt }: Resource): ResourceRef {
  return { kind, uuid, uid: `42-${uuid}`, name, workspace, updatedAt };
}

function bodyOf({ kind, uuid, name, text, secret, requests = 1, files = {} }: Resource): unknown {
  const variables = secret === undefined ? [] : [{ key: 'token', value: secret, type: 'secret' }];
  if (kind === 'environments') {
    return { id: uuid, name, values: [{ key: 'note', value: text, type: 'default' }, ...variables] };
  }
  if (kind === 'specs') {
    const listed = Object.entries(files).map(([path, content]) => ({ path, content, type: 'DEFAULT' }));
    return { id: uuid, name, type: 'OPENAPI:3.0', files: listed };
  }
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  const request = { method: 'GET', url: 'https://api.example/ping' };
  return {
    info: { _postman_id: uuid, name, schema, description: text, updatedAt: new Date().toISOString() },
    item: Array.from({ length: requests }, (_, index) => ({
      id: `${uuid}-${index + 1}`,
      name: 'Ping',
      request,
    })),
    variable: variables,
  };
}
