/** Sends a request once and reads the whole answer, or throws an HttpError. */
import { readBytes, readErrorText, readText } from './body.ts';
import { toHttpError } from './failure.ts';
import { HttpError } from './http-error.ts';
import { shownUrl } from './outgoing.ts';
import type { HttpPolicy } from './policy.ts';
import { startWatch, type Watch } from './watch.ts';

/** A request with everything that goes over the wire. */
export type Outgoing = {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string | Blob | undefined;
  readonly expect: 'json' | 'bytes';
};

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  /** With `expect: 'json'` only; undefined when the answer has no body and needs none (204, 205, HEAD). */
  readonly json: unknown;
  /** With `expect: 'bytes'` only; else empty. */
  readonly bytes: Buffer;
};

const MAX_REDIRECTS = 3;
const EMPTY = Buffer.alloc(0);

/**
 * @param maxMs most milliseconds this try may take.
 * @throws HttpError for every answer outside 2xx, and for every way not to get one.
 */
export async function sendOnce(outgoing: Outgoing, policy: HttpPolicy, maxMs: number): Promise<Answer> {
  const watch = startWatch({
    firstSilenceMs: policy.silenceMs + bytesOf(outgoing.body) / policy.uploadBytesPerMs,
    silenceMs: policy.silenceMs,
    wholeMs: Math.min(policy.tryMs, maxMs),
  });
  let status: number | undefined;
  try {
    const response = await fetchWithinOrigin(outgoing, watch);
    status = response.status;
    return await readAnswer(response, outgoing, watch);
  } catch (error) {
    const context = { ...identify(outgoing), ...(status === undefined ? {} : { status }) };
    const limit = watch.expired();
    if (limit === undefined || error instanceof HttpError) {
      throw toHttpError(error, context);
    }
    throw new HttpError({ ...context, reason: 'timeout', detail: limit });
  } finally {
    watch.stop();
  }
}

/** For texts a lower bound, which is near enough. */
function bytesOf(body: Outgoing['body']): number {
  return body instanceof Blob ? body.size : (body?.length ?? 0);
}

/** Follows redirects of reads by hand: fetch would carry custom headers, and so the credentials, to any host. */
async function fetchWithinOrigin(outgoing: Outgoing, watch: Watch): Promise<Response> {
  let url = outgoing.url;
  for (let hops = 0; ; hops++) {
    const response = await fetch(url, {
      method: outgoing.method,
      headers: outgoing.headers,
      body: outgoing.body ?? null,
      redirect: 'manual',
      signal: watch.signal,
    });
    watch.touch();
    const location = response.status >= 300 && response.status < 400 && response.headers.get('location');
    if (!location) {
      return response;
    }
    await response.body?.cancel();
    url = redirectTarget({ outgoing, response, from: url, location, hops });
  }
}

type Redirect = {
  readonly outgoing: Outgoing;
  readonly response: Response;
  readonly from: URL;
  readonly location: string;
  readonly hops: number;
};

function redirectTarget({ outgoing, response, from, location, hops }: Redirect): URL {
  const target = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  const isRead = outgoing.method === 'GET' || outgoing.method === 'HEAD';
  if (target?.origin === from.origin && isRead && hops < MAX_REDIRECTS) {
    return target;
  }
  throw new HttpError({
    ...identify(outgoing),
    reason: 'redirect',
    status: response.status,
    headers: response.headers,
    ...(target ? { detail: `to ${target.origin}` } : {}),
  });
}

async function readAnswer(response: Response, outgoing: Outgoing, watch: Watch): Promise<Answer> {
  const { status, headers } = response;
  if (!response.ok) {
    const body = await readErrorText(response, watch.touch);
    throw new HttpError({ ...identify(outgoing), reason: 'status', status, headers, body });
  }
  if (outgoing.expect === 'bytes') {
    return { status, headers, json: undefined, bytes: await readBytes(response, watch.touch) };
  }
  const text = await readText(response, watch.touch);
  const mayBeEmpty = status === 204 || status === 205 || outgoing.method === 'HEAD';
  const parsed = text === '' && mayBeEmpty ? { json: undefined } : parseJson(text);
  if (parsed) {
    return { status, headers, json: parsed.json, bytes: EMPTY };
  }
  throw new HttpError({
    ...identify(outgoing),
    reason: 'malformed',
    status,
    headers,
    body: text,
    ...(text === '' ? { detail: 'empty' } : {}),
  });
}

/** The parser's own error would quote the text, and the text may hold secrets. */
function parseJson(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** What an error may say about a request. */
export function identify({ method, url }: Outgoing): { method: string; url: string } {
  return { method, url: shownUrl(url) };
}
