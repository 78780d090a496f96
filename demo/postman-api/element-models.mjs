/** Folders, requests and responses in the older model that their own routes speak, turned over by Postman's own transformer. */

/** @import { Item } from './types.mjs' */

import { createRequire } from 'node:module';
import { isRecord } from './estate.mjs';

/** @typedef {'folder' | 'request' | 'response'} Model */
/** @typedef {Record<string, unknown>} Fields */

const TO_V2 = { inputVersion: '1.0.0', outputVersion: '2.1.0', retainIds: true };
const TO_V1 = { inputVersion: '2.1.0', outputVersion: '1.0.0', retainIds: true };
const EMPTY_COLLECTION = { id: 'around', name: 'around', order: [], requests: [] };
const EMPTY_INFO = {
  name: 'around',
  schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
};

/** @param {Model} model @param {Fields} fields in the older model, with an id @returns {Item} the part of a v2.1 collection. */
export function partFrom(model, fields) {
  const { id } = fields;
  switch (model) {
    case 'folder': {
      const folder = { order: [], folders_order: [], ...fields };
      const around = { ...EMPTY_COLLECTION, folders_order: [id], folders: [folder] };
      return withAuth(transform('convert', around, TO_V2).item[0], fields);
    }
    case 'request': {
      const item = transform('convertSingle', fields, TO_V2);
      return { ...item, request: withAuth(item.request, fields) };
    }
    case 'response':
      return transform('convertResponse', fields, TO_V2);
  }
}

/** @param {Model} model @param {Item} part @returns {Fields} the part in the older model; of a folder without what it holds. */
export function fieldsOf(model, part) {
  switch (model) {
    case 'folder':
      return transform('convert', { info: EMPTY_INFO, item: [{ ...part, item: [] }] }, TO_V1).folders[0];
    case 'request':
      return transform('convertSingle', part, TO_V1);
    case 'response':
      return transform('convertResponse', part, TO_V1);
  }
}

/** The routes have `auth` as the newer format has it; the transformer drops an explicit noauth, the API does not. @param {Record<string, unknown>} owner @param {Fields} fields */
function withAuth({ auth: _dropped, ...owner }, { auth }) {
  return isRecord(auth) ? { ...owner, auth } : owner;
}

/** @param {string} how @param {unknown} value @param {typeof TO_V2} options */
function transform(how, value, options) {
  // Loaded when it is needed: most of who starts the stand-in never write an element.
  const transformer = createRequire(import.meta.url)('postman-collection-transformer');
  let result;
  transformer[how](value, options, (/** @type {unknown} */ error, /** @type {unknown} */ converted) => {
    if (error) {
      throw error;
    }
    result = JSON.parse(JSON.stringify(converted));
  });
  return result;
}

/** @param {unknown} body @returns {Fields} */
export function fieldsIn(body) {
  return isRecord(body) ? body : {};
}
