/** The numbers of the one policy that both HTTP bridges follow; times are in milliseconds. */

export type HttpPolicy = {
  /** Most tries of one request, the first included. */
  readonly tries: number;
  /** Wait before the second try; it doubles with each further one, minus up to half by chance. */
  readonly backoffMs: number;
  /** The same for a refusal for being too fast that does not say how long to wait; it triples, up to a minute. */
  readonly throttledMs: number;
  /** A try is given up when nothing arrives for so long: it hangs. */
  readonly silenceMs: number;
  /** The slowest upload that counts as alive: fetch does not tell how much of a body has been sent. */
  readonly uploadBytesPerMs: number;
  /** A try is given up after so long, whatever arrives: it drips. */
  readonly tryMs: number;
  /** A request is given up after so long since its first try, waiting included. */
  readonly totalMs: number;
  /** The longest wait that a server may ask for; it fails at once when it asks for more. */
  readonly serverWaitMs: number;
};

export const defaultPolicy: HttpPolicy = {
  tries: 5,
  backoffMs: 1000,
  // 5 + 15 + 45 + 60 s outlast any window of a minute.
  throttledMs: 5000,
  silenceMs: 60_000,
  uploadBytesPerMs: 64,
  tryMs: 5 * 60_000,
  totalMs: 15 * 60_000,
  serverWaitMs: 5 * 60_000,
};
