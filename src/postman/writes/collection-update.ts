/** `PUT /collections/{uid}`: at once while it is small, and as a task of Postman's when it is large. */
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { KnownError } from '../../errors.ts';
import type { JsonObject } from '../../json.ts';
import type { ResourceRef } from '../../model.ts';
import { pathSegment } from '../path-segment.ts';
import { type Api, type Done, type Refused, sendUntilClear, type Unclear, type Write } from './api.ts';

// Real bodies of 10 to 12 MB fail in a request of their own (postman-app-support#13148); one MB is far below.
export const LARGE_BYTES = 1_000_000;

const Accepted = z.looseObject({ task: z.looseObject({ id: z.string() }) });
const Task = z.looseObject({ status: z.string() });

/** @returns the size of the body, in bytes. */
export function sizeOf(body: JsonObject): number {
  return Buffer.byteLength(JSON.stringify(body));
}

/**
 * @param collection without the nulls that Postman refuses.
 * @returns why Postman does not take it at this size, when that is so; else it is done.
 * @throws KnownError when it was refused for another reason.
 */
export async function updateCollection(
  api: Api,
  ref: ResourceRef,
  collection: JsonObject,
): Promise<KnownError | undefined> {
  const isLarge = sizeOf(collection) > LARGE_BYTES;
  const refusal = isLarge ? undefined : await put(api, ref, collection, {});
  if (!isLarge && refusal === undefined) {
    return undefined;
  }
  return put(api, ref, collection, { prefer: 'respond-async' });
}

async function put(
  api: Api,
  ref: ResourceRef,
  collection: JsonObject,
  headers: Readonly<Record<string, string>>,
): Promise<KnownError | undefined> {
  const path = `collections/${pathSegment(ref.uid)}`;
  const sent = await sendWhenFree(api, { method: 'PUT', path, body: { collection }, headers });
  if (sent.outcome === 'done') {
    const task = sent.status === 202 ? Accepted.safeParse(sent.answer).data?.task : undefined;
    return task === undefined ? undefined : awaitTask(api, task.id);
  }
  if (isOfSize(sent, sizeOf(collection))) {
    return sent.error;
  }
  throw sent.error;
}

/** "Deep update operation is already in progress for this collection": of an earlier try, or of somebody else. */
async function sendWhenFree(api: Api, write: Write): Promise<Done | Refused | Unclear> {
  const { pollMs, polls } = api.patience;
  for (let looks = 1; ; looks++) {
    const sent = await sendUntilClear(api, write);
    if (sent.outcome !== 'refused' || sent.status !== 409 || looks >= polls) {
      return sent;
    }
    await wait(pollMs);
  }
}

/**
 * 413 says so. Of something large it is also what is meant by a gateway that gave up waiting, or by a 500
 * (postman-app-support#13148, #8213, #7556).
 */
export function isOfSize({ status }: Refused | Unclear, bytes: number): boolean {
  return status === 413 || (bytes > LARGE_BYTES && (status === 504 || status === 500));
}

async function awaitTask(api: Api, id: string): Promise<KnownError | undefined> {
  const { pollMs, polls } = api.patience;
  for (let looks = 0; looks < polls; looks++) {
    await wait(pollMs);
    const status = Task.safeParse(await api.get(`collection-updates-tasks/${pathSegment(id)}`)).data?.status;
    if (status === 'successful') {
      return undefined;
    }
    if (status === 'failed') {
      return new KnownError('POSTMAN_WRITE_REFUSED', 'Postman took it and could not carry it out.');
    }
  }
  throw new KnownError('POSTMAN_UNAVAILABLE', 'Postman is still at work on it, and did not finish in time.');
}
