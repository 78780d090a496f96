/** What the demo asks of the repository that the backup made. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { DemoFailure } from '../show.mjs';
import { ownEnvironment } from './environment.mjs';

const run = promisify(execFile);
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** @param {string} repository path of the bare repository, which need not exist yet */
export async function createDemoGit(repository) {
  await git(['--version']);
  /** @param {string[]} words */
  const ask = (...words) =>
    git(['-c', 'core.quotePath=false', '-c', 'color.ui=never', '-C', repository, ...words]);
  return {
    async commitCount() {
      return Number(await ask('rev-list', '--count', 'HEAD'));
    },
    async files() {
      return (await ask('ls-tree', '-r', '-z', '--name-only', 'HEAD'))
        .split('\0')
        .filter((name) => name !== '');
    },
    /** Oldest first; of a commit with many files, the first six. */
    log: () => ask('log', '--reverse', '--format=%n%h  %s', '--stat=100,76,6'),
    lastDiff: () => ask('show', '--format=', '-M', 'HEAD'),
    /** @param {string} file */
    async diffOf(file) {
      const numbers = await ask('show', '--format=', '--numstat', 'HEAD', '--', file);
      const [added, removed] = numbers.split('\t').map(Number);
      return { added, removed, text: await ask('show', '--format=', '-U2', 'HEAD', '--', file) };
    },
    /** Whether any version of any file held this text. @param {string} text */
    async everHeld(text) {
      return (await ask('log', '--all', '--format=%h', `-S${text}`)) !== '';
    },
    /** @param {string} folder */
    cloneTo: (folder) => git(['clone', '--quiet', repository, folder]),
  };
}

/** @param {string[]} words */
async function git(words) {
  try {
    const { stdout } = await run('git', words, { maxBuffer: MAX_OUTPUT_BYTES, env: ownEnvironment() });
    return stdout;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new DemoFailure('git is not installed, or not in PATH.');
    }
    throw new DemoFailure(error instanceof Error ? error.message : String(error));
  }
}
