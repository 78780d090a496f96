/** Turns the short form of a team into an estate of the stand-in for the Postman API. */
import {
  addCollection,
  addEnvironment,
  addWorkspace,
  createEstate,
  walkItems,
} from '../../demo/postman-api/estate.mjs';
import { addApi, addMock, addMonitor, addSpec } from '../../demo/postman-api/estate-kinds.mjs';
import { uuidFrom } from '../../demo/postman-api/ids.mjs';
import type { CollectionBody, Estate, Item, Variable } from '../../demo/postman-api/types.d.mts';
import { type Collection, type Team, uuidOf, type Variables, type Workspace } from './postman-file.ts';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/** @param editedAt says when a resource was changed last. */
export function buildEstate(team: Team, editedAt: (resource: { readonly id: string }) => string): Estate {
  const estate = createEstate({ seed: 'scenario' });
  for (const workspace of team.workspaces) {
    const { name, type = 'team', description = '', globals = {} } = workspace;
    const id = uuidOf(workspace.id);
    addWorkspace(estate, { id, name, type, description, globals: variablesOf(globals) });
    fillWorkspace(estate, id, { workspace, editedAt });
  }
  return estate;
}

type Contents = {
  readonly workspace: Workspace;
  readonly editedAt: (resource: { readonly id: string }) => string;
};

function fillWorkspace(estate: Estate, workspaceId: string, { workspace, editedAt }: Contents): void {
  const { collections = [], environments = [], specs = [], apis = [], mocks = [], monitors = [] } = workspace;
  const settle = (stored: Stored, resource: { readonly id: string; readonly owner?: number | undefined }) => {
    if (stored.uuid !== uuidOf(resource.id)) {
      throw new Error(`Two resources of a case have the id ${resource.id}.`);
    }
    stamp(stored, { at: editedAt(resource), owner: resource.owner });
  };
  for (const one of collections) {
    settle(addCollection(estate, workspaceId, bodyOf(one)), one);
  }
  for (const one of environments) {
    const { id, name, values = {} } = one;
    settle(addEnvironment(estate, workspaceId, { id: uuidOf(id), name, values: variablesOf(values) }), one);
  }
  for (const one of specs) {
    const { id, name, type = 'OPENAPI:3.0', files } = one;
    settle(addSpec(estate, workspaceId, { id: uuidOf(id), name, type, files: filesOf(files) }), one);
  }
  for (const one of apis) {
    const schemas = [{ type: 'openapi:3', files: filesOf(one.files) }];
    const attached = (one.collections ?? []).map((name) => bodyOf({ id: one.id, name }));
    const api = { id: uuidOf(one.id), name: one.name, schemas, collections: attached };
    settle(addApi(estate, workspaceId, api), one);
  }
  for (const one of mocks) {
    const mock = { id: uuidOf(one.id), name: one.name, collection: uuidOf(one.collection) };
    settle(addMock(estate, workspaceId, mock), one);
  }
  for (const one of monitors) {
    const settings = { schedule: { cron: '0 6 * * *', timezone: 'Europe/Stockholm' } };
    const monitor = { id: uuidOf(one.id), name: one.name, collection: uuidOf(one.collection), settings };
    settle(addMonitor(estate, workspaceId, monitor), one);
  }
}

type Stored = {
  readonly uuid: string;
  owner: string;
  createdAt: string;
  updatedAt: string;
  editedAt: string;
};

function stamp(stored: Stored, { at, owner }: { at: string; owner: number | undefined }): void {
  stored.updatedAt = at;
  stored.editedAt = at;
  if (owner !== undefined) {
    stored.owner = String(owner);
  }
}

/** One request, unless the case brings its own. */
function bodyOf({ id, name, description, variables, body = {} }: Collection): CollectionBody {
  const uuid = uuidOf(id);
  const about = description === undefined ? {} : { description };
  const item: Item[] = [{ name: 'Ping', request: { method: 'GET', url: 'https://api.example/ping' } }];
  const info = { _postman_id: uuid, name, ...about, schema: SCHEMA };
  const variable = variables === undefined ? {} : { variable: variablesOf(variables) };
  const whole: CollectionBody = { info, item, ...variable, ...structuredClone(body) };
  giveIds(whole, uuid);
  return whole;
}

/** Ids of their own for the items of each collection: those that the estate draws depend on what else there is. */
function giveIds({ item }: CollectionBody, uuid: string): void {
  let count = 0;
  const nextId = () => uuidFrom(`${uuid}/${++count}`);
  for (const one of walkItems(item)) {
    one.id ??= nextId();
    for (const response of one.response ?? []) {
      response.id ??= nextId();
    }
  }
}

function variablesOf(variables: Variables): Variable[] {
  return Object.entries(variables).map(([key, value]) =>
    typeof value === 'string'
      ? { key, value, type: 'default', enabled: true }
      : { key, value: value.secret, type: 'secret', enabled: true },
  );
}

function filesOf(files: Readonly<Record<string, string>>) {
  return Object.entries(files).map(([path, content]) => ({ path, content }));
}
