/** Sends an answer, or spoils it the way a network, a proxy or a tired server would. */

/** @import { ServerResponse } from 'node:http' */
/** @import { Answer, Fault } from './types.mjs' */

import { setTimeout as wait } from 'node:timers/promises';

/**
 * @param {ServerResponse} response
 * @param {Fault | undefined} fault
 * @param {() => Answer} answer makes the real answer; not called when the fault is in its place.
 * @returns {Promise<number>} the status that was sent; 0 when no whole answer was.
 */
export async function send(response, fault, answer) {
  if (fault === 'hang') {
    return 0;
  }
  if (fault === 'reset') {
    response.socket?.resetAndDestroy();
    return 0;
  }
  if (fault === 'cutBody') {
    return sendHalf(response, answer());
  }
  if (fault !== undefined && 'status' in fault) {
    return sendWhole(response, faultAnswer(fault));
  }
  if (fault?.delayMs !== undefined) {
    await wait(fault.delayMs);
  }
  const real = answer();
  if (fault?.rewrite === undefined) {
    return sendWhole(response, real);
  }
  // A copy: a rewrite must not reach the estate.
  const json = fault.rewrite(JSON.parse(JSON.stringify(real.json ?? null)));
  return sendWhole(response, { ...real, json });
}

/** @param {{ status: number, body?: unknown, headers?: Record<string, string> }} fault @returns {Answer} */
function faultAnswer({ status, body = {}, headers = {} }) {
  return { status, json: body, headers };
}

/** A string is sent as it is (HTML of a proxy), anything else as JSON; nothing has no body. @param {ServerResponse} response @param {Answer} answer */
function sendWhole(response, answer) {
  const body = start(response, answer);
  response.end(body);
  return answer.status;
}

/** @param {ServerResponse} response @param {Answer} answer */
async function sendHalf(response, answer) {
  const body = start(response, answer);
  await new Promise((resolve) => response.write(body.subarray(0, Math.floor(body.length / 2)), resolve));
  response.socket?.destroy();
  return 0;
}

/** @param {ServerResponse} response @param {Answer} answer */
function start(response, { status, json, headers = {} }) {
  if (json === undefined) {
    response.writeHead(status, headers);
    return Buffer.alloc(0);
  }
  const isText = typeof json === 'string';
  const body = Buffer.from(isText ? json : JSON.stringify(json));
  const type = isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
  response.writeHead(status, { 'content-type': type, 'content-length': body.length, ...headers });
  return body;
}
