/** A job that is cancelled: the program hears SIGTERM, stops cleanly and says so. */
import type { ChildProcess } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LoopbackGitLab, startLoopbackGitLab } from '../loopback/gitlab/server.ts';
import { destinationNames, destinations } from './destinations.ts';
import { makeFolder, run } from './program.ts';
import { startTeam } from './team.ts';

let gitlab: LoopbackGitLab;

beforeAll(async () => {
  gitlab = await startLoopbackGitLab();
});

afterAll(() => gitlab.close());

it.each(destinationNames)('while it waits for Postman, with the destination %s', async (name) => {
  const folder = await makeFolder();
  const temporary = join(folder, 'temporary');
  await mkdir(temporary);
  const team = await startTeam();
  const destination = await destinations[name]({ gitlab, folder });
  const env = { ...team.env, ...destination.env, TMPDIR: temporary };
  const commits = () => destination.git('rev-list', '--count', 'main');
  const before = await commits();
  let child: ChildProcess | undefined;
  // The body of the last collection never comes, and the job is cancelled while it is waited for.
  team.api.onRequest(({ path }) => {
    if (!path.includes(team.collection('Ledger').uuid)) {
      return undefined;
    }
    child?.kill('SIGTERM');
    return 'hang';
  });

  const stopped = await run(['backup', '--workspace', 'Payments', ...destination.flags], {
    folder,
    env,
    onStart: (started) => {
      child = started;
    },
  });

  expect(stopped.exitCode, stopped.stderr).toBe(143);
  expect(stopped.stderr).toContain('Stopping, because SIGTERM was received.');
  expect(stopped.stderr).toContain('STOPPED');
  expect(stopped.report).toMatchObject({ status: 'failed', exitCode: 143, error: { code: 'STOPPED' } });
  expect(await commits()).toBe(before);
  expect(await readdir(temporary)).toEqual([]);

  team.api.onRequest(undefined);
  const next = await run(['backup', '--workspace', 'Payments', ...destination.flags], { folder, env });
  expect(next.exitCode, next.stderr).toBe(0);
});
