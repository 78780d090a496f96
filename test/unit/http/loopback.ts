/** Real servers on the loopback interface for the post room's tests, closed after each test. */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { onTestFinished } from 'vitest';
import { createSelfSigned } from './self-signed.ts';

export type Loopback = {
  readonly url: string;
  /** Every request in the order of arrival. */
  readonly requests: readonly IncomingMessage[];
};

/** @param answer gets the number of the request, from 0. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, index: number) => unknown,
): Promise<Loopback> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => answer(request, response, requests.push(request) - 1));
  return { url: `http://127.0.0.1:${await listen(server)}`, requests };
}

/** Answers request after request with these; the last one again and again. */
export async function serveInTurn(...answers: readonly RequestListener[]): Promise<Loopback> {
  return serve((request, response, index) => (answers[index] ?? answers.at(-1))?.(request, response));
}

export async function serveUntrusted(): Promise<Loopback> {
  const requests: IncomingMessage[] = [];
  const server = createTlsServer(createSelfSigned('localhost'), (request, response) => {
    requests.push(request);
    response.end('{}');
  });
  return { url: `https://localhost:${await listen(server)}`, requests };
}

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    if ('closeAllConnections' in server && server.closeAllConnections instanceof Function) {
      server.closeAllConnections();
    }
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

export function respond(
  status: number,
  body: string | Buffer,
  headers: Record<string, string> = {},
): RequestListener {
  return (_request, response) => {
    response.writeHead(status, headers).end(body);
  };
}
