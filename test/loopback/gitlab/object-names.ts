/** Asks one long-lived git what names stand for: a process for each question would take most of the tests' time. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { gitEnvironment } from './git.ts';

export type ObjectNames = {
  /** @param name whatever `git rev-parse` takes. @returns the object's id; `undefined` when there is none. */
  idOf(name: string): Promise<string | undefined>;
  close(): Promise<void>;
};

export function openObjectNames(repositoryDir: string): ObjectNames {
  const waiting: ((id: string | undefined) => void)[] = [];
  let child: ChildProcessWithoutNullStreams | undefined;

  function start(): ChildProcessWithoutNullStreams {
    const started = spawn('git', ['cat-file', '--batch-check=%(objectname)'], {
      cwd: repositoryDir,
      env: gitEnvironment(),
    });
    createInterface(started.stdout).on('line', (line) => {
      // In other words: `missing`, `ambiguous`, `dangling`.
      waiting.shift()?.(/^[0-9a-f]{40}$/.test(line) ? line : undefined);
    });
    return started;
  }

  return {
    idOf(name) {
      if (name.includes('\n')) {
        return Promise.resolve(undefined);
      }
      child ??= start();
      child.stdin.write(`${name}\n`);
      return new Promise((resolve) => waiting.push(resolve));
    },
    close() {
      const open = child;
      return open === undefined
        ? Promise.resolve()
        : new Promise((resolve) => open.once('close', () => resolve()).stdin.end());
    },
  };
}
