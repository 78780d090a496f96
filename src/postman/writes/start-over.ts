/** Writes made of several steps: after an unclear answer they look at what is there, and go on from that. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Api, Unclear } from './api.ts';

/**
 * @param attempt reads what is there and writes what is missing; returns the answer that was unclear, if one was.
 * @returns the last unclear answer, when every attempt met one.
 */
export async function startingOver(
  { patience }: Api,
  attempt: () => Promise<Unclear | undefined>,
): Promise<Unclear | undefined> {
  for (const pause of patience.pauses) {
    if ((await attempt()) === undefined) {
      return undefined;
    }
    await wait(pause);
  }
  return attempt();
}
