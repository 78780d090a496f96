/** Stands before the loopback GitLab and spoils the answers to commits: made but told otherwise, or made too late. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/**
 * What becomes of one POST: `madeAnd` passes it on and then answers so, or never (`hang`). `late` answers 504, and
 * passes it on only when the test says so.
 */
export type Spoil =
  | { readonly madeAnd: { readonly status: number; readonly body: string } | 'hang' }
  | { readonly late: true };

export type UnsureProxy = {
  readonly url: string;
  /** How many POSTs came. */
  posts(): number;
  /** One for each POST, in their order; POSTs beyond are passed on as they are. */
  spoil(...spoils: readonly Spoil[]): void;
  /** Passes the late ones on. @returns their statuses. */
  release(): Promise<number[]>;
  /** Does something before a request with this in its line (`POST /api…`) is passed on: the first one, or the one of that number. */
  before(line: string, act: () => Promise<unknown>, number?: number): void;
  /** Does something after a commit was made and before its answer is spoilt. */
  afterMade(act: () => Promise<unknown>): void;
};

type Sent = {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: Buffer;
};

export async function startUnsureProxy(target: string): Promise<UnsureProxy> {
  const late: Sent[] = [];
  const interludes: { line: string; left: number; act: () => Promise<unknown> }[] = [];
  let spoils: readonly Spoil[] = [];
  let posts = 0;
  let made: (() => Promise<unknown>) | undefined;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = await read(request);
    for (const interlude of interludes) {
      const isMeant = `${sent.method} ${sent.path}`.includes(interlude.line);
      if (isMeant && --interlude.left === 0) {
        await interlude.act();
      }
    }
    if (sent.method !== 'POST') {
      return give(response, await passOn(target, sent));
    }
    posts += 1;
    const spoil = spoils[posts - 1];
    if (spoil === undefined) {
      return give(response, await passOn(target, sent));
    }
    if ('late' in spoil) {
      late.push(sent);
      return give(response, new Response('<html>Gateway Time-out</html>', { status: 504 }));
    }
    await (await passOn(target, sent)).arrayBuffer();
    await made?.();
    if (spoil.madeAnd === 'hang') {
      return;
    }
    return give(response, new Response(spoil.madeAnd.body, { status: spoil.madeAnd.status }));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts: () => posts,
    spoil: (...given) => {
      spoils = given;
    },
    release: async () => {
      const statuses: number[] = [];
      for (const sent of late.splice(0)) {
        statuses.push((await passOn(target, sent)).status);
      }
      return statuses;
    },
    before: (line, act, number = 1) => void interludes.push({ line, left: number, act }),
    afterMade: (act) => {
      made = act;
    },
  };
}

async function read(request: IncomingMessage): Promise<Sent> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) {
    chunks.push(chunk);
  }
  const { method = 'GET', url: path = '/', headers } = request;
  const kept = ['private-token', 'content-type', 'accept'].flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value] as [string, string]] : [];
  });
  return { method, path, headers: new Headers(kept), body: Buffer.concat(chunks) };
}

function passOn(target: string, { method, path, headers, body }: Sent): Promise<Response> {
  return fetch(target + path, {
    method,
    headers,
    ...(method === 'POST' ? { body: new Uint8Array(body) } : {}),
  });
}

async function give(response: ServerResponse, answer: Response): Promise<void> {
  const link = answer.headers.get('link');
  response.writeHead(answer.status, link === null ? {} : { link });
  response.end(Buffer.from(await answer.arrayBuffer()));
}
