/** A collection (format v2.1) as pieces: folders, requests, saved examples, variables. */
import { isObject, type JsonObject } from '../../json.ts';
import {
  createNode,
  type LabelledValue,
  labelValues,
  OTHER_FIELDS,
  type PieceNode,
  readList,
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
const LISTS = new Set(['item', 'response', 'variable', 'event']);

export type CollectionParts = {
  readonly name: unknown;
  readonly values: readonly LabelledValue[];
  readonly children: readonly PieceNode[];
};

export function readCollection(collection: JsonObject): CollectionParts {
  const { info, ...rest } = collection;
  const about: readonly LabelledValue[] = isObject(info)
    ? labelValues(info, (key) => (key === 'name' ? undefined : labelIn(INFO_LABELS, key)))
    : [[OTHER_FIELDS, { info }]];
  return {
    name: isObject(info) ? info['name'] : undefined,
    values: [...about, ...valuesOfItem(rest)],
    children: childrenOf(rest),
  };
}

function readItem(item: JsonObject): PieceNode {
  const { name, ...rest } = item;
  const piece = Array.isArray(item['item']) ? 'folder' : 'request';
  return createNode({ piece, id: item['id'], name }, valuesOfItem(rest), childrenOf(rest));
}

function childrenOf(item: JsonObject): readonly PieceNode[] {
  return [
    ...readList(item['item'], 'request', readItem),
    ...readList(item['response'], 'example', readExample),
    ...readVariables(item['variable']),
  ];
}

/** An item is the collection itself, a folder or a request. */
function valuesOfItem(item: JsonObject): readonly LabelledValue[] {
  const { request, event, ...rest } = item;
  return [
    ...labelValues(rest, (key, value) => (isListOf(key, value) ? undefined : labelIn(ITEM_LABELS, key))),
    ...(request === undefined ? [] : valuesOfRequest(request)),
    ...(event === undefined ? [] : valuesOfEvents(event)),
  ];
}

function isListOf(key: string, value: unknown): boolean {
  return LISTS.has(key) && Array.isArray(value);
}

function valuesOfRequest(request: unknown): readonly LabelledValue[] {
  if (!isObject(request)) {
    return valuesOfUrl(request);
  }
  const { url, ...rest } = request;
  return [
    ...labelValues(rest, (key) => labelIn(REQUEST_LABELS, key)),
    ...(url === undefined ? [] : valuesOfUrl(url)),
  ];
}

/** A parameter stands in a list and, once more, in the raw URL: there it is the same change, not another one. */
function valuesOfUrl(url: unknown): readonly LabelledValue[] {
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

function valuesOfEvents(events: unknown): readonly LabelledValue[] {
  if (!Array.isArray(events)) {
    return [[OTHER_FIELDS, { events }]];
  }
  return events.map((event: unknown) => {
    const listen = isObject(event) ? event['listen'] : undefined;
    return [labelIn(EVENT_LABELS, typeof listen === 'string' ? listen : ''), { event }];
  });
}

function readExample(example: JsonObject): PieceNode {
  const { name, ...rest } = example;
  const values = labelValues(rest, (key) => labelIn(EXAMPLE_LABELS, key));
  return createNode({ piece: 'example', id: example['id'], name }, values);
}

function labelIn(labels: Labels, key: string): string {
  return labels.get(key) ?? OTHER_FIELDS;
}
