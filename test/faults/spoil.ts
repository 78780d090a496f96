/** What may become of one answer on its way: the words that the table of faults is written in. */

/** A request as the proxy sees it. */
export type Sent = {
  readonly method: string;
  /** With its query. */
  readonly path: string;
};

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

export type Spoil =
  /** The server is not there: neither for this request nor, for a moment, for any other. */
  | { readonly type: 'refuse' }
  /** The connection dies: before the server has heard of it, or with that much of its answer. */
  | { readonly type: 'cut'; readonly after: 'nothing' | 'the work' | 'the head' | 'half the body' }
  /** Silence, for good. */
  | { readonly type: 'hang' }
  /** A byte now and then. */
  | { readonly type: 'drip' }
  /** Something happens before the server hears of it. */
  | { readonly type: 'before'; readonly act: () => Promise<unknown> }
  /** Answered by somebody else; the server never hears of it. */
  | { readonly type: 'instead'; readonly answer: Answer }
  /** The server has done it, and its answer is changed. */
  | {
      readonly type: 'alter';
      readonly alter: (answer: Answer, about: Alteration) => Answer | Promise<Answer>;
    };

export type Alteration = {
  readonly sent: Sent;
  /** Asks the server something else in place of the client. */
  readonly ask: (path: string) => Promise<Answer>;
  /** Paths of other requests of the same shape: another collection, another file. */
  readonly siblings: readonly string[];
};

export function html(status: number, title: string): Answer {
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body><h1>${title}</h1></body>\r\n</html>\r\n`;
  return { status, headers: { 'content-type': 'text/html' }, body: Buffer.from(body) };
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  const body = Buffer.from(JSON.stringify(value));
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}
