/** Watches one try: aborts it when nothing arrives for too long, or when it takes too long altogether. */

export type Watch = {
  readonly signal: AbortSignal;
  /** Something arrived: the silence starts anew. */
  touch(): void;
  /** Which limit was passed, in words; undefined while none is. */
  expired(): string | undefined;
  /** Ends the watch, and drops what has not been read. */
  stop(): void;
};

type Limits = {
  /** Longest silence before the first sign of an answer, in milliseconds. */
  readonly firstSilenceMs: number;
  readonly silenceMs: number;
  readonly wholeMs: number;
};

export function startWatch({ firstSilenceMs, silenceMs, wholeMs }: Limits): Watch {
  const controller = new AbortController();
  let reason: string | undefined;
  const expire = (limit: string) => {
    reason ??= limit;
    controller.abort();
  };
  const listen = (ms: number) => setTimeout(() => expire(`nothing arrived for ${ms / 1000} s`), ms);

  const whole = setTimeout(() => expire(`not finished after ${wholeMs / 1000} s`), wholeMs);
  let silence = listen(firstSilenceMs);
  return {
    signal: controller.signal,
    touch() {
      clearTimeout(silence);
      silence = listen(silenceMs);
    },
    expired: () => reason,
    stop() {
      clearTimeout(whole);
      clearTimeout(silence);
      controller.abort();
    },
  };
}
