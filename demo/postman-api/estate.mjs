/** Builds and edits an estate: the workspaces, collections and environments of a Postman team, as plain data. */

/** @import { CollectionBody, EnvironmentBody, Estate, Item, StoredCollection, StoredEnvironment, StoredWorkspace, User, Variable, Visibility } from './types.mjs' */

import { isUuid, uuidFrom } from './ids.mjs';

const STEP_MS = 60_000;

/** @type {User} */
const sampleUser = {
  id: 48_211_907,
  username: 'mara-lindqvist',
  fullName: 'Mara Lindqvist',
  email: 'mara.lindqvist@example.com',
  teamName: 'Kittiwake',
};

/**
 * @param {{ seed?: string, now?: string, user?: User }} [options] `now`: where the estate's clock starts.
 * @returns {Estate} an empty estate.
 */
export function createEstate({ seed = 'estate', now = '2026-03-02T08:00:00.000Z', user = sampleUser } = {}) {
  const elements = { collections: [], environments: [], specs: [], mocks: [], monitors: [], apis: [] };
  return { user, workspaces: [], ...elements, now, seed, idsDrawn: 0 };
}

/**
 * @param {Estate} estate
 * @param {{ id?: string, name: string, type?: Visibility, description?: string, globals?: Variable[] }} workspace
 * @returns {StoredWorkspace}
 */
export function addWorkspace(estate, { id, name, type = 'team', description = '', globals = [] }) {
  const at = nextMoment(estate);
  const stored = { id: id ?? drawId(estate), name, type, description, createdAt: at, updatedAt: at, globals };
  estate.workspaces.push(stored);
  return stored;
}

/**
 * Stores a collection. Its id is the one in the body when that is a uuid that is free; items and responses
 * without an id get one, as in Postman.
 * @param {Estate} estate
 * @param {string} workspaceId
 * @param {CollectionBody} body
 * @returns {StoredCollection}
 */
export function addCollection(estate, workspaceId, body) {
  const stored = storeCollection(estate, workspaceId, body);
  giveItemIds(estate, stored.body.item);
  return stored;
}

/** @param {Estate} estate @param {string} uuid @param {string} name */
export function renameCollection(estate, uuid, name) {
  editCollection(estate, uuid, (body) => setName(body, name));
}

/**
 * @param {Estate} estate
 * @param {string} uuid
 * @param {(body: CollectionBody) => void} edit changes the body in place.
 * @param {{ touch?: boolean }} [options] `touch: false`: the list's `updatedAt` does not move
 *   (postman-app-support#13034).
 */
export function editCollection(estate, uuid, edit, { touch = true } = {}) {
  const stored = storedIn(estate.collections, uuid, 'collection');
  edit(stored.body);
  markEdited(estate, stored, touch);
}

/** @param {Estate} estate @param {string} uuid */
export function removeCollection(estate, uuid) {
  removeFrom(estate, estate.collections, storedIn(estate.collections, uuid, 'collection'));
}

/**
 * @param {Estate} estate
 * @param {string} workspaceId
 * @param {EnvironmentBody} body
 * @returns {StoredEnvironment}
 */
export function addEnvironment(estate, workspaceId, body) {
  const uuid = freeId(estate, body['id']);
  const stored = { ...stamp(estate, workspaceId, uuid), body: { ...structuredClone(body), id: uuid } };
  estate.environments.push(stored);
  return stored;
}

/** @param {Estate} estate @param {string} uuid @param {string} name */
export function renameEnvironment(estate, uuid, name) {
  editEnvironment(estate, uuid, (body) => {
    body.name = name;
  });
}

/**
 * @param {Estate} estate
 * @param {string} uuid
 * @param {(body: EnvironmentBody) => void} edit
 * @param {{ touch?: boolean }} [options] as for `editCollection`.
 */
export function editEnvironment(estate, uuid, edit, { touch = true } = {}) {
  const stored = storedIn(estate.environments, uuid, 'environment');
  edit(stored.body);
  markEdited(estate, stored, touch);
}

/** @param {Estate} estate @param {string} uuid */
export function removeEnvironment(estate, uuid) {
  removeFrom(estate, estate.environments, storedIn(estate.environments, uuid, 'environment'));
}

/**
 * An estate of one workspace that holds parsed files (exports, of any schema version) as they are: only a
 * missing or taken id is replaced.
 * @param {readonly unknown[]} files collection and environment bodies.
 * @param {{ seed?: string, workspace?: string }} [options] `workspace`: its name.
 * @returns {Estate}
 */
export function estateFromFiles(files, { seed = 'files', workspace = 'Files' } = {}) {
  const estate = createEstate({ seed });
  const { id } = addWorkspace(estate, { name: workspace });
  for (const file of files) {
    const body = unwrap(file);
    if (isEnvironmentBody(body)) {
      addEnvironment(estate, id, body);
    } else {
      storeCollection(estate, id, body);
    }
  }
  return estate;
}

