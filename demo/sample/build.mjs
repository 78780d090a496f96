/** Short ways to write Postman collections (schema v2.1.0) by hand. */

/** @import { CollectionBody, Item, Variable } from '../postman-api/types.mjs' */

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/**
 * @typedef {{ description?: string, auth?: object, before?: string[], tests?: string[] }} Common
 * @typedef {{ key: string, value: string, description?: string, disabled?: boolean }} Pair
 * @typedef {{ query?: Pair[], variables?: Pair[], headers?: Pair[], body?: object, examples?: Example[] }} Call
 * @typedef {{ name: string, code: number, status: string, body: unknown }} Example
 */

/**
 * @param {string} name
 * @param {Common & { variables?: Variable[], items: Item[] }} content
 * @returns {CollectionBody}
 */
export function collection(name, { description = '', variables = [], items, ...common }) {
  return {
    info: { name, description, schema: SCHEMA },
    item: items,
    ...attachments(common),
    variable: variables,
  };
}

/** @param {string} name @param {Item[]} items @param {Common} [common] @returns {Item} */
export function folder(name, items, { description, ...common } = {}) {
  return { name, item: items, ...(description === undefined ? {} : { description }), ...attachments(common) };
}

/**
 * @param {string} name
 * @param {string} line method and path below `{{base_url}}`: `GET /v1/payments/:payment_id`
 * @param {Common & Call} [content]
 * @returns {Item}
 */
export function request(name, line, { description = '', auth, before, tests, examples = [], ...call } = {}) {
  const [method = 'GET', path = '/'] = line.split(' ');
  const { headers = [], body } = call;
  const sent = {
    ...(auth === undefined ? {} : { auth }),
    method,
    header: headers.map((header) => ({ ...header, type: 'text' })),
    ...(body === undefined ? {} : { body }),
    url: url(path, call),
  };
  return {
    name,
    ...attachments({ before, tests }),
    request: { ...sent, description },
    response: examples.map((example) => response(example, sent)),
  };
}

/** @param {string} key @param {string} value @param {string} [description] @returns {Pair} */
export function pair(key, value, description) {
  return { key, value, ...(description === undefined ? {} : { description }) };
}

/** @param {Pair} unused @returns {Pair} switched off, but kept */
export function off(unused) {
  return { ...unused, disabled: true };
}

/** @param {number} code @param {string} status @param {string} name @param {unknown} body @returns {Example} */
export function example(code, status, name, body) {
  return { code, status, name, body };
}

/** @param {unknown} value */
export function json(value) {
  return raw('json', JSON.stringify(value, null, 2));
}

/** @param {'json' | 'xml' | 'text'} language @param {string} text */
export function raw(language, text) {
  return { mode: 'raw', raw: text, options: { raw: { language } } };
}

/** @param {Pair[]} pairs */
export function urlencoded(pairs) {
  return { mode: 'urlencoded', urlencoded: pairs.map((one) => ({ ...one, type: 'text' })) };
}

/** @param {Pair[]} texts @param {{ key: string, src: string, description?: string }[]} [files] */
export function formdata(texts, files = []) {
  const fields = [
    ...texts.map((one) => ({ ...one, type: 'text' })),
    ...files.map((one) => ({ ...one, type: 'file' })),
  ];
  return { mode: 'formdata', formdata: fields };
}

/** @param {string} query @param {unknown} variables */
export function graphql(query, variables) {
  return { mode: 'graphql', graphql: { query, variables: JSON.stringify(variables, null, 2) } };
}

/** @param {string} src */
export function file(src) {
  return { mode: 'file', file: { src } };
}

/** @param {string} type @param {Record<string, string>} values */
export function auth(type, values) {
  const pairs = Object.entries(values).map(([key, value]) => ({ key, value, type: 'string' }));
  return { type, [type]: pairs };
}

/** @param {{ auth?: object | undefined, before?: string[] | undefined, tests?: string[] | undefined }} content */
function attachments({ auth: own, before, tests }) {
  const event = [...script('prerequest', before), ...script('test', tests)];
  return { ...(own === undefined ? {} : { auth: own }), ...(event.length === 0 ? {} : { event }) };
}

/** @param {'prerequest' | 'test'} listen @param {string[] | undefined} exec */
function script(listen, exec) {
  return exec === undefined ? [] : [{ listen, script: { type: 'text/javascript', exec, packages: {} } }];
}

/** @param {string} path @param {Call} call */
function url(path, { query = [], variables = [] }) {
  const enabled = query.filter(({ disabled }) => disabled !== true);
  const search = enabled.map(({ key, value }) => `${key}=${value}`).join('&');
  return {
    raw: `{{base_url}}${path}${search === '' ? '' : `?${search}`}`,
    host: ['{{base_url}}'],
    path: path.split('/').filter((part) => part !== ''),
    ...(query.length === 0 ? {} : { query }),
    ...(variables.length === 0 ? {} : { variable: variables }),
  };
}

/** @param {Example} saved @param {object} originalRequest */
function response({ name, code, status, body }, originalRequest) {
  return {
    name,
    originalRequest,
    status,
    code,
    _postman_previewlanguage: 'json',
    header: [{ key: 'Content-Type', value: 'application/json' }],
    cookie: [],
    body: JSON.stringify(body, null, 2),
  };
}
