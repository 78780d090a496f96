/** Lets a run be stopped from outside: nothing new is asked or begun, and what must not be cut in two is finished. */
import { setTimeout } from 'node:timers/promises';
import { stoppedError } from '../errors.ts';
import type { Repository, Source } from './ports.ts';

// Runners kill a cancelled job after ten seconds or more.
const GRACE_MS = 7_000;

export type Stoppable = {
  /** @returns the same source, whose questions end with STOPPED as soon as the run is to stop. */
  source(source: Source): Source;
  /** @returns the same repository: reading ends at once; a commit is not begun any more, or is finished. */
  repository(repository: Repository): Repository;
};

export function createStoppable(signal: AbortSignal): Stoppable {
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(stoppedError()), { once: true });
  });
  // Nobody may be waiting when it comes.
  stopped.catch(() => undefined);

  async function untilStopped<T>(work: () => Promise<T>): Promise<T> {
    throwIfStopped(signal);
    return Promise.race([work(), stopped]);
  }

  return {
    source: (source) => ({
      list: (scope) => untilStopped(() => source.list(scope)),
      fetch: (ref) => untilStopped(() => source.fetch(ref)),
      quota: () => untilStopped(() => source.quota()),
    }),
    repository: (repository) => ({
      ...repository,
      listTree: () => untilStopped(() => repository.listTree()),
      hasFile: (path) => untilStopped(() => repository.hasFile(path)),
      readBlob: (id) => untilStopped(() => repository.readBlob(id)),
      apply: async (plan) => {
        throwIfStopped(signal);
        return Promise.race([repository.apply(plan), graceAfter(stopped)]);
      },
    }),
  };
}

/** A commit that is under way has so long to arrive; what became of it after that, the next run reads. */
async function graceAfter(stopped: Promise<never>): Promise<never> {
  return stopped.catch(async (error: unknown) => {
    await setTimeout(GRACE_MS, undefined, { ref: false });
    throw error;
  });
}

function throwIfStopped(signal: AbortSignal): void {
  if (signal.aborted) {
    throw stoppedError();
  }
}
