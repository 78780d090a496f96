/** Runs the git program for the loopback server, untouched by the configuration of whoever runs the tests. */
import { spawn } from 'node:child_process';

export type GitOptions = {
  readonly cwd: string;
  readonly input?: Buffer;
  readonly env?: Readonly<Record<string, string>>;
};

class GitFailed extends Error {}

/** @returns what git printed; throws with git's own words when it exits non-zero. */
export async function git(args: readonly string[], options: GitOptions): Promise<Buffer> {
  const { code, stdout, stderr } = await run(args, options);
  if (code !== 0) {
    throw new GitFailed(`git ${args.join(' ')} (exit ${code}): ${stderr.toString()}`);
  }
  return stdout;
}

/** Like `git`, but `undefined` when git exits non-zero: for questions whose answer may be no. */
export async function tryGit(args: readonly string[], options: GitOptions): Promise<Buffer | undefined> {
  const { code, stdout } = await run(args, options);
  return code === 0 ? stdout : undefined;
}

/** The environment of every git that the server starts: no user or system settings, no inherited GIT_DIR. */
export function gitEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return {
    ...Object.fromEntries(inherited),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_LITERAL_PATHSPECS: '1',
    LC_ALL: 'C',
    ...extra,
  };
}

type Finished = { readonly code: number; readonly stdout: Buffer; readonly stderr: Buffer };

function run(args: readonly string[], options: GitOptions): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { cwd: options.cwd, env: gitEnvironment(options.env) });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    // git may exit without reading its input; the exit code tells the story.
    child.stdin.on('error', () => undefined);
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code: code ?? -1, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) }),
    );
    child.stdin.end(options.input);
  });
}
