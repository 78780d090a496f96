/** The table of faults: what each does to an answer, and which requests it can happen to. */
import * as z from 'zod';
import { type Alteration, type Answer, html, json, type Sent, type Spoil } from './spoil.ts';

export type Server = 'postman' | 'gitlab' | 'git';

type Target = Sent & {
  readonly server: Server;
  /** What it asks for was never backed up: nobody can miss what is missing there. */
  readonly isNew: boolean;
  /** Other requests have the same shape. */
  readonly hasSiblings: boolean;
};

export type Fault = {
  readonly name: string;
  readonly spoil: Spoil;
  /** Absent: every request. */
  readonly canHit?: (target: Target) => boolean;
  /** Also as an outage: everything from one request on. */
  readonly lasts?: true;
  /** The whole server is meant, not one address; or it is a lie that nobody can see through when it is kept up. */
  readonly onlyOnce?: true;
  /** What is too large is committed in halves. */
  readonly halves?: true;
  /** Git may wait for the rest: it has to be given up. */
  readonly stalls?: true;
};

const TRANSPORT: readonly Fault[] = [
  { name: 'connection refused', spoil: { type: 'refuse' }, lasts: true, onlyOnce: true },
  { name: 'cut before the server heard of it', spoil: { type: 'cut', after: 'nothing' }, lasts: true },
  // For a commit: GitLab has made it.
  { name: 'done, cut before the head', spoil: { type: 'cut', after: 'the work' }, lasts: true },
  { name: 'done, cut after the head', spoil: { type: 'cut', after: 'the head' } },
  { name: 'done, cut in the body', spoil: { type: 'cut', after: 'half the body' } },
  { name: 'done, then 502 from a proxy', spoil: altered(() => html(502, '502 Bad Gateway')) },
  { name: 'hangs', spoil: { type: 'hang' }, lasts: true, stalls: true },
  { name: 'drips', spoil: { type: 'drip' }, stalls: true },
];

const STATUSES: readonly Fault[] = [
  { name: '401', spoil: refusal(401, '401 Unauthorized'), lasts: true },
  { name: '403', spoil: refusal(403, '403 Forbidden'), lasts: true },
  { name: '404', spoil: refusal(404, '404 Not found'), lasts: true, canHit: isKnownToBeThere },
  { name: '408', spoil: refusal(408, '408 Request Timeout') },
  { name: '409', spoil: refusal(409, '409 Conflict') },
  { name: '413, JSON', spoil: refusal(413, 'entity is too large'), halves: true },
  { name: '413, HTML', spoil: instead(html(413, '413 Request Entity Too Large')), halves: true },
  { name: '429', spoil: refusal(429, 'Retry later'), lasts: true },
  { name: '429, Retry-After', spoil: refusal(429, 'Retry later', { 'retry-after': '0.02' }) },
  { name: '429, Retry-After an hour', spoil: refusal(429, 'Retry later', { 'retry-after': '3600' }) },
  { name: '500', spoil: refusal(500, 'Internal Server Error'), lasts: true },
  { name: '502', spoil: instead(html(502, '502 Bad Gateway')) },
  { name: '503', spoil: instead(html(503, '503 Service Unavailable')), lasts: true },
  { name: '504', spoil: instead(html(504, '504 Gateway Time-out')) },
];

const WRONG_ANSWERS: readonly Fault[] = [
  { name: '200, an error object', spoil: refusal(200, 'Something went wrong'), lasts: true },
  { name: '200, HTML', spoil: instead(html(200, 'Welcome to Harbour Guest')), lasts: true },
  { name: 'redirect to a login page', spoil: instead(redirect('https://login.harbour.example/')) },
  { name: '200, truncated', spoil: altered(truncate), stalls: true },
  { name: '200, empty', spoil: altered((answer) => ({ ...answer, body: Buffer.alloc(0) })) },
  { name: '200, {}', spoil: instead(json(200, {})), stalls: true },
  {
    name: "another one's body",
    spoil: { type: 'alter', alter: (_, { ask, siblings }) => ask(siblings[0] ?? '') },
    canHit: ({ server, hasSiblings, path }) => server === 'postman' && hasSiblings && saysWhoseItIs(path),
  },
  {
    name: 'a body without most of it',
    spoil: altered(withoutMost),
    canHit: ({ path, isNew }) => !isNew && path.startsWith('/collections/'),
    onlyOnce: true,
  },
];

const LISTS: readonly Fault[] = [
  {
    name: 'an empty list',
    spoil: altered(emptyList),
    // That no more files follow looks like the end; that there is none at all is told apart.
    canHit: (target) => isMissedElsewhere(target) || (isList(target) && !isLaterPage(target)),
  },
  { name: 'a short page', spoil: altered(shortPage), canHit: isMissedElsewhere, onlyOnce: true },
  { name: 'a page repeated', spoil: { type: 'alter', alter: repeatPage }, canHit: isLaterPage },
  {
    name: 'a list that changes between pages',
    spoil: altered(shiftPage),
    canHit: (target) => isLaterPage(target) && isMissedElsewhere(target),
  },
  { name: 'a cursor that loops', spoil: { type: 'alter', alter: loopCursor }, canHit: isList },
];

