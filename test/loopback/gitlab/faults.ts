/** Faults that a test orders for single requests, and how an answer is spoilt by them. */
import type { ServerResponse } from 'node:http';
import type { Reply } from './reply.ts';

/**
 * `reset`: the connection dies before anything is done. `hang`: no answer, ever. `cutBody`: half the body, then
 * the connection dies. `resetAfterProcessing`: the work is done (a commit is made), the answer never arrives.
 */
export type Fault =
  | {
      readonly status: number;
      readonly body?: string | object;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly delayMs: number }
  | 'reset'
  | 'hang'
  | 'cutBody'
  | 'resetAfterProcessing';

/** Asked once for each request, with the path and query that `requests` records; `index` counts from 0. */
export type FaultHook = (request: {
  readonly method: string;
  readonly path: string;
  readonly index: number;
}) => Fault | undefined;

export type Delivery = 'whole' | 'half' | 'none';

export function deliveryOf(fault: Fault | undefined): Delivery {
  if (fault === 'cutBody') {
    return 'half';
  }
  return fault === 'resetAfterProcessing' ? 'none' : 'whole';
}

/** @returns the answer that the fault puts in the place of GitLab's. */
export function replyOf(fault: Fault | undefined): Reply | undefined {
  if (typeof fault !== 'object' || !('status' in fault)) {
    return undefined;
  }
  const { status, body = '', headers = {} } = fault;
  const isText = typeof body === 'string';
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json';
  const content = isText ? body : JSON.stringify(body);
  return { status, headers: { 'content-type': type, ...headers }, body: Buffer.from(content) };
}

/** Sends the reply whole, half, or not at all. */
export function deliver(response: ServerResponse, reply: Reply, delivery: Delivery): void {
  if (delivery === 'none' || response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(reply.status, { ...reply.headers, 'content-length': reply.body.length });
  if (delivery === 'whole') {
    response.end(reply.body);
    return;
  }
  response.flushHeaders();
  const half = reply.body.subarray(0, Math.floor(reply.body.length / 2));
  response.write(half, () => response.destroy());
}
