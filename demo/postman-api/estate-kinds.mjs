/** Adds specs, mocks, monitors and APIs to an estate, edits and removes them. */

/** @import { CollectionBody, Estate, GitInfo, MockConfig, MonitorSettings, ServerResponse, StoredApi, StoredFile, StoredMock, StoredMonitor, StoredSpec } from './types.mjs' */

import { drawId, freeId, giveItemIds, markEdited, removeFrom, stamp, storedIn } from './estate.mjs';

/**
 * `touch: false`: the list's `updatedAt` does not move, as for `editCollection`.
 * @typedef {{ touch?: boolean }} EditOptions
 * @typedef {{ path: string, content: string }} NewFile
 */

/** @type {MockConfig} */
const plainConfig = {
  headers: [],
  matchBody: false,
  matchQueryParams: true,
  matchWildcards: true,
  delay: null,
  serverResponseId: null,
};

/**
 * @param {Estate} estate
 * @param {string} workspaceId
 * @param {{ id?: string, name: string, type: string, files: readonly NewFile[] }} spec the first file is the root.
 * @returns {StoredSpec}
 */
export function addSpec(estate, workspaceId, { id, name, type, files }) {
  const base = stamp(estate, workspaceId, freeId(estate, id));
  /** @type {StoredSpec} */
  const stored = { ...base, name, type, files: [] };
  for (const file of files) {
    const role = stored.files.length === 0 ? 'ROOT' : 'DEFAULT';
    stored.files.push({ ...storedFile(estate, file, base.createdAt), type: role });
  }
  estate.specs.push(stored);
  return stored;
}

/** @param {Estate} estate @param {string} uuid @param {(spec: StoredSpec) => void} edit @param {EditOptions} [options] */
export function editSpec(estate, uuid, edit, { touch = true } = {}) {
  const stored = storedIn(estate.specs, uuid, 'spec');
  edit(stored);
  markEdited(estate, stored, touch);
}

/**
 * Writes a file of a spec; a path that is not there becomes a new file.
 * @param {Estate} estate
 * @param {string} uuid
 * @param {NewFile & EditOptions} file
 */
export function editSpecFile(estate, uuid, { path, content, touch = true }) {
  const stored = storedIn(estate.specs, uuid, 'spec');
  markEdited(estate, stored, touch);
  const file = stored.files.find((one) => one.path === path);
  if (file === undefined) {
    stored.files.push({ ...storedFile(estate, { path, content }, stored.editedAt), type: 'DEFAULT' });
    return;
  }
  file.content = content;
  file.updatedAt = stored.editedAt;
}

/** @param {Estate} estate @param {string} uuid */
export function removeSpec(estate, uuid) {
  removeFrom(estate, estate.specs, storedIn(estate.specs, uuid, 'spec'));
}

/**
 * @param {Estate} estate
 * @param {string} workspaceId
 * @param {{ id?: string, name: string, collection: string, environment?: string, isPublic?: boolean,
 *   config?: Partial<MockConfig>, serverResponses?: readonly Omit<ServerResponse, 'id'>[] }} mock the uuids of what
 *   it mocks. The first server response, if any, is the one that it always gives.
 * @returns {StoredMock}
 */
export function addMock(
  estate,
  workspaceId,
  { id, config = {}, serverResponses = [], isPublic = false, ...mock },
) {
  const base = stamp(estate, workspaceId, freeId(estate, id));
  const responses = serverResponses.map((response) => ({ ...response, id: drawId(estate) }));
  const serverResponseId = responses[0]?.id ?? null;
  const stored = {
    ...base,
    ...mock,
    isPublic,
    config: { ...plainConfig, serverResponseId, ...config },
    serverResponses: responses,
  };
  estate.mocks.push(stored);
  return stored;
}

/** @param {Estate} estate @param {string} uuid @param {(mock: StoredMock) => void} edit @param {EditOptions} [options] */
export function editMock(estate, uuid, edit, { touch = true } = {}) {
  const stored = storedIn(estate.mocks, uuid, 'mock');
  edit(stored);
  markEdited(estate, stored, touch);
}

/** @param {Estate} estate @param {string} uuid */
export function removeMock(estate, uuid) {
  removeFrom(estate, estate.mocks, storedIn(estate.mocks, uuid, 'mock'));
}

/**
 * @param {Estate} estate
 * @param {string} workspaceId
 * @param {{ id?: string, name: string, collection: string, environment?: string, active?: boolean,
 *   settings: MonitorSettings }} monitor the uuids of what it runs.
 * @returns {StoredMonitor}
 */
export function addMonitor(estate, workspaceId, { id, active = true, ...monitor }) {
  const base = stamp(estate, workspaceId, freeId(estate, id));
  const stored = { ...base, ...structuredClone(monitor), active };
  estate.monitors.push(stored);
  return stored;
}

/** Its list has no `updatedAt` that could move. @param {Estate} estate @param {string} uuid @param {(monitor: StoredMonitor) => void} edit */
export function editMonitor(estate, uuid, edit) {
  const stored = storedIn(estate.monitors, uuid, 'monitor');
  edit(stored);
  markEdited(estate, stored);
}

/** @param {Estate} estate @param {string} uuid */
export function removeMonitor(estate, uuid) {
  removeFrom(estate, estate.monitors, storedIn(estate.monitors, uuid, 'monitor'));
}

/**
 * @param {Estate} estate
 * @param {string} workspaceId
 * @param {{ id?: string, name: string, summary?: string, description?: string, versions?: readonly string[],
 *   schemas?: readonly { type: string, files: readonly NewFile[] }[], collections?: readonly CollectionBody[],
 *   gitInfo?: GitInfo }} api
 * @returns {StoredApi}
 */
export function addApi(estate, workspaceId, { id, schemas = [], collections = [], versions = [], ...api }) {
  const base = stamp(estate, workspaceId, freeId(estate, id));
  const { createdAt, updatedAt } = base;
  const stored = {
    ...base,
    summary: '',
    description: '',
    ...api,
    schemas: schemas.map(({ type, files }) => ({
      id: drawId(estate),
      type,
      createdAt,
      updatedAt,
      files: files.map((file) => storedFile(estate, file, createdAt)),
    })),
    collections: collections.map((body) => attached(estate, body)),
    versions: versions.map((name) => ({ id: drawId(estate), name })),
  };
  estate.apis.push(stored);
  return stored;
}

/** @param {Estate} estate @param {string} uuid @param {(api: StoredApi) => void} edit @param {EditOptions} [options] */
export function editApi(estate, uuid, edit, { touch = true } = {}) {
  const stored = storedIn(estate.apis, uuid, 'API');
  edit(stored);
  markEdited(estate, stored, touch);
}

/** @param {Estate} estate @param {string} uuid */
export function removeApi(estate, uuid) {
  removeFrom(estate, estate.apis, storedIn(estate.apis, uuid, 'API'));
}

/** @param {Estate} estate @param {NewFile} file @param {string} at @returns {StoredFile} */
function storedFile(estate, { path, content }, at) {
  return { id: drawId(estate), path, content, createdAt: at, updatedAt: at };
}

/** A copy of a collection, which belongs to the API. @param {Estate} estate @param {CollectionBody} body */
function attached(estate, body) {
  const own = structuredClone(body);
  const uuid = drawId(estate);
  own.info = { ...own.info, _postman_id: uuid };
  giveItemIds(estate, own.item);
  return { uuid, body: own };
}