export const faultGroups = {
  'the connection': TRANSPORT,
  'the status': STATUSES,
  'the answer': WRONG_ANSWERS,
  'the list': LISTS,
} as const;

export const faults: readonly Fault[] = Object.values(faultGroups).flat();

/** What was never backed up and is said not to exist: that no plan offers it, or not any more, is the better guess. */
function isKnownToBeThere({ server, isNew, path }: Target): boolean {
  return server !== 'postman' || !isNew || !/\/global-variables|^\/apis\?/.test(path);
}

/** Globals are values and no more: whose they are, the answer does not say. */
function saysWhoseItIs(path: string): boolean {
  return !path.includes('/global-variables') && !isListPath(path);
}

function isList({ server, path }: Target): boolean {
  return server === 'postman' ? isListPath(path) : server === 'gitlab' && path.includes('/tree?');
}

/**
 * The files of a spec are named by their list alone: one less is what an edit looks like. So are a team's workspaces,
 * but one that was there before is missed.
 */
function isMissedElsewhere(target: Target): boolean {
  return (
    isList(target) &&
    !target.path.includes('/files') &&
    !(target.isNew && target.path.startsWith('/workspaces?'))
  );
}

function isLaterPage(target: Target): boolean {
  return isList(target) && /[?&](cursor|page_token)=|[?&]offset=[1-9]/.test(target.path);
}

function isListPath(path: string): boolean {
  return /^\/(workspaces|collections|environments|mocks|monitors|specs|apis)\?|\/files(\?|$)/.test(path);
}

function instead(answer: Answer): Spoil {
  return { type: 'instead', answer };
}

function altered(alter: (answer: Answer) => Answer): Spoil {
  return { type: 'alter', alter };
}

/** In the words of both APIs. */
function refusal(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Spoil {
  return instead(json(status, { message, error: { name: 'serverError', message } }, headers));
}

function redirect(location: string): Answer {
  return { status: 302, headers: { location }, body: Buffer.alloc(0) };
}

function truncate(answer: Answer): Answer {
  return { ...answer, body: answer.body.subarray(0, Math.floor(answer.body.length / 2)) };
}

/** As postman-app-support#11920 and #8015 describe it. */
function withoutMost(answer: Answer): Answer {
  const { collection } = z
    .object({ collection: z.looseObject({ item: z.array(z.unknown()) }) })
    .parse(parse(answer));
  return json(answer.status, { collection: { ...collection, item: collection.item.slice(0, 1) } });
}

type Rows = readonly unknown[];

/** All lists of an answer become empty, and nothing says that there was more. */
function emptyList(answer: Answer): Answer {
  const { link: _, ...headers } = answer.headers;
  const value = mapRows(answer, () => []);
  return json(answer.status, isRecord(value) ? withoutMeta(value) : value, headers);
}

/** The last row is missing; what the answer says of further pages stays. */
function shortPage(answer: Answer): Answer {
  return { ...answer, body: encode(mapRows(answer, (rows) => rows.slice(0, -1))) };
}

/** What was on top of this page has moved to the one before, because something there was deleted. */
function shiftPage(answer: Answer): Answer {
  const value = mapRows(answer, (rows) => rows.slice(1));
  const meta = isRecord(value) && isRecord(value['meta']) ? value['meta'] : undefined;
  if (meta !== undefined && typeof meta['total'] === 'number') {
    meta['total'] -= 1;
  }
  return { ...answer, body: encode(value) };
}

function repeatPage(_: Answer, { sent, ask }: Alteration): Promise<Answer> {
  return ask(firstPage(sent.path));
}

function firstPage(path: string): string {
  const [address = '', query = ''] = path.split('?');
  const asked = new URLSearchParams(query);
  asked.delete('cursor');
  asked.delete('page_token');
  if (asked.has('offset')) {
    asked.set('offset', '0');
  }
  return asked.size === 0 ? address : `${address}?${asked}`;
}

/** Says that there is another page, and names one that came before. */
function loopCursor(answer: Answer, { sent }: Alteration): Answer {
  if (sent.path.includes('/tree?')) {
    return {
      ...answer,
      headers: { ...answer.headers, link: `<http://loopback${sent.path}>; rel="next"` },
    };
  }
  const value = parse(answer);
  const meta = isRecord(value) && isRecord(value['meta']) ? value['meta'] : {};
  const nextCursor = Buffer.from('position 0').toString('base64');
  return json(answer.status, { ...(isRecord(value) ? value : {}), meta: { ...meta, nextCursor } });
}

function mapRows(answer: Answer, change: (rows: Rows) => Rows): unknown {
  const value = parse(answer);
  if (Array.isArray(value)) {
    return change(value);
  }
  return isRecord(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, Array.isArray(inner) ? change(inner) : inner]),
      )
    : value;
}

function withoutMeta(value: Record<string, unknown>): Record<string, unknown> {
  const { meta: _, ...rest } = value;
  return rest;
}

function parse({ body }: Answer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function encode(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
