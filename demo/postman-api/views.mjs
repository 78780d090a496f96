/** What Postman answers from what it stores: lists, and bodies with everything in them that changes by itself. */

/** @import { Estate, StoredCollection, StoredEnvironment, StoredFile, StoredMock } from './types.mjs' */

import { isRecord, nameOf } from './estate.mjs';

/** @param {{ owner: string, uuid: string }} stored */
export function uidOf({ owner, uuid }) {
  return `${owner}-${uuid}`;
}

/** A row of `GET /collections`. @param {StoredCollection} stored */
export function collectionRow(stored) {
  const fork = isRecord(stored.body.info) ? stored.body.info['fork'] : undefined;
  return {
    id: stored.uuid,
    name: nameOf(stored.body),
    owner: stored.owner,
    createdAt: stored.createdAt,
    updatedAt: stored.updatedAt,
    uid: uidOf(stored),
    isPublic: false,
    ...(fork === undefined ? {} : { fork }),
  };
}

/** A row of `GET /environments`. @param {StoredEnvironment} stored */
export function environmentRow(stored) {
  return {
    id: stored.uuid,
    name: stored.body.name ?? '',
    createdAt: stored.createdAt,
    updatedAt: stored.updatedAt,
    owner: stored.owner,
    uid: uidOf(stored),
    isPublic: false,
  };
}

/** What has its name beside its body. @param {{ owner: string, uuid: string, name: string }} stored */
export function elementRow(stored) {
  return { id: stored.uuid, name: stored.name, uid: uidOf(stored) };
}

/** A file of a spec or of an API's definition, without its content. @param {StoredFile} file */
export function fileRow({ id, path, createdAt, updatedAt }) {
  return { id, name: path.split('/').at(-1) ?? '', path, createdAt, updatedAt };
}

/**
 * The uid of a collection or an environment that something else refers to; of one that is gone, the uid it had.
 * @param {readonly { uuid: string, owner: string }[]} list
 * @param {string} uuid
 * @param {string} owner of what refers to it
 */
export function linkedUid(list, uuid, owner) {
  return uidOf(list.find((one) => one.uuid === uuid) ?? { uuid, owner });
}

/**
 * "Mock servers deactivate when a linked collection or environment is deleted" (OpenAPI 1.45.0, getMock).
 * @param {Estate} estate
 * @param {StoredMock} mock
 */
export function isDeactivated({ collections, environments }, { collection, environment }) {
  const isThere = (/** @type {readonly { uuid: string }[]} */ list, /** @type {string} */ id) =>
    list.some(({ uuid }) => uuid === id);
  return (
    !isThere(collections, collection) || (environment !== undefined && !isThere(environments, environment))
  );
}

/** A row of the lists in `GET /workspaces/{id}`, and the answer to POST and PUT. @param {{ id: string, name: string, uid: string }} row */
export function shortRow({ id, name, uid }) {
  return { id, name, uid };
}

/**
 * `GET /collections/{uid}`: v2 bodies with Postman's own fields and order, others as they are stored.
 * @param {Estate} estate
 * @param {StoredCollection} stored
 */
export function collectionView(estate, stored) {
  const { info, item, ...rest } = stored.body;
  if (!isRecord(info)) {
    return stored.body;
  }
  const infoView = {
    ...info,
    updatedAt: stored.updatedAt,
    createdAt: stored.createdAt,
    lastUpdatedBy: String(estate.user.id),
    uid: uidOf(stored),
  };
  return { info: infoView, ...(item === undefined ? {} : { item: itemsView(item, stored) }), ...rest };
}

/** `GET /environments/{uid}`; the documented example has no `uid`. @param {StoredEnvironment} stored */
export function environmentView(stored) {
  const { values, ...rest } = stored.body;
  return {
    ...rest,
    id: stored.uuid,
    owner: stored.owner,
    createdAt: stored.createdAt,
    updatedAt: stored.updatedAt,
    values: values ?? [],
    isPublic: false,
  };
}

/**
 * Folders first: so does Postman's own transformer (`folders_order`, then `order`).
 * @param {unknown} items
 * @param {StoredCollection} stored
 * @returns {unknown}
 */
function itemsView(items, stored) {
  if (!Array.isArray(items)) {
    return items;
  }
  const folders = items.filter(isFolder);
  const others = items.filter((item) => !isFolder(item));
  return [...folders, ...others].map((item) => itemView(item, stored));
}

/** @param {unknown} item */
function isFolder(item) {
  return isRecord(item) && Array.isArray(item['item']);
}

/** @param {unknown} item @param {StoredCollection} stored */
function itemView(item, stored) {
  if (!isRecord(item)) {
    return item;
  }
  const view = withStamps(item, stored);
  if (Array.isArray(item['item'])) {
    view['item'] = itemsView(item['item'], stored);
  }
  if (Array.isArray(item['response'])) {
    view['response'] = item['response'].map((one) => (isRecord(one) ? withStamps(one, stored) : one));
  }
  return view;
}

/** @param {Record<string, unknown>} part an item or a response @param {StoredCollection} stored @returns {Record<string, unknown>} */
function withStamps(part, stored) {
  const uid = typeof part['id'] === 'string' ? { uid: `${stored.owner}-${part['id']}` } : {};
  return { ...part, createdAt: stored.createdAt, updatedAt: stored.editedAt, ...uid };
}
