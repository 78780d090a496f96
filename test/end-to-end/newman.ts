/** Newman, Postman's own runner: loads and runs collections as people do. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import newman, { type NewmanRunOptions, type NewmanRunSummary } from 'newman';
import { atEnd } from './program.ts';

/** @throws when Newman cannot load the collection. */
export function runNewman(options: NewmanRunOptions): Promise<NewmanRunSummary> {
  return new Promise((resolve, reject) => {
    newman.run({ reporters: [], ...options }, (error, summary) =>
      error === null ? resolve(summary) : reject(error),
    );
  });
}

type NewmanItem = {
  readonly name: string;
  readonly request: { method: string; url: { toString(): string } };
};

const NOTHING_TO_RUN = 'nothing to run';

/** @returns what Newman makes of each request, sorted, without sending any; nothing when it cannot load it. */
export async function requestsInNewman(collection: unknown): Promise<readonly string[] | undefined> {
  const { item } = collection as { readonly item?: readonly object[] };
  try {
    const { collection: loaded } = await runNewman({
      collection: { ...(collection as object), item: [...(item ?? []), { name: NOTHING_TO_RUN, item: [] }] },
      folder: NOTHING_TO_RUN,
    });
    const requests: string[] = [];
    loaded.forEachItem(({ name, request }: NewmanItem) => {
      requests.push(`${name} ${request.method} ${request.url.toString()}`);
    });
    return requests.sort();
  } catch {
    return undefined;
  }
}

/** Answers every request with what it was asked. @returns its address. */
export async function startEcho(): Promise<string> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (data) => {
      body += data;
    });
    request.on('end', () => {
      const { method, url: path, headers } = request;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ method, path, body, authorization: headers.authorization }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(async () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
