/** The front door: hands the process to the program, and its exit code back. The only file that touches `process`. */
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { run } from './cli.ts';
import { createLog } from './report/log.ts';
import { createMask } from './report/mask.ts';
import { createProgress } from './report/progress.ts';

/** Put in by the build. */
declare const __VERSION__: string;

// A backup holds little at a time and leaves much behind: V8 would let it pile up to hundreds of megabytes.
setFlagsFromString('--optimize-for-size');

const mask = createMask();
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

void run({
  argv: process.argv.slice(2),
  env: process.env,
  nodeVersion: process.version,
  workingDirectory: process.cwd(),
  temporaryDirectory: tmpdir(),
  version: __VERSION__,
  readFile: (path) => readFileSync(path, 'utf8'),
  writeOutput: (text) => process.stdout.write(text),
  progress: createProgress({ stream: process.stderr, log }),
  log,
  mask,
  now,
  signal: stop.signal,
}).then((exitCode) => {
  process.exitCode = exitCode;
  if (stop.signal.aborted) {
    // What it was waiting for would keep the process alive.
    process.exit();
  }
});
