/** Postman as bodies in memory that can be written: a source and a target over the same team. */
import type { Source, Target } from '../../src/commands/ports.ts';
import { KnownError } from '../../src/errors.ts';
import { isObject, type JsonObject, mapKey } from '../../src/json.ts';
import type { Kind, ResourceRef, Workspace } from '../../src/model.ts';

export type FakeTeam = {
  readonly source: Source;
  readonly target: Target;
  readonly workspaces: Workspace[];
  /** Uid → what is there. */
  readonly resources: Map<string, { ref: ResourceRef; body: JsonObject }>;
  /** `create collections Orders`, in the order in which it was written. */
  readonly written: string[];
  /** What writing something of this name fails with. */
  readonly failures: Map<string, KnownError>;
  /** The next one fails after it was made, as far as `keep` says. */
  keepOnFailure: (body: JsonObject) => JsonObject | undefined;
  put(kind: Kind, workspace: Workspace, uuid: string, body: JsonObject): ResourceRef;
  bodyOf(kind: Kind, name: string): JsonObject | undefined;
};

export function createFakeTeam(): FakeTeam {
  let count = 0;
  const newId = () => `${String(++count).padStart(8, '0')}-1111-4000-8000-000000000000`;

  const write = (what: string, name: string) => {
    team.written.push(what);
    const failure = team.failures.get(name);
    if (failure !== undefined) {
      throw failure;
    }
  };

  const team: FakeTeam = {
    ...{ workspaces: [], resources: new Map(), written: [], failures: new Map() },
    keepOnFailure: () => undefined,
    put(kind, workspace, uuid, body) {
      const name = nameOf(body) ?? workspace.name;
      const ref = { kind, uuid, uid: kind === 'globals' ? uuid : `42-${uuid}`, name, workspace };
      team.resources.set(ref.uid, { ref, body });
      return ref;
    },
    bodyOf: (kind, name) =>
      [...team.resources.values()].find(({ ref }) => ref.kind === kind && ref.name === name)?.body,
    source: {
      list: async ({ workspaces, kinds }) => {
        const found = team.workspaces.filter(
          ({ id, name }) => workspaces.length === 0 || workspaces.includes(id) || workspaces.includes(name),
        );
        if (found.length === 0) {
          throw new KnownError('WORKSPACE_NOT_FOUND', `There is no workspace "${workspaces[0]}".`);
        }
        const all = [...team.resources.values()].map(({ ref }) => ref);
        const listings = found.flatMap((workspace) =>
          kinds.map((kind) => ({
            ...{ kind, workspace },
            refs: all.filter((ref) => ref.kind === kind && ref.workspace.id === workspace.id),
          })),
        );
        return { workspaces: found, listings };
      },
      fetch: async (ref) => team.resources.get(ref.uid)?.body,
      quota: async () => undefined,
    },
    target: {
      createWorkspace: async ({ name }) => {
        write(`create workspace ${name}`, name);
        const workspace = { id: newId(), name };
        team.workspaces.push(workspace);
        return workspace;
      },
      removeWorkspace: async (id) => {
        const index = team.workspaces.findIndex((workspace) => workspace.id === id);
        const name = team.workspaces[index]?.name ?? '';
        write(`remove workspace ${name}`, name);
        team.workspaces.splice(index, 1);
      },
      create: async (kind, workspace, body) => {
        const uuid = newId();
        const made = withIds(kind, uuid, isObject(body) ? body : {});
        try {
          write(`create ${kind} ${nameOf(made)}`, nameOf(made) ?? '');
        } catch (error) {
          const kept = team.keepOnFailure(made);
          if (kept !== undefined) {
            team.put(kind, workspace, uuid, kept);
          }
          throw error;
        }
        return team.put(kind, workspace, uuid, made);
      },
      replace: async (ref, body) => {
        write(`replace ${ref.kind} ${ref.name}`, ref.name);
        const made = isObject(body) ? body : {};
        team.put(
          ref.kind,
          ref.workspace,
          ref.uuid,
          ref.kind === 'globals' ? made : withIds(ref.kind, ref.uuid, made),
        );
      },
      remove: async () => undefined,
    },
  };
  return team;
}

function nameOf(body: JsonObject): string | undefined {
  const name = isObject(body['info']) ? body['info']['name'] : body['name'];
  return typeof name === 'string' ? name : undefined;
}

function withIds(kind: Kind, uuid: string, body: JsonObject): JsonObject {
  if (kind === 'collections') {
    return mapKey(body, 'info', (info) => ({ ...(isObject(info) ? info : {}), _postman_id: uuid }));
  }
  if (kind === 'mocks') {
    return { id: uuid, mockUrl: `https://${uuid}.mock.example`, config: {}, ...body };
  }
  return { id: uuid, ...body };
}
