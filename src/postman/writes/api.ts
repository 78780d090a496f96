/** Sends writes, each once, and says how certain it is what became of it. */
import { setTimeout as wait } from 'node:timers/promises';
import { KnownError } from '../../errors.ts';
import type { HttpClient } from '../../http/client.ts';
import { HttpError } from '../../http/http-error.ts';
import { readRefusal, translate, translatingErrors } from '../errors.ts';
import type { Listed } from '../kinds/kind-endpoints.ts';
import { createMemory } from '../remember.ts';
import type { Get } from '../source.ts';

export type WritePatience = {
  /** Milliseconds before each further look or try after an unclear answer. */
  readonly pauses: readonly number[];
  /** Milliseconds between two looks at a task of Postman's. */
  readonly pollMs: number;
  /** Most looks at one task. */
  readonly polls: number;
};

// What is answered with 500 may be done seconds later (postman-app-support#10098).
const DEFAULT_PATIENCE: WritePatience = { pauses: [1_000, 5_000, 15_000], pollMs: 3_000, polls: 400 };

export type Write = {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Done = { readonly outcome: 'done'; readonly status: number; readonly answer: unknown };
/** Certainly not done. */
export type Refused = {
  readonly outcome: 'refused';
  readonly status: number | undefined;
  /** Postman's own name of the error. */
  readonly name: string;
  readonly error: KnownError;
};
/** Done, or not, or half, or done soon. */
export type Unclear = {
  readonly outcome: 'unclear';
  readonly status: number | undefined;
  readonly error: KnownError;
};

/** Ids that are taken: what was there before, and what was created since. */
export type Known = Set<string>;

export type Api = {
  readonly get: Get;
  send(write: Write): Promise<Done | Refused | Unclear>;
  /**
   * What was there before the first creation in a place, listed once for all of them.
   * @throws KnownError when it cannot be listed whole: a lost answer could not be told from one of those.
   */
  known(place: string, list: () => Promise<Listed>): Promise<Known>;
  readonly patience: WritePatience;
};

export type ApiOptions = {
  readonly region: 'us' | 'eu';
  readonly patience?: Partial<WritePatience>;
};

export function createApi(client: HttpClient, { region, patience }: ApiOptions): Api {
  const rememberKnown = createMemory<Known>();
  return {
    get: (path, headers = {}) =>
      translatingErrors(region, async () => (await client.request({ path, headers })).json),
    async send({ body, ...request }) {
      try {
        const content = body === undefined ? {} : { body: JSON.stringify(body) };
        const { status, json } = await client.request({ ...request, ...content });
        return { outcome: 'done', status, answer: json };
      } catch (error) {
        if (!(error instanceof HttpError)) {
          throw error;
        }
        const known = { status: error.status, error: translate(error, region) };
        return isUnclear(error)
          ? { outcome: 'unclear', ...known }
          : { outcome: 'refused', ...known, name: readRefusal(error).name };
      }
    },
    known: (place, list) => rememberKnown(place, async () => knownIn(await list())),
    patience: { ...DEFAULT_PATIENCE, ...patience },
  };
}

function knownIn({ refs, doubt }: Listed): Known {
  if (doubt !== undefined) {
    const message = `What is in the workspace cannot be listed whole (${doubt}), so nothing is created in it.`;
    throw new KnownError('POSTMAN_UNAVAILABLE', message);
  }
  return new Set(refs.map(({ uuid }) => uuid));
}

/** A good status with half a body was most likely done; a gateway's 502 or 504 says nothing of what is behind it. */
function isUnclear({ reason, status = 0 }: HttpError): boolean {
  switch (reason) {
    case 'network':
    case 'timeout':
    case 'malformed':
      return true;
    case 'status':
      return status >= 500 || status === 408;
    case 'certificate':
    case 'redirect':
      return false;
  }
}

/** Sends what may be sent twice until the answer is clear, or as often as patience goes. */
export async function sendUntilClear(api: Api, write: Write): Promise<Done | Refused | Unclear> {
  for (const pause of api.patience.pauses) {
    const sent = await api.send(write);
    if (sent.outcome !== 'unclear') {
      return sent;
    }
    await wait(pause);
  }
  return api.send(write);
}

/** @throws KnownError when it was refused, or nobody knows. */
export function doneOrThrow(sent: Done | Refused | Unclear): Done {
  if (sent.outcome === 'done') {
    return sent;
  }
  throw sent.error;
}

/** Removes what the path names; what is not there any more is removed. @throws KnownError */
export async function removeAt(api: Api, path: string): Promise<void> {
  const sent = await sendUntilClear(api, { method: 'DELETE', path });
  if (sent.outcome !== 'done' && sent.error.code !== 'RESOURCE_NOT_FOUND') {
    throw sent.error;
  }
}
