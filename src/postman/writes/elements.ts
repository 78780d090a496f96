/**
 * Folders, requests and examples as their own routes take them: in the older model, whose properties the OpenAPI 1.45.0
 * lists (createCollectionFolder, createCollectionRequest, createCollectionResponse), and for the rest the Collection
 * Format v1.0.0 that it refers to. Pure.
 */
import { isObject, type JsonObject, mapKey, mapObjects, omit } from '../../json.ts';
import { pick } from './pick.ts';

const DISABLED = new Set(['disabled']);
const MODES: Readonly<Record<string, string>> = { formdata: 'params', file: 'binary' };

/** @param folder of a v2.1 collection; what it holds is left out. */
export function folderFields(folder: JsonObject): JsonObject {
  return {
    ...pick(folder, ['id', 'name', 'protocolProfileBehavior']),
    ...commonFields(folder),
    ...authOf(folder),
  };
}

/** @param item of a v2.1 collection; its examples are left out. */
export function requestFields(item: JsonObject): JsonObject {
  const request = asObject(item['request']);
  return {
    ...pick(item, ['id', 'name', 'protocolProfileBehavior']),
    ...commonFields({ ...item, description: request['description'] }),
    ...authOf(request),
    ...pick(request, ['method']),
    ...urlFields(request['url']),
    ...headerFields(request['header']),
    ...bodyFields(request['body']),
  };
}

/** @param response an example of a v2.1 request. */
export function responseFields(response: JsonObject): JsonObject {
  const { status, code, responseTime, body, header, cookie, originalRequest } = response;
  const cookies = mapObjects(cookie, ({ key, ...rest }) => ({ ...rest, name: key }));
  const sent = isObject(originalRequest) ? requestFields({ request: originalRequest }) : undefined;
  return {
    ...pick(response, ['id', 'name', 'description', 'status']),
    responseCode: pick({ code, name: status }, ['code', 'name']),
    ...pick(
      {
        language: response['_postman_previewlanguage'],
        previewType: response['_postman_previewtype'],
        // A text, says the documentation.
        time: typeof responseTime === 'number' ? String(responseTime) : responseTime,
        text: body,
        headers: header,
        cookies: Array.isArray(cookies) && cookies.length > 0 ? cookies : undefined,
        requestObject: sent === undefined ? undefined : JSON.stringify(sent),
      },
      ['language', 'previewType', 'time', 'text', 'headers', 'cookies', 'requestObject'],
    ),
  };
}

function commonFields({ description, event, variable }: JsonObject): JsonObject {
  const fields = { description: textOf(description), events: event, variables: variable };
  return pick(fields, ['description', 'events', 'variables']);
}

/** That there is none says something: it inherits. */
function authOf(owner: JsonObject): JsonObject {
  return { auth: owner['auth'] ?? null };
}

function urlFields(url: unknown): JsonObject {
  if (!isObject(url)) {
    return { url: url ?? '' };
  }
  return {
    url: url['raw'] ?? joined(url),
    queryParams: switches(url['query']),
    pathVariableData: mapObjects(url['variable'] ?? [], withTextDescription),
  };
}

/** The format lets `raw` be missing. */
function joined({ protocol, host, port, path }: JsonObject): string {
  const scheme = protocol === undefined ? '' : `${protocol}://`;
  const suffix = port === undefined ? '' : `:${port}`;
  const ending = path === undefined ? '' : `/${joinedWith('/', path)}`;
  return `${scheme}${joinedWith('.', host ?? '')}${suffix}${ending}`;
}

function joinedWith(separator: string, part: unknown): string {
  return Array.isArray(part) ? part.join(separator) : String(part);
}

/** The format lets the headers be one text, which is what the older one calls `headers`. */
function headerFields(header: unknown): JsonObject {
  return typeof header === 'string' ? { headers: header } : { headerData: switches(header) };
}

function bodyFields(body: unknown): JsonObject {
  if (!isObject(body) || typeof body['mode'] !== 'string') {
    return { dataMode: null };
  }
  const { mode } = body;
  const options = asObject(body['options']);
  const names = Object.entries(options).map(([name, value]) => [MODES[name] ?? name, value]);
  return {
    dataMode: MODES[mode] ?? mode,
    ...contentFields(mode, body[mode]),
    ...(names.length === 0 ? {} : { dataOptions: Object.fromEntries(names) }),
    ...(body['disabled'] === true ? { dataDisabled: true } : {}),
  };
}

function contentFields(mode: string, content: unknown): JsonObject {
  switch (mode) {
    case 'raw':
      return { rawModeData: content ?? '' };
    case 'graphql':
      return { graphqlModeData: content ?? {} };
    case 'file':
      return { rawModeData: isObject(content) ? (content['src'] ?? null) : (content ?? null) };
    default:
      return { data: switches(content) };
  }
}

/** `disabled` is the newer word for not `enabled`. */
function switches(list: unknown): unknown {
  const changed = mapObjects(list ?? [], (entry) => ({
    ...omit(withTextDescription(entry), DISABLED),
    ...(entry['disabled'] === undefined ? {} : { enabled: entry['disabled'] !== true }),
  }));
  return Array.isArray(changed) ? changed : [];
}

/** A description may be an object in the newer format only. */
function withTextDescription(entry: JsonObject): JsonObject {
  return mapKey(entry, 'description', textOf);
}

function textOf(description: unknown): unknown {
  return isObject(description) ? description['content'] : description;
}

function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
