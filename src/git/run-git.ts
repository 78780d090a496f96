/** Runs the git program: which environment it sees, how it gets a credential, and when it is given up. */

import { type ChildProcess, spawn } from 'node:child_process';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { KnownError, stoppedError } from '../errors.ts';

type Credential = {
  readonly username: string;
  readonly password: string;
  /** `https://host:port`: the only place it is offered to, also after a redirect. */
  readonly origin: string;
};

export type GitSetup = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly credential?: Credential;
  /** Milliseconds without a sign of life, after which a command that talks to a server is given up. */
  readonly stallLimit: number;
  /** Given when the run is to stop: commands end, none is begun; a push may finish. */
  readonly signal?: AbortSignal;
};

export type GitResult = {
  /** `null`: ended by a signal. */
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
  /** It was given up after `stallLimit`. */
  readonly stalled: boolean;
};

export type GitInput = {
  /** What git reads from its standard input. */
  readonly input?: Iterable<string | Buffer>;
  /** The command may talk to a server: it gets the credential and the time limit. */
  readonly network?: boolean;
};

export type RunGit = (args: readonly string[], input?: GitInput) => Promise<GitResult>;

// An allowlist, because CI jobs keep tokens in the environment. A proxy is known by either spelling.
const PASSED_ON = [
  'PATH',
  'HOME',
  'XDG_CONFIG_HOME',
  'LANG',
  'TMPDIR',
  'SSH_AUTH_SOCK',
  'GIT_SSH_COMMAND',
  'GIT_SSL_CAINFO',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]),
];

// Git hands its open descriptors on to git-remote-https and that to the helper, so the credential is in no
// argument, environment or file. `read` takes one byte at a time: what belongs to the next question stays.
const HELPER =
  '!f() { test "$1" = get || exit 0; while IFS= read -r line <&3; do test -n "$line" || break; printf "%s\\n" "$line"; done; }; f';

// One command may ask more than once: git fetches a missing object with a process of its own.
const ANSWERS = 8;

/**
 * @returns a function that runs `git <args>`: a failure is a result, not an exception.
 * It throws GIT_NOT_FOUND when there is no git program.
 */
export function createGit(setup: GitSetup): RunGit {
  const environment = childEnvironment(setup.env);
  return async (args, { input, network = false } = {}) => {
    if (setup.signal?.aborted === true) {
      throw stoppedError();
    }
    const credential = network ? setup.credential : undefined;
    const child = spawn('git', [...settings(setup, credential), ...args], {
      cwd: setup.cwd,
      env: environment,
      stdio: ['pipe', 'pipe', 'pipe', credential === undefined ? 'ignore' : 'pipe'],
      // Of a group of its own: what stops the run is told to us, and we end it.
      detached: true,
    });
    const isPush = args.includes('push');
    const kill = () => child.kill('SIGKILL');
    if (!isPush) {
      setup.signal?.addEventListener('abort', kill);
    }
    const result = collect(child, network ? setup.stallLimit : undefined).then((ended) => {
      setup.signal?.removeEventListener('abort', kill);
      if (ended.exitCode === null && !ended.stalled && setup.signal?.aborted === true) {
        throw stoppedError();
      }
      return ended;
    });
    if (credential !== undefined) {
      answer(child, credential);
    }
    await Promise.all([feed(child, input ?? []), result]);
    return result;
  };
}

function childEnvironment(env: GitSetup['env']): Record<string, string> {
  const passed = PASSED_ON.flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  // C: messages are compared with git's English ones.
  return { ...Object.fromEntries(passed), GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
}

function settings(setup: GitSetup, credential: Credential | undefined): string[] {
  const seconds = Math.max(1, Math.floor((setup.stallLimit * 0.9) / 1000));
  const pairs = [
    // Hooks of the user's configuration are meant for the user's own commits.
    'core.hooksPath=/dev/null',
    'gc.auto=0',
    'maintenance.auto=false',
    // Killing git leaves its git-remote-https behind: this makes that one give up by itself, a little earlier.
    'http.lowSpeedLimit=1',
    `http.lowSpeedTime=${seconds}`,
    ...(credential === undefined
      ? []
      : ['core.askPass=', 'credential.helper=', `credential.${credential.origin}.helper=${HELPER}`]),
  ];
  return pairs.flatMap((pair) => ['-c', pair]);
}

function answer(child: ChildProcess, credential: Credential): void {
  const pipe = child.stdio[3] as Writable & Readable;
  // Whoever does not ask leaves the pipe unread: no error.
  pipe.on('error', () => undefined);
  pipe.resume();
  pipe.end(`username=${credential.username}\npassword=${credential.password}\n\n`.repeat(ANSWERS));
}

async function feed(child: ChildProcess, input: Iterable<string | Buffer>): Promise<void> {
  if (child.stdin === null) {
    return;
  }
  // When git ends early, its exit code and its words say why; a broken pipe would say nothing.
  await pipeline(Readable.from(input, { objectMode: true }), child.stdin).catch(() => undefined);
}

function collect(child: ChildProcess, stallLimit: number | undefined): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let stalled = false;
    const giveUp = (): void => {
      stalled = true;
      child.kill('SIGKILL');
      // A surviving grandchild holds the other ends open.
      for (const stream of child.stdio) {
        stream?.destroy();
      }
    };
    const timer = stallLimit === undefined ? undefined : setTimeout(giveUp, stallLimit);
    child.stdout?.on('data', (data: Buffer) => {
      stdout.push(data);
      timer?.refresh();
    });
    child.stderr?.on('data', (data: Buffer) => {
      stderr.push(data);
      timer?.refresh();
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new KnownError('GIT_NOT_FOUND', `The git program cannot be started: ${error.message}`));
    });
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      const words = Buffer.concat(stderr).toString();
      resolve({ exitCode, stdout: Buffer.concat(stdout), stderr: words, stalled });
    });
  });
}
