/** The only error that leaves this room for a request: it carries what a bridge translates, and nothing that was sent. */

export type HttpErrorReason = 'status' | 'timeout' | 'network' | 'certificate' | 'redirect' | 'malformed';

type HttpErrorFacts = {
  readonly reason: HttpErrorReason;
  readonly method: string;
  /** Origin and path. */
  readonly url: string;
  readonly status?: number;
  readonly headers?: Headers;
  readonly body?: string;
  readonly detail?: string;
};

/** Most bytes of a body that an error keeps. */
export const MAX_BODY = 64_000;

export class HttpError extends Error {
  readonly reason: HttpErrorReason;
  readonly method: string;
  /** Origin and path: no query, no user name, no password. */
  readonly url: string;
  /** Status of the answer; absent when there was none. */
  readonly status?: number;
  /** A code of OpenSSL or of the operating system, a redirect's origin, a time limit. */
  readonly detail?: string;
  // Private, so that neither util.inspect nor JSON.stringify prints them: an answer may hold secrets of its own.
  readonly #headers: Headers | undefined;
  readonly #body: string;

  constructor(facts: HttpErrorFacts) {
    super(`${facts.method} ${facts.url}: ${describe(facts)}`);
    this.name = 'HttpError';
    this.reason = facts.reason;
    this.method = facts.method;
    this.url = facts.url;
    if (facts.status !== undefined) {
      this.status = facts.status;
    }
    if (facts.detail !== undefined) {
      this.detail = facts.detail;
    }
    this.#headers = facts.headers;
    // Copied: a slice alone would keep the whole text in memory.
    this.#body = Buffer.from(facts.body?.slice(0, MAX_BODY) ?? '').toString('utf8', 0, MAX_BODY);
  }

  /** Headers of the answer. */
  get headers(): Headers | undefined {
    return this.#headers;
  }

  /** Beginning of the answer's body, at most 64 kB: for translating, not for printing as it is. */
  get body(): string {
    return this.#body;
  }
}

function describe({ reason, status, detail }: HttpErrorFacts): string {
  switch (reason) {
    case 'status':
      return `answered with status ${status}`;
    case 'timeout':
      return `no complete answer in time${inBrackets(detail)}`;
    case 'network':
      return `the connection failed${inBrackets(detail)}`;
    case 'certificate':
      return `the server's certificate is not trusted${inBrackets(detail)}`;
    case 'redirect':
      return `redirected, which is not followed${inBrackets(detail)}`;
    case 'malformed':
      return `the answer (status ${status}) is not the JSON that was expected${inBrackets(detail)}`;
  }
}

function inBrackets(detail: string | undefined): string {
  return detail === undefined ? '' : ` (${detail})`;
}