/**
 * The first item of this name, at any depth.
 * @param {{ item?: Item[] }} parent a collection body or a folder.
 * @param {string} name
 * @returns {Item}
 */
export function findItem(parent, name) {
  for (const item of walkItems(parent.item)) {
    if (item.name === name) {
      return item;
    }
  }
  throw new Error(`no item "${name}"`);
}

/**
 * Every item below, folders included.
 * @param {unknown} items
 * @returns {Generator<Item>}
 */
export function* walkItems(items) {
  if (!Array.isArray(items)) {
    return;
  }
  for (const item of items) {
    if (!isRecord(item)) {
      continue;
    }
    yield item;
    yield* walkItems(item['item']);
  }
}

/** @param {CollectionBody} body @returns {string} */
export function nameOf(body) {
  const name = isRecord(body.info) ? body.info.name : body['name'];
  return typeof name === 'string' ? name : '';
}

/** Draws ids for the items and responses that have none. @param {Estate} estate @param {unknown} items */
export function giveItemIds(estate, items) {
  for (const item of walkItems(items)) {
    item.id ??= drawId(estate);
    if (!Array.isArray(item.response)) {
      continue;
    }
    for (const response of item.response) {
      if (isRecord(response)) {
        response['id'] ??= drawId(estate);
      }
    }
  }
}

/** @param {Estate} estate @param {{ updatedAt: string, editedAt: string }} stored @param {boolean} [touch] */
export function markEdited(estate, stored, touch = true) {
  stored.editedAt = nextMoment(estate);
  if (touch) {
    stored.updatedAt = stored.editedAt;
  }
}

/**
 * @template {{ uuid: string }} T
 * @param {readonly T[]} list
 * @param {string} uuid
 * @param {string} what to call it when it is not there
 * @returns {T}
 */
export function storedIn(list, uuid, what) {
  const stored = list.find((one) => one.uuid === uuid);
  if (stored === undefined) {
    throw new Error(`no ${what} ${uuid}`);
  }
  return stored;
}

/** @template T @param {Estate} estate @param {T[]} list @param {T} stored */
export function removeFrom(estate, list, stored) {
  list.splice(list.indexOf(stored), 1);
  nextMoment(estate);
}

/** What every element has. @param {Estate} estate @param {string} workspaceId @param {string} uuid */
export function stamp(estate, workspaceId, uuid) {
  const at = nextMoment(estate);
  return { workspaceId, uuid, owner: String(estate.user.id), createdAt: at, updatedAt: at, editedAt: at };
}

/** @param {Estate} estate @param {unknown} wanted @returns {string} the wanted id when it is a uuid that is free. */
export function freeId(estate, wanted) {
  const { collections, environments, specs, mocks, monitors, apis } = estate;
  const all = [collections, environments, specs, mocks, monitors, apis].flat();
  return isUuid(wanted) && !all.some(({ uuid }) => uuid === wanted) ? wanted : drawId(estate);
}

/** @param {Estate} estate */
export function drawId(estate) {
  estate.idsDrawn += 1;
  return uuidFrom(`${estate.seed}/${estate.idsDrawn}`);
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
export function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * What a request sends inside its envelope; nothing, when that is no object.
 * @param {unknown} body @param {string} envelope @returns {Record<string, unknown>}
 */
export function sentIn(body, envelope) {
  const sent = isRecord(body) ? body[envelope] : undefined;
  return isRecord(sent) ? sent : {};
}

/** @param {Estate} estate @param {string} workspaceId @param {CollectionBody} body @returns {StoredCollection} */
function storeCollection(estate, workspaceId, body) {
  const own = structuredClone(body);
  const uuid = freeId(estate, isRecord(own.info) ? own.info._postman_id : own['id']);
  if (isRecord(own.info)) {
    own.info = { ...own.info, _postman_id: uuid };
  }
  const stored = { ...stamp(estate, workspaceId, uuid), body: own };
  estate.collections.push(stored);
  return stored;
}

/** @param {Estate} estate @returns {string} the moment of a write. */
export function nextMoment(estate) {
  estate.now = new Date(Date.parse(estate.now) + STEP_MS).toISOString();
  return estate.now;
}

/** @param {CollectionBody} body @param {string} name */
function setName(body, name) {
  if (isRecord(body.info)) {
    body.info.name = name;
  } else {
    body['name'] = name;
  }
}

/** Some saved files are whole API answers: `{"collection": …}`. @param {unknown} file */
function unwrap(file) {
  if (!isRecord(file)) {
    throw new TypeError('not a collection or an environment');
  }
  const inner = file['collection'] ?? file['environment'];
  return isRecord(inner) ? inner : file;
}

/** @param {Record<string, unknown>} body */
function isEnvironmentBody(body) {
  return Array.isArray(body['values']) && body['info'] === undefined && body['requests'] === undefined;
}
