/** Starts the loopback GitLab in a process of its own, and talks to it. */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export type Question = { readonly number: number } & Asked;

type Asked =
  | { readonly ask: 'project' | 'token' | 'job token'; readonly path: string }
  | { readonly ask: 'git'; readonly cwd: string; readonly args: readonly string[] };

export type Reply = { readonly number: number } & (
  | { readonly value: string; readonly error?: never }
  | { readonly error: string }
);

export type GitLabHost = {
  readonly url: string;
  createProject(path: string): Promise<{ readonly id: number; readonly repository: string }>;
  /** @returns a token with the role Developer, for the API. */
  createToken(path: string): Promise<string>;
  createJobToken(path: string): Promise<string>;
  /** Runs git over there, because that process is small. @returns what it printed. */
  git(cwd: string, args: readonly string[]): Promise<string>;
  close(): Promise<void>;
};

export async function startGitLabHost(): Promise<GitLabHost> {
  const folder = await mkdtemp(join(tmpdir(), 'faults-gitlab-'));
  const child = fork(await bundle(folder), { stdio: 'inherit' });
  const waiting = new Map<number, (reply: Reply) => void>();
  child.on('message', (reply: Reply) => waiting.get(reply.number)?.(reply));
  let asked = 0;

  async function answerTo(number: number): Promise<string> {
    const reply = await new Promise<Reply>((resolve) => waiting.set(number, resolve));
    waiting.delete(number);
    if (reply.error !== undefined) {
      throw new Error(reply.error);
    }
    return reply.value;
  }

  function ask(about: Asked): Promise<string> {
    const number = ++asked;
    const answer = answerTo(number);
    child.send({ number, ...about });
    return answer;
  }

  return {
    url: await answerTo(0),
    async createProject(path) {
      const [id, repository = ''] = (await ask({ ask: 'project', path })).split(' ');
      return { id: Number(id), repository };
    },
    createToken: (path) => ask({ ask: 'token', path }),
    createJobToken: (path) => ask({ ask: 'job token', path }),
    git: (cwd, args) => ask({ ask: 'git', cwd, args }),
    async close() {
      await stop(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function bundle(folder: string): Promise<string> {
  const outfile = join(folder, 'gitlab.mjs');
  const entry = fileURLToPath(new URL('./gitlab-process.ts', import.meta.url));
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return outfile;
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.disconnect();
  });
}
