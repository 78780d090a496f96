/** A collection (format v2.1) as pieces: folders, requests, saved examples, variables. */
import { isObject, type JsonObject } from '../../json.ts';
import {
  createNode,
  type LabelledValue,
  labelValues,
  OTHER_FIELDS,
  type PieceNode,
  readList,
  takeName,
} from './piece-tree.ts';
import { readVariables } from './read-variables.ts';

type Labels = ReadonlyMap<string, string>;

const INFO_LABELS: Labels = new Map([
  ['_postman_id', 'id'],
  ['description', 'description'],
]);
const ITEM_LABELS: Labels = new Map([
  ['id', 'id'],
  ['description', 'description'],
  ['auth', 'auth'],
  ['protocolProfileBehavior', 'settings'],
]);
const REQUEST_LABELS: Labels = new Map([
  ['method', 'method'],
  ['header', 'headers'],
  ['body', 'body'],
  ['auth', 'auth'],
  ['description', 'description'],
]);
const EXAMPLE_LABELS: Labels = new Map([
  ['id', 'id'],
  ['originalRequest', 'request'],
  ['status', 'status'],
  ['code', 'status'],
  ['header', 'headers'],
  ['cookie', 'cookies'],
  ['body', 'body'],
  ['description', 'description'],
]);
const EVENT_LABELS: Labels = new Map([
  ['prerequest', 'pre-request script'],
  ['test', 'tests'],
]);
const PARAMETERS = new Set(['query', 'variable']);

/** @param piece the resource itself, or a collection that is attached to an API. */
export function readCollection(
  about: { readonly piece: 'resource' | 'collection'; readonly id?: unknown },
  collection: JsonObject,
): PieceNode {
  const { content, children, lists } = takeChildren(collection);
  const { info } = content;
  if (!isObject(info)) {
    return createNode({ ...about, name: undefined }, content, labelItem, children, lists);
  }
  const { name, rest } = takeName(info);
  return createNode({ ...about, name }, { ...content, info: rest }, labelItem, children, lists);
}

function readItem(item: JsonObject): PieceNode {
  const piece = Array.isArray(item['item']) ? 'folder' : 'request';
  const { name, rest } = takeName(item);
  const { content, children, lists } = takeChildren(rest);
  return createNode({ piece, id: item['id'], name }, content, labelItem, children, lists);
}

/** What is no list has no pieces, and is content. */
function takeChildren({ item, response, variable, ...content }: JsonObject) {
  const lists = { item, response, variable };
  const asContent = Object.entries(lists).filter(([, value]) => value !== undefined && !Array.isArray(value));
  return {
    content: asContent.length === 0 ? content : { ...content, ...Object.fromEntries(asContent) },
    children: [
      ...readList(item, 'request', readItem),
      ...readList(response, 'example', readExample),
      ...readVariables(variable),
    ],
    lists,
  };
}

function readExample(example: JsonObject): PieceNode {
  const { name, rest } = takeName(example);
  return createNode({ piece: 'example', id: example['id'], name }, rest, (content) =>
    labelValues(content, (key) => labelIn(EXAMPLE_LABELS, key)),
  );
}

/** An item is the collection itself, a folder or a request. */
function labelItem({ info, request, event, ...rest }: JsonObject): readonly LabelledValue[] {
  return [
    ...(info === undefined ? [] : labelInfo(info)),
    ...labelValues(rest, (key) => labelIn(ITEM_LABELS, key)),
    ...(request === undefined ? [] : labelRequest(request)),
    ...(event === undefined ? [] : labelEvents(event)),
  ];
}

function labelInfo(info: unknown): readonly LabelledValue[] {
  return isObject(info) ? labelValues(info, (key) => labelIn(INFO_LABELS, key)) : [[OTHER_FIELDS, { info }]];
}

function labelRequest(request: unknown): readonly LabelledValue[] {
  if (!isObject(request)) {
    return labelUrl(request);
  }
  const { url, ...rest } = request;
  return [
    ...labelValues(rest, (key) => labelIn(REQUEST_LABELS, key)),
    ...(url === undefined ? [] : labelUrl(url)),
  ];
}

/** A parameter stands in a list and, once more, in the raw URL: there it is the same change, not another one. */
function labelUrl(url: unknown): readonly LabelledValue[] {
  if (!isObject(url)) {
    return splitQuery(url);
  }
  const { raw, ...rest } = url;
  return [
    ...(raw === undefined ? [] : splitQuery(raw)),
    ...labelValues(rest, (key) => (PARAMETERS.has(key) ? 'parameters' : 'URL')),
  ];
}

function splitQuery(url: unknown): readonly LabelledValue[] {
  const start = typeof url === 'string' ? url.indexOf('?') : -1;
  return typeof url !== 'string' || start === -1
    ? [['URL', url]]
    : [
        ['URL', url.slice(0, start)],
        ['parameters', url.slice(start)],
      ];
}

function labelEvents(events: unknown): readonly LabelledValue[] {
  if (!Array.isArray(events)) {
    return [[OTHER_FIELDS, { events }]];
  }
  return events.map((event: unknown) => {
    const listen = isObject(event) ? event['listen'] : undefined;
    return [labelIn(EVENT_LABELS, typeof listen === 'string' ? listen : ''), { event }];
  });
}

function labelIn(labels: Labels, key: string): string {
  return labels.get(key) ?? OTHER_FIELDS;
}
