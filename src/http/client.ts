/** The post room's counter: takes a request, sends it at the right pace as often as the policy allows, hands back the answer. */
import ky from 'ky';
import { mergeHeaders, resolveUrl, shownUrl } from './outgoing.ts';
import { createPace, type Pace } from './pace.ts';
import { defaultPolicy, type HttpPolicy } from './policy.ts';
import type { Answer } from './send.ts';
import { createTries, type Errand, type HttpEvent } from './tries.ts';

export type HttpRequest = {
  /** Default GET. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  /** Relative to the base, encoded, without a leading slash; may contain a query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Blob;
  /** Default `json`. */
  readonly expect?: 'json' | 'bytes';
};

type HttpResponse = Answer;

export type { HttpEvent };

export type HttpClient = {
  /**
   * Repeats what may be repeated: reads after every passing failure, writes only after a 429.
   * @throws HttpError when there is no good answer.
   * @throws KnownError CONFIG_INVALID when a header or the address cannot be used.
   */
  request(request: HttpRequest): Promise<HttpResponse>;
  /** How many requests have been sent, each try counted. */
  sent(): number;
};

export type HttpClientOptions = {
  /** May contain a path (https://host/gitlab/api/v4). */
  readonly baseUrl: string;
  /** Sent with every request: the credentials. */
  readonly headers: Readonly<Record<string, string>>;
  /** Shared by clients with the same key; without one, only eight requests run at once. */
  readonly pace?: Pace;
  readonly policy?: Partial<HttpPolicy>;
  /** Hears of every try, and of every wait. Paths come without their query. */
  readonly onEvent?: (event: HttpEvent) => void;
  /** Whether an answer is final although its status says "later" (a month's quota that is used up, sent as 429). */
  readonly isFinal?: (status: number, body: string) => boolean;
};

// ky would never ask shouldRetry about a method that is not listed: a write is repeated after a 429.
const ALL_METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete'] as const;

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { baseUrl, headers, onEvent, isFinal } = options;
  const pace = options.pace ?? createPace();
  const policy = { ...defaultPolicy, ...options.policy };
  let sent = 0;
  const emit = (event: HttpEvent) => {
    sent += event.type === 'request' ? 1 : 0;
    onEvent?.(event);
  };
  return {
    async request({ method = 'GET', expect = 'json', path, body, headers: ownHeaders = {} }) {
      const barePath = path.replace(/\?.*/s, '');
      return run({
        outgoing: {
          method,
          url: resolveUrl(baseUrl, path),
          headers: mergeHeaders(defaultHeaders(expect, body), headers, ownHeaders),
          body,
          expect,
        },
        path: barePath,
        lane: pace.laneOf(barePath, method),
        policy,
        emit,
        isFinal,
      });
    },
    sent: () => sent,
  };
}

function defaultHeaders(expect: 'json' | 'bytes', body: HttpRequest['body']): Record<string, string> {
  return {
    'user-agent': 'postman-gitlab',
    accept: expect === 'json' ? 'application/json' : '*/*',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
}

/**
 * ky repeats and waits; what a try is, whether there is a next one and when, says tries.ts. ky gets neither headers
 * nor bodies: its errors would print the first, and it would copy the second for every try.
 */
async function run(errand: Errand): Promise<Answer> {
  const tries = createTries(errand);
  let answer: Answer | undefined;
  await ky(shownUrl(errand.outgoing.url), {
    method: errand.outgoing.method,
    timeout: false,
    async fetch() {
      answer = await tries.next();
      return new Response();
    },
    retry: {
      limit: errand.policy.tries - 1,
      methods: [...ALL_METHODS],
      shouldRetry: () => tries.delayMs() !== undefined,
      delay: () => tries.delayMs() ?? 0,
    },
  });
  if (!answer) {
    throw new Error('ky answered without fetching');
  }
  return answer;
}
