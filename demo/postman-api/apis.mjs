/** APIs of the API Builder (legacy, v10): the list by cursor, one, its definition files and its collections. */

/** @import { Answer, Estate, RouteContext, StoredApi, StoredSchema } from './types.mjs' */

import { titled } from './errors.mjs';
import { limitIn, pageOf } from './paging.mjs';
import { fileRow } from './views.mjs';
import { findWorkspace, isIn } from './workspaces.mjs';

const V10 = 'application/vnd.api.v10+json';
const DEFAULT_LIMIT = 10;
const MAX_PAGE = 100;

/** @param {RouteContext} context @returns {Answer} */
export function listApis({ estate, query, accept, options }) {
  if (!accept.includes(V10)) {
    // The only answer to this that is documented for the list; the others have the 400 of `headerMissing`.
    return titled(
      422,
      'unsupportedEntityError',
      'Unsupported API',
      'This endpoint does not support v9 APIs.',
    );
  }
  const workspaceId = query.get('workspaceId');
  if (workspaceId === null) {
    const detail = 'Parameter, workspaceId is missing in the request.';
    return titled(400, 'paramMissingError', 'Parameter is missing in the request.', detail);
  }
  if (findWorkspace(estate, workspaceId) === undefined) {
    const title = 'We could not find the workspace you are looking for';
    return titled(404, 'instanceNotFoundError', title, `${title}.`);
  }
  const rows = estate.apis.filter(isIn(workspaceId)).map((api) => apiRow(estate, api));
  const limit = limitIn(query, { fallback: DEFAULT_LIMIT, max: options.maxPageSize ?? MAX_PAGE });
  const page = limit === undefined ? undefined : pageOf(rows, limit, query.get('cursor'));
  if (page === undefined) {
    return badPaging();
  }
  const meta = { nextCursor: page.nextCursor, total: rows.length, limit };
  return { status: 200, json: { apis: page.rows, meta } };
}

/** By its id only. What is in it comes only with `include`. @param {RouteContext} context @returns {Answer} */
export function getApi(context) {
  return answerFor(context, (api) => ({ status: 200, json: apiView(context, api) }));
}

/** Names only the first file, and where the rest is. @param {RouteContext} context @returns {Answer} */
export function getSchema(context) {
  return answerForSchema(context, (schema, api) => {
    const { id, type, createdAt, updatedAt, files } = schema;
    const page = pageOf(files, 1, null);
    const next = page?.nextCursor ?? null;
    const nextPath =
      next === null ? null : `/apis/${api.uuid}/schemas/${id}/files?cursor=${encodeURIComponent(next)}`;
    const by = stringBy(context.estate);
    const data = (page?.rows ?? []).map((file) => ({ ...fileRow(file), ...by }));
    return {
      status: 200,
      json: { id, type, createdAt, updatedAt, ...by, files: { data, meta: { nextPath } } },
    };
  });
}

/** @param {RouteContext} context @returns {Answer} */
export function listSchemaFiles(context) {
  const { estate, query, options } = context;
  return answerForSchema(context, ({ files }) => {
    const rows = files.map((file) => ({ ...fileRow(file), ...numberBy(estate) }));
    const limit = limitIn(query, { fallback: DEFAULT_LIMIT, max: options.maxPageSize ?? MAX_PAGE });
    const page = limit === undefined ? undefined : pageOf(rows, limit, query.get('cursor'));
    if (page === undefined) {
      return badPaging();
    }
    return { status: 200, json: { files: page.rows, meta: { nextCursor: page.nextCursor } } };
  });
}

/** @param {RouteContext} context @returns {Answer} */
export function getSchemaFile(context) {
  return answerForSchema(context, ({ files }) => {
    const file = files.find(({ path }) => path === context.params[2]);
    if (file === undefined) {
      return titled(
        404,
        'instanceNotFoundError',
        'Resource not found',
        'We could not find the file you are looking for',
      );
    }
    return { status: 200, json: { ...fileRow(file), ...stringBy(context.estate), content: file.content } };
  });
}

