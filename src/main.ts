/** The front door: hands the process to the program, and its exit code back. The only file that touches `process`. */
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { run } from './cli.ts';
import { describeError } from './report/describe-error.ts';
import { createLog } from './report/log.ts';
import { createMask } from './report/mask.ts';
import { createProgress } from './report/progress.ts';

// To remove a temporary clone after a crash.
const CLEAN_UP_MS = 5_000;

/** Put in by the build. */
declare const __VERSION__: string;

// A backup holds little at a time and leaves much behind: V8 would let it pile up to hundreds of megabytes.
setFlagsFromString('--optimize-for-size');

const mask = createMask();
// Before anything can go wrong: a message may repeat what somebody put into the wrong place.
for (const variable of ['POSTMAN_API_KEY', 'GITLAB_TOKEN', 'CI_JOB_TOKEN']) {
  mask.add(process.env[variable]);
}
const now = () => new Date();
const log = createLog({
  write: (text) => process.stderr.write(text),
  mask,
  sections: process.env['GITLAB_CI'] !== undefined,
  now,
});

const stop = new AbortController();
// Once: a second one ends the process at once, as it would without us.
process.once('SIGTERM', () => {
  log.warn('Stopping, because SIGTERM was received.');
  stop.abort();
});

let crashed = false;
// Node would print the properties of a foreign error, and those of HTTP clients hold tokens.
process.on('uncaughtException', (error) => {
  log.error(describeError(error));
  crashed = true;
  stop.abort();
  setTimeout(() => process.exit(1), CLEAN_UP_MS).unref();
});

// Whoever reads may stop reading (`| head`). That is no reason to stop, and no bug.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      throw error;
    }
  });
}

void run({
  argv: process.argv.slice(2),
  env: process.env,
  nodeVersion: process.version,
  workingDirectory: process.cwd(),
  temporaryDirectory: tmpdir(),
  version: __VERSION__,
  readFile: (path) => readFileSync(path, 'utf8'),
  writeOutput: (text) => process.stdout.write(mask.apply(text)),
  progress: createProgress({ stream: process.stderr, log }),
  log,
  mask,
  now,
  signal: stop.signal,
}).then((exitCode) => {
  process.exitCode = crashed ? 1 : exitCode;
  if (stop.signal.aborted) {
    // What it was waiting for would keep the process alive.
    process.exit();
  }
});
