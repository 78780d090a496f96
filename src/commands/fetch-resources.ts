/** Fetches and renders resources, a few at a time, and hands them on in the order in which they were asked for. */
import type { BackupConfig } from '../config/config.ts';
import { type ErrorCode, KnownError } from '../errors.ts';
import type { Outcome, RenderedResource, ResourceRef } from '../model.ts';
import { aboutResource } from '../plan/about-resource.ts';
import type { DetectedRef } from '../plan/detect-changes.ts';
import { shrinkOf } from '../plan/shrink.ts';
import { renderResource } from '../snapshot/render.ts';
import { allowanceFor } from '../snapshot/secrets/allowance.ts';
import type { Source } from './ports.ts';

export type Fetched = DetectedRef &
  ({ readonly rendered: RenderedResource } | { readonly rendered?: never; readonly outcome: Outcome });

// More than are asked for at once (`src/http/pace.ts`): while some are rendered or wait for their turn, others are on their
// way. Memory follows this many of the largest bodies.
const AHEAD = 12;
// After so many in a row, Postman is not there, and asking for the rest would only take time.
const HOPELESS = 8;
/** These concern every resource: the run ends, and nothing more is asked. */
const FATAL: ReadonlySet<ErrorCode> = new Set(['POSTMAN_KEY_REFUSED', 'CERTIFICATE_NOT_TRUSTED', 'STOPPED']);

type FetchOptions = {
  readonly settings: Pick<BackupConfig, 'layout' | 'secrets' | 'allowSecrets'>;
  /** Hears every secret value that was found. */
  readonly onSecret: (value: string) => void;
};

/**
 * @returns each resource with its files, or with the outcome `failed` or `skipped`.
 * @throws KnownError when the key is refused.
 */
export async function* fetchResources(
  source: Source,
  refs: readonly DetectedRef[],
  options: FetchOptions,
): AsyncGenerator<Fetched> {
  const fetchOne = createFetcher(source, options);
  const underWay: Promise<Fetched>[] = [];
  try {
    for (const ref of refs) {
      const fetched = fetchOne(ref);
      // Its turn to be awaited, and to throw, comes later.
      void fetched.catch(() => undefined);
      underWay.push(fetched);
      if (underWay.length >= AHEAD) {
        yield* next(underWay);
      }
    }
    while (underWay.length > 0) {
      yield* next(underWay);
    }
  } finally {
    // When the run ends early, what is under way may end as it likes, but not after the run.
    await Promise.allSettled(underWay);
  }
}

async function* next(underWay: Promise<Fetched>[]): AsyncGenerator<Fetched> {
  const first = underWay.shift();
  if (first !== undefined) {
    yield await first;
  }
}

function createFetcher(source: Source, options: FetchOptions) {
  let stopped: KnownError | undefined;
  let unavailableInARow = 0;

  function isHopeless({ code }: KnownError): boolean {
    unavailableInARow = code === 'POSTMAN_UNAVAILABLE' ? unavailableInARow + 1 : 0;
    return code === 'POSTMAN_QUOTA_EXHAUSTED' || FATAL.has(code) || unavailableInARow >= HOPELESS;
  }

  return async (one: DetectedRef): Promise<Fetched> => {
    try {
      if (stopped !== undefined) {
        throw stopped;
      }
      const rendered = await fetchTwiceWhenShrunk(one, source, options);
      unavailableInARow = 0;
      return { ...one, rendered };
    } catch (error) {
      const known = toKnownError(error);
      if (isHopeless(known)) {
        stopped = known;
      }
      if (FATAL.has(known.code)) {
        throw known;
      }
      return { ...one, outcome: outcomeOfFailure(one, known) };
    }
  };
}

/** An answer without most of what was there before may be a stale or a partial one. */
async function fetchTwiceWhenShrunk(
  { ref, entry }: DetectedRef,
  source: Source,
  options: FetchOptions,
): Promise<RenderedResource> {
  const first = await fetchAndRender(ref, source, options);
  if (shrinkOf(entry, first) === undefined) {
    return first;
  }
  const second = await fetchAndRender(ref, source, options);
  return (second.items ?? 0) >= (first.items ?? 0) ? second : first;
}

async function fetchAndRender(
  ref: ResourceRef,
  source: Source,
  { settings, onSecret }: FetchOptions,
): Promise<RenderedResource> {
  const isAllowed = allowanceFor(ref, settings.allowSecrets);
  const body = await source.fetch(ref);
  const { layout, secrets: mode } = settings;
  const { resource, secrets } = await renderResource(ref, body, { layout, mode, isAllowed });
  for (const secret of secrets) {
    onSecret(secret);
  }
  return resource;
}

/** Nesting too deep for the call stack is the body's fault and no bug of ours. */
function toKnownError(error: unknown): KnownError {
  if (error instanceof KnownError) {
    return error;
  }
  if (error instanceof RangeError) {
    return new KnownError('RESOURCE_INVALID', 'its content is nested too deeply to be written as a file');
  }
  throw error;
}

function outcomeOfFailure({ ref, entry }: DetectedRef, error: KnownError): Outcome {
  const about = { ...aboutResource(ref), ...(entry === undefined ? {} : { path: entry.path }) };
  if (ref.unlisted === true && error.code === 'RESOURCE_NOT_FOUND') {
    // Collections of other protocols than HTTP are said to be like that (postman-app-support#11252).
    return { ...about, status: 'skipped', note: 'its workspace names it, but the API does not give it' };
  }
  return { ...about, status: 'failed', code: error.code, note: error.message };
}
