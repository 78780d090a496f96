/** Sends an answer on, whole or spoilt. */
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Alteration, Answer, Spoil } from './spoil.ts';

const DRIP_MS = 40;

type Exchange = {
  readonly pass: () => Promise<Answer>;
  readonly about: Alteration;
};

/** @param exchange.pass asks the server. */
export async function spoilAnswer(
  response: ServerResponse,
  spoil: Exclude<Spoil, { type: 'refuse' }>,
  { pass, about }: Exchange,
): Promise<void> {
  switch (spoil.type) {
    case 'hang':
      return;
    case 'before':
      await spoil.act();
      return give(response, await pass());
    case 'instead':
      return give(response, spoil.answer);
    case 'alter':
      return give(response, await spoil.alter(await pass(), about));
    case 'drip':
      return drip(response, await pass());
    case 'cut':
      if (spoil.after === 'nothing') {
        response.socket?.resetAndDestroy();
        return;
      }
      return cut(response, await pass(), spoil.after);
  }
}

async function cut(response: ServerResponse, answer: Answer, after: string): Promise<void> {
  if (after !== 'the work') {
    writeHead(response, answer);
    response.flushHeaders();
    const half = after === 'the head' ? 0 : Math.floor(answer.body.length / 2);
    await new Promise((resolve) => response.write(answer.body.subarray(0, half), resolve));
  }
  response.destroy();
}

async function drip(response: ServerResponse, answer: Answer): Promise<void> {
  writeHead(response, answer);
  response.flushHeaders();
  for (const byte of answer.body) {
    if (response.destroyed) {
      return;
    }
    response.write(Buffer.of(byte));
    await wait(DRIP_MS);
  }
  response.end();
}

export function give(response: ServerResponse, answer: Answer): void {
  writeHead(response, answer);
  response.end(answer.body);
}

function writeHead(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': body.length });
}
