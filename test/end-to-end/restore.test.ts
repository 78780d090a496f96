/** Backed up, lost, and brought back: the built program against the stand-in for Postman, out of a git repository. */
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { editCollection, editEnvironment, removeCollection } from '../../demo/postman-api/estate.mjs';
import type { RestoreReport } from '../../src/report/restore-report.ts';
import { git } from '../loopback/gitlab/git.ts';
import { makeFolder, run } from './program.ts';
import { collectionNamed, SECRET, startTeam, type Team } from './team.ts';

let team: Team;
let folder: string;

beforeEach(async () => {
  folder = await makeFolder();
  team = await startTeam();
  await backUp();
});

const HERE = ['--repository', 'backup.git'];

async function backUp() {
  const finished = await run(['backup', '--workspace', 'Payments', ...HERE], { folder, env: team.env });
  expect(finished.exitCode, finished.stderr).toBe(0);
  return finished;
}

async function restore(...flags: readonly string[]) {
  const finished = await run(['restore', '--json', ...HERE, ...flags], { folder, env: team.env });
  return { ...finished, plan: JSON.parse(finished.stdout) as RestoreReport };
}

async function commits(): Promise<number> {
  const count = await git(['rev-list', '--count', 'main'], { cwd: join(folder, 'backup.git') });
  return Number(count.toString());
}

/** Moves the one commit of the branch into the past. */
async function backdate(date: string): Promise<void> {
  const cwd = join(folder, 'backup.git');
  const env = { GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date };
  const identity = ['-c', 'user.name=Nobody', '-c', 'user.email=nobody@localhost'];
  const made = await git([...identity, 'commit-tree', 'main^{tree}', '-m', 'Backup'], { cwd, env });
  await git(['update-ref', 'refs/heads/main', made.toString().trim()], { cwd });
}

function nameAll(): readonly (string | undefined)[] {
  return team.estate.collections.map(({ body }) => body.info?.name);
}

describe('as copies', () => {
  it('what there was on a date comes into a new workspace, and a second run makes nothing twice', async () => {
    await backdate('2026-01-10T02:00:00Z');
    const ledger = team.collection('Ledger');
    editCollection(team.estate, ledger.uuid, (body) => {
      body.item = [];
    });
    removeCollection(team.estate, team.collection('Orders').uuid);
    await backUp();
    const to = ['--at', '2026-01-15', '--new-workspace', 'Payments, January'];

    const planned = await restore(...to);
    expect(planned.exitCode, planned.stderr).toBe(0);
    expect(planned.plan).toMatchObject({ status: 'planned', from: { date: '2026-01-10T02:00:00.000Z' } });
    expect(planned.stderr).toContain('to fill in: variable password');
    expect(team.estate.workspaces.map(({ name }) => name)).not.toContain('Payments, January');

    const first = await restore(...to, '--yes');
    expect(first.exitCode, first.stderr).toBe(0);
    const copies = ['Ledger', 'Orders', 'Refunds'].map((name) => `${name} (restored 2026-01-15)`);
    expect([...nameAll()].sort()).toEqual([...copies, 'Ledger', 'Refunds'].sort());
    expect(team.collection('Ledger (restored 2026-01-15)').body.item).toHaveLength(
      collectionNamed('Ledger').item.length,
    );
    expect(JSON.stringify(team.estate)).not.toContain('[redacted');

    const second = await restore(...to, '--yes');
    expect(second.plan).toMatchObject({ status: 'unchanged', exitCode: 0 });
    expect(team.estate.collections).toHaveLength(5);
  });

  it('a run that failed half way is finished by the next one', async () => {
    const to = ['--to-workspace', 'Drafts', '--yes'];
    let posts = 0;
    team.api.onRequest(({ method }) => {
      posts += method === 'POST' ? 1 : 0;
      return method === 'POST' && posts === 3 ? { status: 403, body: { name: 'forbiddenError' } } : undefined;
    });
    const failed = await restore(...to);
    expect(failed.exitCode).toBe(25);
    expect(failed.stderr).toMatch(/Done \(3\):[\s\S]*Failed, and not in \(1\):/);

    team.api.onRequest(undefined);
    const finished = await restore(...to);
    expect(finished.exitCode, finished.stderr).toBe(0);
    expect(team.estate.collections).toHaveLength(6);
    expect(team.estate.environments).toHaveLength(2);
  });
});

describe('in place', () => {
  it('what was edited is what it was, with its ids and secrets; the edit is in the history, and the next backup quiet', async () => {
    const before = structuredClone(team.collection('Orders').body);
    const [staging] = team.estate.environments;
    editCollection(team.estate, team.collection('Orders').uuid, (body) => {
      body.item?.splice(0, 1);
    });
    editEnvironment(team.estate, staging?.uuid ?? '', (body) => {
      body.values = body.values?.filter(({ key }) => key !== 'host') ?? [];
    });

    const planned = await restore('--in-place');
    expect(planned.plan.steps.filter(({ action }) => action === 'replace')).toHaveLength(2);
    expect(await commits()).toBe(1);

    const done = await restore('--in-place', '--yes', '--plan', 'postman-gitlab-report/restore.json');
    expect(done.exitCode, done.stderr).toBe(0);
    expect(team.collection('Orders').body).toEqual(before);
    expect(staging?.body.values).toMatchObject([{ key: 'host' }, { key: 'password', value: SECRET }]);
    // The edit, and what came back.
    expect(await commits()).toBe(3);
    expect((await backUp()).report?.status).toBe('unchanged');
  });

  it('what was edited since the plan is left alone, with exit code 25', async () => {
    editCollection(team.estate, team.collection('Orders').uuid, (body) => {
      body.item?.splice(0, 1);
    });
    await restore('--in-place', '--collection', 'Orders');
    editCollection(team.estate, team.collection('Orders').uuid, (body) => {
      body.variable = [{ key: 'new', value: 'x' }];
    });
    const plan = ['--plan', 'postman-gitlab-report/restore.json'];
    const done = await restore('--in-place', '--collection', 'Orders', '--yes', ...plan);
    expect(done.exitCode, done.stderr).toBe(25);
    expect(team.collection('Orders').body.variable).toHaveLength(1);
  });
});

it('what cannot be restored is told before anything is written', async () => {
  const impossible = [
    [['--in-place', '--ref', 'nowhere'], 'BACKUP_NOT_FOUND'],
    [['--to-workspace', 'Nowhere'], 'WORKSPACE_NOT_FOUND'],
    [['--in-place', '--item', 'Nothing'], '`item`: no folder or request "Nothing"'],
    [['--in-place', '--plan', 'none.json'], '`plan`: none.json cannot be read (ENOENT)'],
  ] as const;
  for (const [flags, problem] of impossible) {
    const { exitCode, stderr, plan } = await restore(...flags, '--yes');
    expect(exitCode, stderr).toBe(20);
    expect(stderr).toContain(problem);
    expect(plan.status).toBe('failed');
  }
  expect(team.api.requests.every(({ method }) => method === 'GET')).toBe(true);
});
