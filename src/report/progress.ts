/** Progress: a bar on a terminal, a line now and then in a job log. */

import { Writable } from 'node:stream';
import type { SingleBar } from 'cli-progress';
import { printable } from '../printable.ts';
import type { Log } from './log.ts';

export type Progress = {
  /** @param label what is done, as in `fetching` 120 of 900. */
  start(label: string, total: number): void;
  /** One more is done. @param label what it was; a log line names the last one. */
  step(label?: string): void;
  /** Ends it; to be called in `finally`, or a bar keeps the process alive. */
  stop(): void;
};

type ProgressStream = {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
};

/** Calls `work` every `milliseconds` until the returned function is called. */
type Repeat = (work: () => void, milliseconds: number) => () => void;

type ProgressOptions = {
  readonly stream: ProgressStream;
  readonly log: Log;
  /** Milliseconds between two lines where there is no terminal. */
  readonly everyMs?: number;
  readonly repeat?: Repeat;
};

// A job that is silent for more than 30 s looks hung.
const EVERY_MS = 20_000;

export function createProgress(options: ProgressOptions): Progress {
  return options.stream.isTTY === true ? createBar(options.stream) : createHeartbeat(options);
}

/** Names of resources are not shown on the bar: what it writes does not pass the mask. */
function createBar(stream: ProgressStream): Progress {
  let stopCurrent: (() => void) | undefined;
  let stepCurrent: (() => void) | undefined;

  function stop(): void {
    stopCurrent?.();
    stopCurrent = undefined;
    stepCurrent = undefined;
  }

  return {
    start(label, total) {
      stop();
      let done = 0;
      let stopped = false;
      let bar: SingleBar | undefined;
      stepCurrent = () => {
        done += 1;
        bar?.update(done);
      };
      stopCurrent = () => {
        stopped = true;
        bar?.stop();
      };
      void openBar(stream).then((opened) => {
        if (stopped) {
          return;
        }
        bar = opened;
        bar.start(total, done, { label: printable(label) });
      });
    },
    step: () => stepCurrent?.(),
    stop,
  };
}

async function openBar(stream: ProgressStream): Promise<SingleBar> {
  // Only here: who sees no bar does not pay for loading it.
  const { default: cliProgress } = await import('cli-progress');
  return new cliProgress.SingleBar({
    format: '{label} [{bar}] {value} of {total}, {duration_formatted}',
    stream: withoutCursorSaving(stream),
    clearOnComplete: true,
    linewrap: true,
  });
}

// The saved cursor position is wrong as soon as a log line has scrolled the screen: the line there would be erased.
function withoutCursorSaving(stream: ProgressStream): Writable {
  const writable = new Writable({
    write(chunk, _encoding, done) {
      const text = String(chunk);
      if (text !== '\u001b7' && text !== '\u001b8') {
        stream.write(text);
      }
      done();
    },
  });
  return Object.assign(writable, { isTTY: true, columns: stream.columns ?? 80 });
}

function createHeartbeat({
  log,
  everyMs = EVERY_MS,
  repeat = repeatUnreferenced,
}: ProgressOptions): Progress {
  let cancel: (() => void) | undefined;
  let done = 0;
  let last: string | undefined;

  function stop(): void {
    cancel?.();
    cancel = undefined;
  }

  return {
    start(label, total) {
      stop();
      done = 0;
      last = undefined;
      cancel = repeat(() => {
        log.info(`${label} ${done} of ${total}${last === undefined ? '' : `, last: ${printable(last)}`}`);
      }, everyMs);
    },
    step(label) {
      done += 1;
      last = label ?? last;
    },
    stop,
  };
}

function repeatUnreferenced(work: () => void, milliseconds: number): () => void {
  const timer = setInterval(work, milliseconds);
  // A heartbeat is no reason for the process to live on.
  timer.unref();
  return () => clearInterval(timer);
}
