/** Runs the committed bundle's `backup` as a user would: another process, with nothing but its environment. */

/** @import { PostmanApi } from '../postman-api/types.mjs' */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ensure, say } from '../show.mjs';
import { ownEnvironment } from './environment.mjs';

const BUNDLE = fileURLToPath(new URL('../../dist/postman-gitlab.cjs', import.meta.url));

/**
 * Shows the program's own output and throws when it fails. `repository` is relative to `folder`.
 * @param {{ folder: string, repository: string, postman: PostmanApi, workspaces: readonly string[] }} options
 */
export async function runBackup({ folder, repository, postman, workspaces }) {
  ensure(
    existsSync(BUNDLE),
    `${BUNDLE} is missing. It belongs to the repository: check it out, or run "npm run build".`,
  );
  const flags = [
    ...workspaces.flatMap((name) => ['--workspace', name]),
    ...['--removed', 'archive', '--repository', repository],
  ];
  say(`  $ postman-gitlab backup ${flags.join(' ')}`);
  const child = spawn(process.execPath, [BUNDLE, 'backup', ...flags], {
    cwd: folder,
    env: { ...ownEnvironment(), POSTMAN_API_KEY: postman.apiKey, POSTMAN_API_URL: postman.url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => say(`  | ${line}`));
  }
  const exitCode = await ended;
  ensure(exitCode === 0, `the backup ended with exit code ${exitCode}`);
}
