/** Starts the servers in a process of their own, so that a measured program is alone in its figures, and talks to it. */

import { fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** @param {string} folder for the servers' own program; the caller removes it. */
export async function startServers(folder) {
  const child = fork(await bundle(folder), { stdio: 'inherit' });
  const waiting = new Map();
  child.on('message', ({ number, value, error }) => {
    const { resolve, reject } = waiting.get(number);
    waiting.delete(number);
    if (error === undefined) {
      resolve(value);
    } else {
      reject(new Error(error));
    }
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  void ended.then(() => {
    for (const { reject } of waiting.values()) {
      reject(new Error('the servers have ended'));
    }
  });
  const answerTo = (number) => new Promise((resolve, reject) => waiting.set(number, { resolve, reject }));
  await answerTo(0);
  let asked = 0;
  return {
    /** @param {string} name of a command in `main.mjs` */
    ask(name, argument) {
      asked += 1;
      const answer = answerTo(asked);
      child.send({ number: asked, name, argument });
      return answer;
    },
    async close() {
      child.disconnect();
      await ended;
    },
  };
}

/** The loopback GitLab is TypeScript, which Node 20 does not run. */
async function bundle(folder) {
  const outfile = join(folder, 'servers.mjs');
  const entry = fileURLToPath(new URL('./main.mjs', import.meta.url));
  const options = { bundle: true, platform: 'node', format: 'esm', logLevel: 'error' };
  await build({ entryPoints: [entry], outfile, ...options });
  return outfile;
}
