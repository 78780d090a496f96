/** Passes a request on to the server that it is meant for. */
import { type Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { Answer, Sent } from './spoil.ts';

export type Upstream = {
  readonly agent: Agent;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
};

export function passOn({ agent, target, headers }: Upstream, sent: Sent, body: Buffer): Promise<Answer> {
  const { connection: _, host: __, 'transfer-encoding': ___, 'content-length': ____, ...kept } = headers;
  const length = body.length === 0 ? {} : { 'content-length': body.length };
  const options = { agent, method: sent.method, headers: { ...kept, ...length } };
  return new Promise((resolve, reject) => {
    const onward = request(`${target}${sent.path}`, options, (incoming) => {
      readAll(incoming).then(
        (bytes) =>
          resolve({ status: incoming.statusCode ?? 502, headers: endToEnd(incoming.headers), body: bytes }),
        reject,
      );
    });
    onward.on('error', reject);
    onward.end(body);
  });
}

/** What concerns the message and not the connection that it came over. */
function endToEnd(headers: IncomingHttpHeaders): Record<string, string> {
  const ofConnection = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date']);
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      ofConnection.has(name) || value === undefined ? [] : [[name, String(value)]],
    ),
  );
}

export async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
