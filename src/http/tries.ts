/** The tries of one request: each waits for its lane, and tells the lane what the answer says about the limits. */
import { HttpError } from './http-error.ts';
import type { Lane, Wait } from './pace.ts';
import type { HttpPolicy } from './policy.ts';
import { readRateLimit } from './rate-limit.ts';
import { waitBeforeRetry } from './retry.ts';
import { type Answer, identify, type Outgoing, sendOnce } from './send.ts';

export type HttpEvent =
  /** Once for each try; `path` comes without its query. */
  | { readonly type: 'request'; readonly method: string; readonly path: string }
  /** `retry`: one request waits before its next try. `limit`: for a limit of the server, with all that share it. */
  | ({ readonly type: 'wait'; readonly reason: 'retry' | 'limit' } & Wait);

/** What one request needs on its way. */
export type Errand = {
  readonly outgoing: Outgoing;
  /** Without query. */
  readonly path: string;
  readonly lane: Lane;
  readonly policy: HttpPolicy;
  readonly emit: (event: HttpEvent) => void;
  readonly isFinal: ((status: number, body: string) => boolean) | undefined;
};

export type Tries = {
  /** @throws HttpError when this try failed. */
  next(): Promise<Answer>;
  /** Milliseconds to wait before the next try; undefined when there must be none. */
  delayMs(): number | undefined;
};

export function createTries(errand: Errand): Tries {
  const { outgoing, lane, policy, emit, isFinal } = errand;
  const onWait = (wait: Wait) => emit({ type: 'wait', reason: 'limit', ...wait });
  let tries = 0;
  let deadline: number | undefined;
  let delayMs: number | undefined;

  async function attempt(): Promise<Answer> {
    // Counted from the first try: however long the queue was before, it says nothing about this request.
    deadline ??= Date.now() + policy.totalMs;
    if (Date.now() >= deadline) {
      throw outOfTime();
    }
    tries++;
    emit({ type: 'request', method: outgoing.method, path: errand.path });
    try {
      const answer = await sendOnce(outgoing, policy, deadline - Date.now());
      heedHeaders(errand, answer.headers);
      return answer;
    } catch (error) {
      delayMs = error instanceof HttpError ? planRetry(error, deadline - Date.now()) : undefined;
      throw error;
    }
  }

  /** The lane was closed for longer than this request's own wait. Nothing is sent: a write must not be cut off. */
  function outOfTime(): HttpError {
    delayMs = undefined;
    const limit = `not finished after ${policy.totalMs / 1000} s`;
    return new HttpError({ ...identify(outgoing), reason: 'timeout', detail: limit });
  }

  function planRetry(error: HttpError, leftMs: number): number | undefined {
    const wait = waitBeforeRetry({ error, tries, leftMs, policy, isFinal });
    if (error.status === 429 && wait !== undefined) {
      // The refusal concerns all that share the limit: the lane waits, and the next try waits in it.
      lane.pause(wait, onWait);
      return 0;
    }
    if (error.headers) {
      heedHeaders(errand, error.headers);
    }
    if (wait !== undefined) {
      const from = Date.now();
      emit({ type: 'wait', reason: 'retry', from, until: from + wait });
    }
    return wait;
  }

  return {
    next: () => lane.run(attempt, { urgent: tries > 0, onWait }),
    delayMs: () => delayMs,
  };
}

/** Stops the lane before the server refuses: when those under way will use up what the limit still allows. */
function heedHeaders({ lane, policy, emit }: Errand, headers: Headers): void {
  const { remaining, resetMs } = readRateLimit(headers, Date.now());
  if (remaining === undefined || resetMs === undefined) {
    return;
  }
  const othersInFlight = lane.inFlight() - 1;
  // A reset that is too far away is left to the server's refusal: its answer can say why.
  if (remaining > othersInFlight || resetMs > policy.serverWaitMs) {
    return;
  }
  lane.pause(resetMs, (wait) => emit({ type: 'wait', reason: 'limit', ...wait }));
}
