/** The `pre-receive` hook of all repositories, and the server's answer to it: as GitLab's `/internal/allowed`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RefUpdate, refusalOfPush } from './push-check.ts';
import { type Reply, text } from './reply.ts';
import { defaultBranch, isEmpty } from './repository.ts';
import type { State, StoredProject } from './state.ts';

export const HOOK_PATH = '/-/allowed/';

/** A push from this machine's disk sets no address: nothing is checked then. */
const hookScript = `
const { env, exit, stderr } = process;
if (!env.LOOPBACK_ALLOWED_URL) exit(0);
let updates = '';
process.stdin.on('data', (chunk) => { updates += chunk; }).on('end', () => {
  const { GIT_OBJECT_DIRECTORY, GIT_ALTERNATE_OBJECT_DIRECTORIES } = env;
  const body = JSON.stringify({ updates, quarantine: { GIT_OBJECT_DIRECTORY, GIT_ALTERNATE_OBJECT_DIRECTORIES } });
  const request = require('node:http').request(env.LOOPBACK_ALLOWED_URL, { method: 'POST' }, (response) => {
    response.on('data', (chunk) => stderr.write(chunk)).on('end', () => exit(response.statusCode === 200 ? 0 : 1));
  });
  request.end(body);
});
`;

/** Writes the hook. @returns the directory for `core.hooksPath`. */
export async function installHook(root: string): Promise<string> {
  const directory = join(root, 'hooks');
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'ask.cjs'), hookScript);
  const shell = `#!/bin/sh\nexec '${process.execPath}' '${join(directory, 'ask.cjs')}'\n`;
  await writeFile(join(directory, 'pre-receive'), shell, { mode: 0o755 });
  return directory;
}

/** @returns 200 when every update of the push is allowed, else 403 with what git shows to the user. */
export async function answerHook(state: State, ticketId: string, body: Buffer): Promise<Reply> {
  const ticket = state.pushTickets.get(ticketId);
  if (ticket === undefined) {
    return text(403, 'GitLab: unknown push\n');
  }
  const { updates, quarantine } = JSON.parse(body.toString()) as HookQuestion;
  const parsed = parseUpdates(updates);
  for (const update of parsed) {
    const refusal = await refusalOfPush(ticket, update, quarantine);
    if (refusal !== undefined) {
      return text(403, `GitLab: ${refusal}\n`);
    }
  }
  await adoptDefaultBranch(ticket.project, parsed);
  return text(200, '');
}

type HookQuestion = { readonly updates: string; readonly quarantine: Record<string, string> };

function parseUpdates(lines: string): RefUpdate[] {
  return lines
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [oldId = '', newId = '', ref = ''] = line.split(' ');
      return { oldId, newId, ref };
    });
}

/** The first branch pushed to an empty repository becomes its default branch, unless the default is among them. */
async function adoptDefaultBranch(project: StoredProject, updates: readonly RefUpdate[]): Promise<void> {
  const branches = updates.map((update) => update.ref).filter((ref) => ref.startsWith('refs/heads/'));
  const [first] = branches;
  if (first === undefined || branches.includes(`refs/heads/${await defaultBranch(project)}`)) {
    return;
  }
  if (await isEmpty(project)) {
    await project.git('symbolic-ref', 'HEAD', first);
  }
}
