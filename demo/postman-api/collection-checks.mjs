/** What Postman refuses in the body of a collection. */

/** @import { Answer, CollectionBody, Estate, PostmanApiOptions, StoredCollection } from './types.mjs' */

import { alreadyExists, legacyError, malformed, problem } from './errors.mjs';
import { isRecord, walkItems } from './estate.mjs';

const DOCUMENTED_LIMIT = 100_000_000;

// GET gives them, and a write with them was answered with 400 (postman-app-support#4305, #4813, #4229).
const REFUSED_NULLS = ['responseTime', 'header', 'description'];

// The schema of POST has no others; that of PUT has jwt and asap too (OpenAPI 1.45.0, `auth` and `auth-2`).
const CREATABLE_AUTH = [
  'noauth',
  'basic',
  'bearer',
  'apikey',
  'digest',
  'oauth1',
  'oauth2',
  'hawk',
  'awsv4',
  'ntlm',
  'edgegrid',
];

/**
 * @param {unknown} sent
 * @returns {CollectionBody | Answer} the collection in it, when it is one.
 */
export function collectionIn(sent) {
  const body = isRecord(sent) ? sent['collection'] : undefined;
  if (!isRecord(body)) {
    return malformed('collection', [": must have required property 'collection'"]);
  }
  const info = isRecord(body['info']) ? body['info'] : {};
  const details = [];
  if (!Array.isArray(body['item'])) {
    details.push(": must have required property 'item'");
  }
  if (typeof info['name'] !== 'string') {
    details.push("info: must have required property 'name'");
  }
  if (typeof info['schema'] !== 'string') {
    details.push("info: must have required property 'schema'");
  }
  for (const { key, field, path } of fieldsIn(body)) {
    if (field === null && REFUSED_NULLS.includes(key)) {
      details.push(`Invalid type: null at ${path}`);
    }
  }
  return details.length > 0 ? malformed('collection', details) : body;
}

/** @param {CollectionBody | Answer} value @returns {value is Answer} */
export function isAnswer(value) {
  return typeof value['status'] === 'number';
}

/**
 * @param {number} size of the whole body, in bytes.
 * @param {PostmanApiOptions} options
 * @returns {Answer | undefined}
 */
export function tooLarge(size, { bodyLimit }) {
  const { bytes, status } = bodyLimit ?? { bytes: DOCUMENTED_LIMIT, status: 413 };
  if (size <= bytes) {
    return undefined;
  }
  const json =
    status === 504
      ? '<html><head><title>504 Gateway Time-out</title></head><body></body></html>'
      : { error: { message: 'Request body size limit exceeded.' } };
  return { status, json };
}

/** @param {CollectionBody} body @returns {Answer | undefined} */
export function authNotCreatable(body) {
  const details = [...fieldsIn(body)]
    .filter(
      ({ key, field }) =>
        key === 'auth' && isRecord(field) && !CREATABLE_AUTH.includes(String(field['type'])),
    )
    .map(({ path }) => `${path}.type: must be equal to one of the allowed values`);
  return details.length > 0 ? malformed('collection', details) : undefined;
}

/**
 * Ids belong to one collection: of its own, or of an item or an example.
 * @param {Estate} estate
 * @param {CollectionBody} body
 * @param {StoredCollection} [own] the collection that it replaces.
 * @returns {Answer | undefined}
 */
export function foreignIds(estate, body, own) {
  const id = body.info?._postman_id;
  if (id !== undefined && own !== undefined && id !== own.uuid) {
    const message = 'The collection ID in the path does not match the collection ID in the request body.';
    return legacyError(400, 'collectionMismatchError', message);
  }
  if (own === undefined && estate.collections.some(({ uuid }) => uuid === id)) {
    return alreadyExists('collection', String(id));
  }
  const others = estate.collections.filter((stored) => stored !== own);
  const taken = new Set(others.flatMap(({ body: { item } }) => partIds(item)));
  const foreign = partIds(body.item).find((part) => taken.has(part));
  return foreign === undefined ? undefined : alreadyExists('model', foreign);
}

/** What an asynchronous update checks before it is accepted: that it can be read at all. @param {unknown} sent @param {string | undefined} id @returns {Answer | undefined} */
export function unreadableForTask(sent, id) {
  const body = isRecord(sent) ? sent['collection'] : undefined;
  const [missing, at] = isRecord(body)
    ? ['info', '/properties/collection/required']
    : ['collection', '/required'];
  if (isRecord(body) && isRecord(body['info'])) {
    return undefined;
  }
  const detail = `PUT request body for '/collections/${id}' failed to validate schema. Location: ${at}`;
  return problem(400, 'bad-request', `Missing property '${missing}'`, detail);
}

/** What PATCH does not take (OpenAPI 1.45.0, patchCollection). @param {unknown} sent @returns {Answer | undefined} */
export function refusalOfPatch(sent) {
  const { info, variable, auth, events, ...others } = partsIn(sent);
  const [unknown] = [
    ...Object.keys(others),
    ...Object.keys(isRecord(info) ? info : {}).filter((key) => key !== 'name' && key !== 'description'),
  ];
  if (unknown !== undefined) {
    return badParameters(unknown, 'collection');
  }
  if (isRecord(auth) && auth['type'] === 'noauth') {
    return badParameters('noauth', 'collection.auth.type');
  }
  const isSecret =
    Array.isArray(variable) && variable.some((one) => one?.secret === true || one?.type === 'secret');
  return isSecret ? badParameters('secret', 'collection.variables') : undefined;
}

/** @param {unknown} sent @returns {Record<string, unknown>} */
export function partsIn(sent) {
  const parts = isRecord(sent) ? sent['collection'] : undefined;
  return isRecord(parts) ? parts : {};
}

/** @param {string} name @param {string} key */
function badParameters(name, key) {
  return legacyError(400, 'badRequest', `Invalid parameters: ('${name}') for key: '${key}'`);
}

/** Ids of items and examples. @param {unknown} items @returns {string[]} */
function partIds(items) {
  const parts = [...walkItems(items)].flatMap((item) => [
    item,
    ...(Array.isArray(item.response) ? item.response : []),
  ]);
  return parts.flatMap((part) => (isRecord(part) && typeof part['id'] === 'string' ? [part['id']] : []));
}

/**
 * Every field of an object below, with where it is; not inside the values of variables, which may be anything.
 * @param {unknown} value
 * @param {string[]} [at]
 * @returns {Generator<{ key: string, field: unknown, path: string }>}
 */
function* fieldsIn(value, at = []) {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  for (const [key, field] of Object.entries(value)) {
    const here = [...at, key];
    yield { key, field, path: here.join('.') };
    if (key !== 'value') {
      yield* fieldsIn(field, here);
    }
  }
}
