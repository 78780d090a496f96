/** What a handler answers, and the exception that ends a handler early with a refusal. */

export type Reply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

export class Refusal extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`refused with ${reply.status}`);
    this.reply = reply;
  }
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(JSON.stringify(value)),
  };
}

export function text(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
    body: Buffer.from(body),
  };
}

/** Ends the handler with `{"message": message}`, the shape of most of GitLab's refusals. */
export function refuse(status: number, message: string): never {
  throw new Refusal(json(status, { message }));
}

/** Ends the handler with `{"message": "404 <what> Not Found"}`. */
export function notFound(what: string): never {
  refuse(404, `404 ${what} Not Found`);
}

/** Ends the handler like GitLab's parameter validation of the commits API since 18.7. */
export function badRequest(problem: string): never {
  refuse(400, `400 Bad request - ${problem}`);
}
