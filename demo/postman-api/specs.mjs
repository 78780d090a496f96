/** Specs of the Spec Hub: the list by cursor, one, its files and the content of each. */

/** @import { Answer, Estate, RouteContext, StoredFile, StoredSpec } from './types.mjs' */

import { problem } from './errors.mjs';
import { limitIn, pageOf } from './paging.mjs';
import { fileRow } from './views.mjs';
import { findWorkspace, isIn } from './workspaces.mjs';

const DEFAULT_LIMIT = 10;
const MAX_PAGE = 100;

/** @type {Readonly<Record<string, string>>} */
const FORMATS = {
  json: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  graphql: 'graphql',
  proto: 'proto',
  smithy: 'smithy',
};

/** @param {RouteContext} context @returns {Answer} */
export function listSpecs({ estate, query, options }) {
  const workspaceId = query.get('workspaceId');
  if (workspaceId === null) {
    return badRequest('Required parameter workspaceId is missing from the request.');
  }
  if (findWorkspace(estate, workspaceId) === undefined) {
    return badRequest('We could not find the workspace you are looking for.');
  }
  const limit = limitIn(query, { fallback: DEFAULT_LIMIT, max: options.maxPageSize ?? MAX_PAGE });
  const rows = estate.specs.filter(isIn(workspaceId)).map((spec) => specRow(estate, spec));
  const page = limit === undefined ? undefined : pageOf(rows, limit, query.get('cursor'));
  if (page === undefined) {
    return badRequest('The limit or the cursor is invalid.');
  }
  return { status: 200, json: { specs: page.rows, meta: { nextCursor: page.nextCursor } } };
}

/** By its id only. @param {RouteContext} context @returns {Answer} */
export function getSpec({ estate, params }) {
  const spec = findSpec(estate, params[0]);
  if (spec === undefined) {
    return specNotFound();
  }
  const [root] = spec.files;
  return { status: 200, json: { ...specRow(estate, spec), fileFormat: formatOf(root) } };
}

/** `limit` is not documented here, so it counts for nothing. @param {RouteContext} context @returns {Answer} */
export function listSpecFiles({ estate, params, query, options }) {
  const spec = findSpec(estate, params[0]);
  if (spec === undefined) {
    return specNotFound();
  }
  const rows = spec.files.map((file) => specFileRow(estate, file));
  const page = pageOf(rows, options.maxPageSize ?? MAX_PAGE, query.get('cursor'));
  if (page === undefined) {
    return badRequest('The cursor is invalid.');
  }
  return { status: 200, json: { files: page.rows, meta: { nextCursor: page.nextCursor } } };
}

/** @param {RouteContext} context @returns {Answer} */
export function getSpecFile({ estate, params: [id, path] }) {
  const spec = findSpec(estate, id);
  if (spec === undefined) {
    return specNotFound();
  }
  const file = spec.files.find((one) => one.path === path);
  if (file === undefined) {
    return fileNotFound();
  }
  return { status: 200, json: { ...specFileRow(estate, file), content: file.content } };
}

/** @param {Estate} estate @param {string | undefined} id */
export function findSpec(estate, id) {
  return estate.specs.find(({ uuid }) => uuid === id);
}

/** @param {Estate} estate @param {StoredSpec} spec */
export function specRow(estate, { uuid, name, type, createdAt, updatedAt, owner }) {
  return { id: uuid, name, type, createdAt, updatedAt, createdBy: Number(owner), updatedBy: estate.user.id };
}

/** @param {Estate} estate @param {StoredSpec['files'][number]} file */
export function specFileRow(estate, file) {
  const { id } = estate.user;
  return { ...fileRow(file), type: file.type, createdBy: id, updatedBy: id };
}

/** @param {StoredFile | undefined} file */
function formatOf(file) {
  return FORMATS[file?.path.split('.').at(-1) ?? ''] ?? 'yaml';
}

/** @param {string} detail */
export function badRequest(detail) {
  return problem(400, 'bad-request', 'Malformed request', detail);
}

export function fileNotFound() {
  return notFound('Resource not found', 'Entity that you are trying to access does not exist.');
}

export function specNotFound() {
  const detail = 'The specification you are trying to access does not exist.';
  return notFound('Specification not found', detail);
}

/** The `type` is no address here. @param {string} title @param {string} detail @returns {Answer} */
function notFound(title, detail) {
  return { status: 404, json: { type: 'instanceNotFoundError', title, status: 404, detail } };
}
