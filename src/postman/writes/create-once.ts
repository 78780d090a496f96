/** Creates something once: Postman has no key that would make a second POST harmless. */
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { KnownError } from '../../errors.ts';
import type { ResourceRef } from '../../model.ts';
import type { Listed } from '../kinds/kind-endpoints.ts';
import type { Api, Known, Refused, Unclear, Write } from './api.ts';

export type Draft = {
  /** Where it is created; what is there is listed once for each. */
  readonly place: string;
  readonly path: string;
  readonly body: unknown;
  /** The key under which the answer holds what was created; some come without. */
  readonly envelope?: string;
  readonly name: string;
  /** All that is there of this kind in this place. */
  list(): Promise<Listed>;
  /** Whether what appeared under this name meanwhile is what was sent, or an empty shell of it. */
  isOurs(ref: ResourceRef): Promise<boolean>;
  /** What the answer's `id`, `uid` and `name` stand for. */
  refOf(row: unknown): ResourceRef | undefined;
};

export type Created = {
  readonly outcome: 'created';
  readonly ref: ResourceRef;
  /** The answer got lost: it was found afterwards, and may be there without its content. */
  readonly isFound: boolean;
};

// Each comes after looks that found nothing.
const MAX_POSTS = 3;

/**
 * After an unclear answer it looks whether the thing is there, several times, and only then sends it again.
 * @returns why it is not there, when it is not: unclear, when every answer was.
 * @throws KnownError when it cannot be told whether it is there.
 */
export async function createOnce(api: Api, draft: Draft): Promise<Created | Refused | Unclear> {
  const known = await api.known(draft.place, draft.list);
  const write: Write = { method: 'POST', path: draft.path, body: draft.body };
  for (let posts = 1; ; posts++) {
    const sent = await api.send(write);
    if (sent.outcome === 'refused') {
      return sent;
    }
    const ref = sent.outcome === 'done' ? draft.refOf(rowIn(sent.answer, draft.envelope)) : undefined;
    if (ref !== undefined) {
      known.add(ref.uuid);
      return { outcome: 'created', ref, isFound: false };
    }
    const found = await lookFor(api, known, draft);
    if (found !== undefined) {
      return { outcome: 'created', ref: found, isFound: true };
    }
    if (sent.outcome === 'done') {
      throw new KnownError(
        'POSTMAN_ANSWER_UNEXPECTED',
        'Postman did not say what it created, and does not list it.',
      );
    }
    if (posts >= MAX_POSTS) {
      return sent;
    }
  }
}

function rowIn(answer: unknown, envelope: string | undefined): unknown {
  const row = z.looseObject({}).safeParse(answer).data;
  return envelope === undefined ? row : row?.[envelope];
}

async function lookFor(api: Api, known: Known, draft: Draft): Promise<ResourceRef | undefined> {
  for (const pause of api.patience.pauses) {
    await wait(pause);
    const { refs, doubt } = await draft.list();
    for (const ref of refs) {
      if (ref.name === draft.name && !known.has(ref.uuid) && (await draft.isOurs(ref))) {
        known.add(ref.uuid);
        return ref;
      }
    }
    if (doubt !== undefined) {
      const message = `It is not known whether Postman created "${draft.name}": ${doubt}.`;
      throw new KnownError('POSTMAN_UNAVAILABLE', message);
    }
  }
  return undefined;
}
