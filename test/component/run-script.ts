/** Runs the script of the component's job in a real shell, wrapped as GitLab Runner wraps it. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { readComponent, renderJob } from './render.ts';

export type Shell = readonly [command: string, ...args: string[]];

/** Stands in for the program: says what it was given, and ends as it is told. */
const STUB = `
const { existsSync, readFileSync } = require('node:fs');
const read = (path) => (path && existsSync(path) ? readFileSync(path, 'utf8') : '');
console.log(JSON.stringify({
  arguments: process.argv.slice(2),
  stdin: read('/dev/stdin'),
  env: process.env,
  nodeCertificates: read(process.env.NODE_EXTRA_CA_CERTS),
  gitCertificates: read(process.env.GIT_SSL_CAINFO),
}));
process.exitCode = Number(process.env.STUB_EXIT ?? 0);
// ${padding()}
`;

/** Makes the stub as large as the program: shells treat a large here-document differently. */
function padding(): string {
  let digest = 'stub';
  let text = '';
  while (text.length < 400_000) {
    digest = createHash('sha256').update(digest).digest('hex');
    text += digest;
  }
  return text;
}

const { script } = renderJob(await readComponent(STUB));

export type Run = {
  readonly exitCode: number | null;
  readonly stderr: string;
  /** What the stub saw; absent when it did not run. */
  readonly seen?: {
    readonly arguments: readonly string[];
    readonly stdin: string;
    readonly env: Readonly<Record<string, string>>;
    readonly nodeCertificates: string;
    readonly gitCertificates: string;
  };
  /** What the job left in its temporary folder. */
  readonly left: readonly string[];
};

/** An empty folder that any user may write to; goes with the test. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'component-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o777);
  return folder;
}

/**
 * @param options.env added to what a job has anyway
 * @param options.change edits the script first
 * @param options.as a command that runs the rest of its line as somebody else
 */
export async function runScript(options: {
  readonly shell: Shell;
  readonly env?: Readonly<Record<string, string>>;
  readonly change?: (script: string) => string;
  readonly as?: readonly string[];
}): Promise<Run> {
  const folder = await makeFolder();
  const home = join(folder, 'home');
  const temporary = join(folder, 'tmp');
  await mkdir(home);
  await chmod(home, 0o555);
  await mkdir(temporary);
  await chmod(temporary, 0o777);

  const text = (options.change ?? ((same) => same))(script.join('\n'));
  const [command, ...args] = [...(options.as ?? []), ...options.shell];
  if (command === undefined) {
    throw new Error('no shell');
  }

  const { status, stdout, stderr } = spawnSync(command, args, {
    input: wrap(text),
    encoding: 'utf8',
    cwd: folder,
    env: {
      PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      HOME: home,
      TMPDIR: temporary,
      CI_SERVER_URL: 'https://gitlab.example.com:8443/gitlab',
      ...options.env,
    },
  });
  const seen: unknown = stdout === '' ? undefined : JSON.parse(stdout);
  return {
    exitCode: status,
    stderr,
    ...(seen === undefined ? {} : { seen: seen as NonNullable<Run['seen']> }),
    left: await readdir(temporary),
  };
}

/** GitLab Runner, shells/bash.go: the script arrives on stdin as one quoted text, and has no stdin of its own. */
function wrap(script: string): string {
  const quoted = script.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n');
  return `set -o pipefail\nset -o errexit\nset -u\n( eval $'${quoted}' ) < /dev/null\n`;
}

/** Writes an executable file. */
export async function writeCommand(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o755 });
}
