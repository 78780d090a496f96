/** Decides when a request may be sent: how many at once, how many in a time window, and when the server wants quiet. */
import PQueue from 'p-queue';

/** A limit on some paths. All requests that match share one window; the first rule that matches counts. */
export type PaceRule = {
  /** @param path as in `HttpRequest.path`, without its query. */
  readonly matches: (path: string, method: string) => boolean;
  /** Most requests that may start in any `windowMs`. */
  readonly limit: number;
  readonly windowMs: number;
};

/** Shared by all clients that use the same key, because a server counts by key. */
export type Pace = {
  /** @returns the lane in which such requests wait for each other. @param method default GET. */
  laneOf(path: string, method?: string): Lane;
};

/** In milliseconds since 1970. A wait for a pause is told when it begins, one for a window when it is over. */
export type Wait = { readonly from: number; readonly until: number };

/** Requests that share one limit of the server. */
export type Lane = {
  /**
   * Runs `task` when the limits let it.
   * @param options.urgent goes before those that have not been tried yet.
   * @param options.onWait hears how long this request waited for its window; and of each pause once, if somebody waits.
   */
  run<T>(task: () => Promise<T>, options: { urgent: boolean; onWait: (wait: Wait) => void }): Promise<T>;
  /** Lets nothing start for so long; what has started goes on. Never shortens a pause. */
  pause(ms: number, onWait: (wait: Wait) => void): void;
  /** How many tasks run now. */
  inFlight(): number;
};

// Enough to hide the latency of 300 requests a minute, few enough to hold only a few bodies in memory.
const CONCURRENCY = 8;

/**
 * @param rules named windows; paths that match none run eight at a time, as fast as the server's headers allow.
 * A path that matches a rule is limited by its window only: `limit` requests go at once.
 */
export function createPace(rules: readonly PaceRule[] = []): Pace {
  const general = createLane(new PQueue({ concurrency: CONCURRENCY }), false);
  const windows = rules.map((rule) => ({
    matches: rule.matches,
    lane: createLane(new PQueue({ intervalCap: rule.limit, interval: rule.windowMs, strict: true }), true),
  }));
  return {
    laneOf: (path, method = 'GET') => windows.find(({ matches }) => matches(path, method))?.lane ?? general,
  };
}

function createLane(queue: PQueue, hasWindow: boolean): Lane {
  let pause: Pause | undefined;

  return {
    run(task, { urgent, onWait }) {
      pause?.announce(onWait);
      const from = Date.now();
      const start = () => {
        // Without a window, a request may also wait for one of the eight places: that is no limit of the server.
        if (hasWindow && Date.now() > from) {
          onWait({ from, until: Date.now() });
        }
        return task();
      };
      return queue.add(start, { priority: urgent ? 1 : 0 });
    },
    pause(ms, onWait) {
      if (pause && pause.until >= Date.now() + ms) {
        return;
      }
      pause?.cancel();
      queue.pause();
      pause = startPause(ms, () => {
        pause = undefined;
        queue.start();
      });
      if (queue.size > 0) {
        pause.announce(onWait);
      }
    },
    inFlight: () => queue.pending,
  };
}

type Pause = {
  /** Milliseconds since 1970. */
  readonly until: number;
  announce(onWait: (wait: Wait) => void): void;
  cancel(): void;
};

function startPause(ms: number, end: () => void): Pause {
  const until = Date.now() + ms;
  // Nobody waits yet: a pause that starts with the last answer of a run must not keep the process alive.
  const timer = setTimeout(end, ms).unref();
  let announced = false;
  return {
    until,
    announce(onWait) {
      if (announced) {
        return;
      }
      announced = true;
      timer.ref();
      onWait({ from: Date.now(), until });
    },
    cancel: () => clearTimeout(timer),
  };
}
