/** A workspace of Postman as bodies in memory, which can be read and written. */
import type { Source, Target } from '../../src/commands/ports.ts';
import { KnownError } from '../../src/errors.ts';
import { isObject, type JsonObject } from '../../src/json.ts';
import type { Kind, ResourceRef, Workspace } from '../../src/model.ts';

type Held = { readonly kind: Kind; readonly uuid: string; readonly workspace: Workspace; body: JsonObject };

export type FakeTeam = {
  readonly source: Source;
  readonly target: Target;
  readonly workspaces: Workspace[];
  readonly resources: Held[];
  /** What was written, in order: `replace collections Orders`. */
  readonly writes: string[];
  /** How many questions were asked. */
  asked: number;
  add(kind: Kind, body: JsonObject, workspace?: Workspace): Held;
  /** Called before each write. */
  beforeWrite: () => void;
  /** Called after each write was done, and before its answer. */
  afterWrite: () => void;
};

const PAYMENTS: Workspace = { id: 'f0000000-0000-4000-8000-000000000000', name: 'Payments' };

export function createFakeTeam(): FakeTeam {
  let count = 0;
  const newId = () => `${(++count).toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;

  function hold(kind: Kind, workspace: Workspace, body: JsonObject): Held {
    const uuid = kind === 'globals' ? workspace.id : newId();
    const held = { kind, uuid, workspace, body: settle(kind, uuid, body, newId) };
    team.resources.push(held);
    return held;
  }

  function find({ kind, uuid }: Pick<ResourceRef, 'kind' | 'uuid'>): Held {
    const held = team.resources.find((one) => one.kind === kind && one.uuid === uuid);
    if (held === undefined) {
      throw new KnownError('RESOURCE_NOT_FOUND', `Postman does not have ${kind} ${uuid}.`);
    }
    return held;
  }

  function write(what: string, change: () => void): void {
    team.beforeWrite();
    change();
    team.writes.push(what);
    team.afterWrite();
  }

  const team: FakeTeam = {
    ...{ workspaces: [PAYMENTS], resources: [], writes: [], asked: 0 },
    ...{ beforeWrite: () => undefined, afterWrite: () => undefined },
    add: (kind, body, workspace = PAYMENTS) => hold(kind, workspace, body),
    source: {
      list: async ({ workspaces, kinds }) => {
        team.asked += 1;
        const asked = team.workspaces.filter(
          ({ id, name }) => workspaces.length === 0 || workspaces.includes(id) || workspaces.includes(name),
        );
        const listings = asked.flatMap((workspace) =>
          kinds.map((kind) => {
            const its = team.resources.filter(
              (one) => one.kind === kind && one.workspace.id === workspace.id,
            );
            return { kind, workspace, refs: its.map(refOf) };
          }),
        );
        return { workspaces: asked, listings };
      },
      fetch: async (ref) => {
        team.asked += 1;
        return structuredClone(find(ref).body);
      },
      quota: async () => undefined,
    },
    target: {
      createWorkspace: async () => PAYMENTS,
      removeWorkspace: async () => undefined,
      create: async (kind, workspace, body) => {
        let held: Held | undefined;
        write(`create ${kind} ${nameOf(body as JsonObject)}`, () => {
          held = hold(kind, workspace, structuredClone(body) as JsonObject);
        });
        return refOf(held as Held);
      },
      replace: async (ref, body) => {
        const held = find(ref);
        write(`replace ${ref.kind} ${nameOf(held.body)}`, () => {
          held.body = settle(ref.kind, ref.uuid, structuredClone(body) as JsonObject, newId);
        });
      },
      remove: async (ref) => {
        write(`remove ${ref.kind} ${ref.name}`, () => {
          team.resources.splice(team.resources.indexOf(find(ref)), 1);
        });
      },
    },
  };
  return team;
}

function refOf({ kind, uuid, workspace, body }: Held): ResourceRef {
  return { kind, uuid, uid: `42-${uuid}`, name: nameOf(body), workspace };
}

function nameOf({ info, name }: JsonObject): string {
  return String(isObject(info) ? info['name'] : (name ?? 'Globals'));
}

/** What Postman makes of a body: each thing has an id, and what is new gets one. Files of specs are listed. */
function settle(kind: Kind, uuid: string, body: JsonObject, newId: () => string): JsonObject {
  if (kind !== 'collections') {
    return { ...body, ...(kind === 'globals' ? {} : { id: uuid }) };
  }
  const withIds = (node: JsonObject): JsonObject => ({
    ...node,
    ...Object.fromEntries(
      (['item', 'response'] as const).flatMap((list) => {
        const entries = node[list];
        return Array.isArray(entries)
          ? [[list, entries.map((one: JsonObject) => withIds({ id: newId(), ...one }))] as const]
          : [];
      }),
    ),
  });
  const info = { ...(isObject(body['info']) ? body['info'] : {}), _postman_id: uuid };
  return withIds({ ...body, info });
}
