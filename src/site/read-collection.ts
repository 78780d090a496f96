/** Reads a collection for its page. Whatever is not as the format says is left out; nothing here fails. */
import * as z from 'zod';
import type { Body, Collection, Example, Item, Row, Script, Variable } from './model.ts';
import { list, row, text, variables } from './read-fields.ts';

// Deeper folders are a mistake or an attack.
const MAX_DEPTH = 60;

const description = z
  .union([z.string(), z.object({ content: z.string() }).transform(({ content }) => content)])
  .catch('');
const auth = z
  .object({ type: z.string() })
  .transform(({ type }) => type)
  .optional()
  .catch(undefined);
const script = z.object({
  listen: text,
  script: z.object({ exec: z.union([z.string(), z.array(text).transform((lines) => lines.join('\n'))]) }),
});
const scripts = list(script).transform((events): Script[] =>
  events
    .map(({ listen, script: { exec } }) => ({ listen, text: exec }))
    .filter(({ text: code }) => code.trim() !== ''),
);
const rows = (sort = '') => list(row(sort));

/** A part of a URL, as a text or in pieces. */
const joined = (separator: string) =>
  z.union([z.string(), list(text).transform((pieces) => pieces.join(separator))]).catch('');

/** What Postman writes has `raw` as well; other tools leave it out. */
function joinParts({
  protocol,
  host,
  port,
  path,
}: Readonly<Record<'protocol' | 'host' | 'port' | 'path', string>>) {
  const origin = `${protocol === '' ? '' : `${protocol.replace(/:?(\/\/)?$/, '')}://`}${host}${port === '' ? '' : `:${port}`}`;
  return path === '' ? origin : `${origin}/${path.replace(/^\//, '')}`;
}

const url = z
  .union([
    z.string().transform((raw) => ({ raw, parameters: [] as Row[] })),
    z
      .object({
        raw: z.string().optional().catch(undefined),
        ...{ protocol: text, host: joined('.'), port: text, path: joined('/') },
        ...{ query: rows('query'), variable: rows('path') },
      })
      .transform(({ raw, query, variable, ...parts }) => ({
        raw: raw ?? joinParts(parts),
        parameters: [...variable, ...query],
      })),
  ])
  .catch({ raw: '', parameters: [] });

const body = z
  .object({
    mode: z.string(),
    raw: text,
    urlencoded: rows(),
    formdata: rows('form'),
    graphql: z.object({ query: text, variables: text }).catch({ query: '', variables: '' }),
    file: z.object({ src: text }).catch({ src: '' }),
  })
  .transform(({ mode, raw, urlencoded, formdata, graphql, file }): Body => {
    const texts = [
      { title: 'Body', text: raw },
      { title: 'GraphQL', text: graphql.query },
      { title: 'GraphQL variables', text: graphql.variables },
      { title: 'File', text: file.src },
    ];
    return { mode, texts: texts.filter((one) => one.text !== ''), rows: [...urlencoded, ...formdata] };
  })
  .optional()
  .catch(undefined);

const example = z
  .object({
    name: text,
    code: z.number().optional().catch(undefined),
    status: text,
    header: rows(),
    body: text,
  })
  .transform(
    ({ name, code, status, header, body: content }): Example => ({
      name,
      status: `${code ?? ''} ${status}`.trim(),
      headers: header,
      body: content,
    }),
  );

const RequestFields = z
  .union([z.string().transform((raw) => ({ url: raw })), z.looseObject({})])
  .pipe(z.object({ method: z.string().catch('GET'), url, header: rows(), body, auth, description }));

const Node = z.object({
  id: z
    .string()
    .regex(/^[\w-]{1,80}$/)
    .optional()
    .catch(undefined),
  name: text,
  description,
  auth,
  event: scripts,
  item: z.array(z.unknown()).optional().catch(undefined),
  request: z.unknown().optional(),
  response: list(example),
});

const Root = z.object({
  info: z.object({ description }),
  auth,
  event: scripts,
  variable: variables,
  item: z.array(z.unknown()),
});

/** @param content the collection as the repository holds it. @returns nothing when it is not one of format 2. */
export function readCollection(content: unknown): Collection | undefined {
  const root = Root.safeParse(content);
  if (!root.success) {
    return undefined;
  }
  const { info, auth: own, event, variable, item } = root.data;
  return {
    description: info.description,
    ...(own === undefined ? {} : { auth: own }),
    scripts: event,
    variables: variable satisfies readonly Variable[],
    items: readItems(item, { anchors: new Set(), place: 'item', depth: 0 }),
  };
}

type Level = { readonly anchors: Set<string>; readonly place: string; readonly depth: number };

function readItems(items: readonly unknown[], { anchors, place, depth }: Level): readonly Item[] {
  return depth > MAX_DEPTH
    ? []
    : items.flatMap((item, index) =>
        readItem(item, { anchors, place: `${place}-${index + 1}`, depth: depth + 1 }),
      );
}

function readItem(item: unknown, level: Level): readonly Item[] {
  const node = Node.safeParse(item);
  if (!node.success) {
    return [];
  }
  const { id, name, description: own, auth: auth_, event, item: items, request, response } = node.data;
  const common = { name, anchor: anchorOf(id, level), scripts: event };
  if (items !== undefined) {
    const nested = readItems(items, level);
    return [{ ...common, type: 'folder', description: own, ...withAuth(auth_), items: nested }];
  }
  const parts = RequestFields.safeParse(request ?? {});
  if (!parts.success) {
    return [];
  }
  const { method, url: address, header, body, auth: requestAuth, description: said } = parts.data;
  return [
    {
      ...{ ...common, type: 'request', description: said === '' ? own : said, ...withAuth(requestAuth) },
      ...{ method, url: address.raw, parameters: address.parameters, headers: header },
      ...(body === undefined ? {} : { body }),
      examples: response,
    },
  ];
}

function withAuth(type: string | undefined) {
  return type === undefined || type === 'noauth' ? {} : { auth: type };
}

/** The id stays when items come and go around it; two with one id are told apart by their places. */
function anchorOf(id: string | undefined, { anchors, place }: Level): string {
  const anchor = id === undefined || anchors.has(`id-${id}`) ? place : `id-${id}`;
  anchors.add(anchor);
  return anchor;
}
