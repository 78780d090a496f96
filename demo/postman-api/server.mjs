/** A stand-in for the Postman API on loopback, for the demo and the tests: its answers, limits, noise and faults. */

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { Answer, FaultHook, PostmanApi, PostmanApiOptions, RequestRecord } from './types.mjs' */

import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { malformed, problem, unauthorized } from './errors.mjs';
import { send } from './faults.mjs';
import { createLimits } from './limits.mjs';
import { shuffled } from './noise.mjs';
import { findRoute } from './routes.mjs';
import { createUpdateTasks } from './update-tasks.mjs';

// Put together here so that no scanner takes it for a real one.
const MADE_UP_KEY = ['PMAK', 'c0ffee'.repeat(4), `${'5eed'.repeat(8)}42`].join('-');

/**
 * @param {PostmanApiOptions} options
 * @returns {Promise<PostmanApi>} a running server; `close()` ends it and every open connection.
 */
export async function startPostmanApi(options) {
  const apiKey = options.apiKey ?? MADE_UP_KEY;
  const { estate } = options;
  const limits = createLimits(options.limits ?? {}, options.now ?? Date.now);
  const tasks = createUpdateTasks(options);
  const kept = { estate, options, tasks };
  /** @type {RequestRecord[]} */
  const requests = [];
  /** @type {FaultHook | undefined} */
  let hook;

  /** @param {IncomingMessage} request @param {ServerResponse} response */
  async function serve(request, response) {
    const { method = 'GET', url: path = '/', headers } = request;
    const record = { method, path, status: 0 };
    const count = requests.push(record);
    const body = await readBody(request);
    if (options.latencyMs !== undefined) {
      await wait(options.latencyMs);
    }
    const fault = await hook?.({ method, path, headers, count });
    record.status = await send(response, fault, () => answer({ method, path, headers, body, count }));
  }

  /** @param {{ method: string, path: string, headers: IncomingMessage['headers'], body: string, count: number }} request @returns {Answer} */
  function answer({ method, path, headers, body, count }) {
    if (headers['x-api-key'] !== apiKey) {
      return unauthorized();
    }
    const { pathname, searchParams: query } = new URL(path, 'http://loopback');
    const route = findRoute(method, pathname, options.unavailable);
    const { headers: limitHeaders, refusal } = limits.admit(route);
    if (refusal !== undefined) {
      return withHeaders(refusal, limitHeaders);
    }
    const parsed = parseJson(body);
    if (parsed === invalid) {
      return withHeaders(malformed('JSON', ['not JSON']), limitHeaders);
    }
    tasks.advance(count);
    const { params, handler } = route;
    const { accept = '', prefer } = headers;
    const sent = { body: parsed, size: Buffer.byteLength(body), accept, isAsync: prefer === 'respond-async' };
    const context = { ...kept, ...sent, params, query, count, monthlyUsage: limits.usage() };
    const real = withHeaders(handler(context), limitHeaders);
    const isNoisy = options.noisy === true && method === 'GET';
    return isNoisy ? { ...real, json: shuffled(real.json, count) } : real;
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error) => send(response, undefined, () => bug(error)));
  });
  await listen(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    apiKey,
    estate,
    requests,
    onRequest(next) {
      hook = next;
    },
    close: () => close(server),
  };
}

const invalid = Symbol('invalid');

/** An error of the stand-in, or of a test's hook, made visible to whoever called. @param {unknown} error @returns {Answer} */
function bug(error) {
  return problem(500, 'internal-server-error', 'Internal Server Error', `in the stand-in: ${error}`);
}

/** @param {string} text @returns {unknown} */
function parseJson(text) {
  if (text === '') {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return invalid;
  }
}

/** @param {Answer} answer @param {Record<string, string>} headers @returns {Answer} */
function withHeaders(answer, headers) {
  return { ...answer, headers: { ...headers, ...answer.headers } };
}

/** @param {IncomingMessage} request */
async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** @param {ReturnType<typeof createServer>} server @param {number} port */
async function listen(server, port) {
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
}

/** @param {ReturnType<typeof createServer>} server */
async function close(server) {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

/** @param {ReturnType<typeof createServer>} server */
function portOf(server) {
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the server has no port');
  }
  return address.port;
}
