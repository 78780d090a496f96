/** Writing specs of the Spec Hub and their files. */

/** @import { Answer, RouteContext, StoredSpec } from './types.mjs' */

import { problem } from './errors.mjs';
import { isRecord, markEdited } from './estate.mjs';
import { addSpec, editSpecFile, removeSpec } from './estate-kinds.mjs';
import { badRequest, fileNotFound, findSpec, specFileRow, specNotFound, specRow } from './specs.mjs';
import { findWorkspace } from './workspaces.mjs';

const TYPES = [
  'OPENAPI:2.0',
  'OPENAPI:3.0',
  'OPENAPI:3.1',
  'ASYNCAPI:2.0',
  'ASYNCAPI:3.0',
  'PROTOBUF:2',
  'PROTOBUF:3',
  'GRAPHQL',
  'SMITHY:2.0',
];

// 12 MB where a spec is created, 10 MB elsewhere and in the error (OpenAPI 1.45.0, createSpec and createSpecFile).
const MAX_FILE_BYTES = 10_000_000;

/** A single file is the root without saying so. @param {RouteContext} context @returns {Answer} */
export function createSpec({ estate, query, body }) {
  const workspaceId = query.get('workspaceId');
  if (workspaceId === null || findWorkspace(estate, workspaceId) === undefined) {
    return badRequest('We could not find the workspace you are looking for.');
  }
  const { name, type, files } = isRecord(body) ? body : {};
  if (typeof name !== 'string') {
    return badRequest('Required property `name` is missing from the request.');
  }
  if (typeof type !== 'string' || !TYPES.includes(type)) {
    return invalidType();
  }
  if (!Array.isArray(files) || files.length === 0) {
    return badRequest('Required body parameter files is missing');
  }
  const refused = refusalOfFiles(files);
  if (refused !== undefined) {
    return refused;
  }
  const root = files.find((file) => file.type === 'ROOT') ?? files[0];
  const ordered = [root, ...files.filter((file) => file !== root)];
  return { status: 201, json: specRow(estate, addSpec(estate, workspaceId, { name, type, files: ordered })) };
}

/** Only the name. @param {RouteContext} context @returns {Answer} */
export function updateSpec({ estate, params, body }) {
  const spec = findSpec(estate, params[0]);
  if (spec === undefined) {
    return specNotFound();
  }
  if (!isRecord(body) || typeof body['name'] !== 'string') {
    return badRequest('Required property `name` is missing from the request.');
  }
  spec.name = body['name'];
  markEdited(estate, spec);
  return { status: 200, json: specRow(estate, spec) };
}

/** @param {RouteContext} context @returns {Answer} */
export function deleteSpec({ estate, params }) {
  const spec = findSpec(estate, params[0]);
  if (spec === undefined) {
    return specNotFound();
  }
  removeSpec(estate, spec.uuid);
  return { status: 204, json: undefined };
}

/** @param {RouteContext} context @returns {Answer} */
export function createSpecFile({ estate, params, body }) {
  const spec = findSpec(estate, params[0]);
  if (spec === undefined) {
    return specNotFound();
  }
  const { path, content } = isRecord(body) ? body : {};
  if (typeof path !== 'string' || typeof content !== 'string') {
    return badRequest('The required body parameter is missing from the request.');
  }
  if (spec.files.some((file) => file.path === path)) {
    return badRequest('A file with the same path already exists.');
  }
  const tooLarge = refusalOfSize(content);
  return tooLarge ?? writeFile(estate, spec, { path, content }, 201);
}

/** Exactly one of content, name and type. @param {RouteContext} context @returns {Answer} */
export function updateSpecFile({ estate, params: [id, path], body }) {
  const spec = findSpec(estate, id);
  const file = spec?.files.find((one) => one.path === path);
  if (spec === undefined || file === undefined) {
    return spec === undefined ? specNotFound() : fileNotFound();
  }
  const { content, name, type } = isRecord(body) ? body : {};
  const given = [content, name, type].filter((value) => value !== undefined);
  if (given.length === 0) {
    return badRequest('The required body parameter is missing from the request.');
  }
  if (given.length > 1) {
    return badRequest("Only one of 'content', 'type', or 'name' should be provided.");
  }
  if (typeof content === 'string') {
    return refusalOfSize(content) ?? writeFile(estate, spec, { path: file.path, content }, 200);
  }
  if (typeof name === 'string') {
    file.path = [...file.path.split('/').slice(0, -1), name].join('/');
  } else {
    setType(spec, file, type);
  }
  markEdited(estate, spec);
  return { status: 200, json: specFileRow(estate, file) };
}

/** @param {RouteContext} context @returns {Answer} */
export function deleteSpecFile({ estate, params: [id, path] }) {
  const spec = findSpec(estate, id);
  const file = spec?.files.find((one) => one.path === path);
  if (spec === undefined || file === undefined) {
    return spec === undefined ? specNotFound() : fileNotFound();
  }
  spec.files.splice(spec.files.indexOf(file), 1);
  markEdited(estate, spec);
  return { status: 204, json: undefined };
}

/** @param {RouteContext['estate']} estate @param {StoredSpec} spec @param {{ path: string, content: string }} file @param {number} status @returns {Answer} */
function writeFile(estate, spec, file, status) {
  editSpecFile(estate, spec.uuid, file);
  const [row] = spec.files.filter(({ path }) => path === file.path).map((one) => specFileRow(estate, one));
  return { status, json: row };
}

/** "When updating a file type to ROOT, the previous root file is updated to the DEFAULT file type." @param {StoredSpec} spec @param {StoredSpec['files'][number]} file @param {unknown} type */
function setType(spec, file, type) {
  if (type === 'ROOT') {
    for (const one of spec.files) {
      one.type = 'DEFAULT';
    }
  }
  file.type = type === 'ROOT' ? 'ROOT' : 'DEFAULT';
}

/** @param {Record<string, unknown>[]} files @returns {Answer | undefined} */
function refusalOfFiles(files) {
  const roots = files.filter(({ type }) => type === 'ROOT').length;
  if (roots > 1) {
    return badRequest('Only one file can have type ROOT');
  }
  if (files.length > 1 && roots === 0) {
    return badRequest('At least one file must have type ROOT');
  }
  if (files.some(({ path, content }) => typeof path !== 'string' || typeof content !== 'string')) {
    const detail = 'The body parameter content is missing from the request.';
    return {
      ...badRequest(detail),
      json: { type: 'invalidParamError', title: 'Invalid request body', status: 400, detail },
    };
  }
  return files.map(({ content }) => refusalOfSize(String(content))).find((refusal) => refusal !== undefined);
}

/** @param {string} content @returns {Answer | undefined} */
function refusalOfSize(content) {
  return Buffer.byteLength(content) > MAX_FILE_BYTES
    ? badRequest('File size exceeded the limit of 10 MB')
    : undefined;
}

function invalidType() {
  const detail = 'Required property `type` is invalid. Should be one of: OPENAPI:3.0, ASYNCAPI:2.0';
  return {
    ...problem(400, '', '', ''),
    json: { type: 'InvalidParamsError', title: 'Required parameter is invalid', status: 400, detail },
  };
}
