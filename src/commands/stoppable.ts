/** Lets a run be stopped from outside: nothing new is asked or begun, and what must not be cut in two is finished. */
import { stoppedError } from '../errors.ts';
import type { Repository, Source, Target } from './ports.ts';

// Runners kill a cancelled job after ten seconds or more.
const GRACE_MS = 7_000;

export type Stoppable = {
  /** @returns the same source, whose questions end with STOPPED as soon as the run is to stop. */
  source(source: Source): Source;
  /** @returns the same target: a write is not begun any more, or is finished. */
  target(target: Target): Target;
  /** @returns the same repository: reading ends at once; a commit is not begun any more, or is finished. */
  repository(repository: Repository): Repository;
};

export function createStoppable(signal: AbortSignal): Stoppable {
  const onStop = new Set<() => void>();
  const stopAll = () => {
    for (const stop of onStop) {
      stop();
    }
  };
  signal.addEventListener('abort', stopAll, { once: true });

  /** Each work has a stop of its own: a promise that stays open keeps every answer that it was ever raced with. */
  async function untilStopped<T>(work: () => Promise<T>, graceMs = 0): Promise<T> {
    throwIfStopped(signal);
    let stop = () => {};
    let grace: NodeJS.Timeout | undefined;
    const stopped = new Promise<never>((_, reject) => {
      stop = () => {
        grace = setTimeout(() => reject(stoppedError()), graceMs);
      };
    });
    onStop.add(stop);
    try {
      return await Promise.race([work(), stopped]);
    } finally {
      onStop.delete(stop);
      // Or the process would outlive its run by what is left of it.
      clearTimeout(grace);
    }
  }

  return {
    source: (source) => ({
      list: (scope) => untilStopped(() => source.list(scope)),
      fetch: (ref) => untilStopped(() => source.fetch(ref)),
      quota: () => untilStopped(() => source.quota()),
    }),
    // What became of a write that did not end in time, the next run looks up.
    target: (target) => ({
      createWorkspace: (draft) => untilStopped(() => target.createWorkspace(draft), GRACE_MS),
      // Nobody else removes what was made for one run.
      removeWorkspace: (id) => target.removeWorkspace(id),
      create: (kind, workspace, body) => untilStopped(() => target.create(kind, workspace, body), GRACE_MS),
      replace: (ref, body) => untilStopped(() => target.replace(ref, body), GRACE_MS),
      remove: (ref) => untilStopped(() => target.remove(ref), GRACE_MS),
    }),
    repository: (repository) => ({
      ...repository,
      listTree: () => untilStopped(() => repository.listTree()),
      hasFile: (path) => untilStopped(() => repository.hasFile(path)),
      readBlob: (id) => untilStopped(() => repository.readBlob(id)),
      // A commit that is under way has so long to arrive; what became of it after that, the next run reads.
      apply: (plan) => untilStopped(() => repository.apply(plan), GRACE_MS),
    }),
  };
}

function throwIfStopped(signal: AbortSignal): void {
  if (signal.aborted) {
    throw stoppedError();
  }
}