/** The collection without an envelope and without stamps; by uid, or by id. @param {RouteContext} context @returns {Answer} */
export function getApiCollection(context) {
  const id = context.params[1];
  return answerFor(context, (api) => {
    if (api.gitInfo !== undefined) {
      return gitLinked();
    }
    const found = api.collections.find(({ uuid }) => uuid === id || `${api.owner}-${uuid}` === id);
    if (found === undefined) {
      const detail = 'The API does not contain the collection you are looking for';
      const { json, ...rest } = titled(404, 'instanceNotFoundError', 'Collection not found', detail);
      return { ...rest, json: { error: json } };
    }
    return { status: 200, json: found.body };
  });
}

/** @param {RouteContext} context @param {(api: StoredApi) => Answer} answer @returns {Answer} */
function answerFor({ estate, params, accept }, answer) {
  if (!accept.includes(V10)) {
    return headerMissing();
  }
  const api = estate.apis.find(({ uuid }) => uuid === params[0]);
  if (api === undefined) {
    const title = 'We could not find the API you are looking for';
    return titled(404, 'instanceNotFoundError', title, `${title}.`);
  }
  return answer(api);
}

/** @param {RouteContext} context @param {(schema: StoredSchema, api: StoredApi) => Answer} answer @returns {Answer} */
function answerForSchema(context, answer) {
  return answerFor(context, (api) => {
    if (api.gitInfo !== undefined) {
      return gitLinked();
    }
    const schema = api.schemas.find(({ id }) => id === context.params[1]);
    if (schema === undefined) {
      const detail = 'We could not find a schema linked to this API';
      return titled(404, 'instanceNotFoundError', 'Schema not found', detail);
    }
    return answer(schema, api);
  });
}

/** @param {Estate} estate @param {StoredApi} api */
function apiRow(estate, { uuid, name, summary, description, createdAt, updatedAt, owner }) {
  const by = { createdBy: Number(owner), updatedBy: estate.user.id };
  return { id: uuid, name, summary, description, createdAt, updatedAt, ...by };
}

/**
 * "Git-connected APIs will only return the `versions` and `gitInfo` query responses."
 * @param {RouteContext} context
 * @param {StoredApi} api
 */
function apiView({ estate, query }, api) {
  const { gitInfo, owner, collections, schemas, versions } = api;
  const included = query.getAll('include').flatMap((value) => value.split(','));
  const inPostman = {
    collections: collections.map(({ uuid }) => ({ id: `${owner}-${uuid}` })),
    schemas: schemas.map(({ id }) => ({ id })),
  };
  const parts = { versions, gitInfo: gitInfo ?? {}, ...(gitInfo === undefined ? inPostman : {}) };
  const asked = Object.entries(parts).filter(([name]) => included.includes(name));
  return { ...apiRow(estate, api), ...Object.fromEntries(asked) };
}

/** Who wrote a schema or the content of a file is a string. @param {Estate} estate */
function stringBy({ user }) {
  return { createdBy: String(user.id), updatedBy: String(user.id) };
}

/** Who wrote the files of a list is a number. @param {Estate} estate */
function numberBy({ user }) {
  return { createdBy: user.id, updatedBy: user.id };
}

function badPaging() {
  return titled(400, 'invalidParamsError', 'Invalid parameters', 'The limit or the cursor is invalid.');
}

/** @returns {Answer} */
function headerMissing() {
  const message = `API not found. For v10 and later APIs, ensure that your request sends the "${V10}" Accept header.`;
  return { status: 400, json: { name: 'instanceNotFoundError', message } };
}

function gitLinked() {
  const detail = 'This action is not allowed for Git linked APIs';
  return titled(422, 'actionNotAllowedError', 'Action not allowed', detail);
}
