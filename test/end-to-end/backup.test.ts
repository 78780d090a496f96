/** Whole backups through the built program, to each destination. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addCollection,
  editCollection,
  findItem,
  removeCollection,
  renameCollection,
} from '../../demo/postman-api/estate.mjs';
import { type LoopbackGitLab, startLoopbackGitLab } from '../loopback/gitlab/server.ts';
import { type Destination, destinationNames, destinations } from './destinations.ts';
import { type Finished, makeFolder, run } from './program.ts';
import { collectionNamed, SECRET, startTeam, type Team } from './team.ts';

let gitlab: LoopbackGitLab;

beforeAll(async () => {
  gitlab = await startLoopbackGitLab();
});

afterAll(() => gitlab.close());

type Case = {
  readonly team: Team;
  readonly destination: Destination;
  backUp(...flags: string[]): Promise<Finished>;
};

async function prepare(
  name: (typeof destinationNames)[number],
  options: { empty?: boolean } = {},
): Promise<Case> {
  const folder = await makeFolder();
  const team = await startTeam();
  const destination = await destinations[name]({ gitlab, folder, ...options });
  const env = { ...team.env, ...destination.env };
  const flags = ['--workspace', 'Payments', ...destination.flags];
  return { team, destination, backUp: (...more) => run(['backup', ...flags, ...more], { folder, env }) };
}

const FILES = [
  'Postman Collections/.postman-gitlab.json',
  'Postman Collections/Ledger.postman_collection.json',
  'Postman Collections/Orders.postman_collection.json',
  'Postman Collections/Refunds.postman_collection.json',
  'Postman Collections/Staging.postman_environment.json',
];

async function filesOf({ git }: Destination, revision = 'main'): Promise<readonly string[]> {
  return (await git('ls-tree', '-r', '-z', '--name-only', revision)).split('\0').filter(Boolean);
}

async function commitsOf({ git }: Destination, revision = 'main'): Promise<number> {
  return Number(await git('rev-list', '--count', revision));
}

describe.each(destinationNames)('a backup %s', (name) => {
  it('commits everything once, nothing when nothing changed, and then one commit for a day of work', async () => {
    const { team, destination, backUp } = await prepare(name);

    const first = await backUp();
    expect(first.exitCode, first.stderr).toBe(0);
    expect(await filesOf(destination)).toEqual([...FILES, 'README.md']);
    expect(await commitsOf(destination)).toBe(2);
    expect(await destination.git('log', '--all', '-p')).not.toContain(SECRET);

    const second = await backUp();
    expect(second.exitCode, second.stderr).toBe(0);
    expect(second.report?.status).toBe('unchanged');
    expect(await commitsOf(destination)).toBe(2);

    workADay(team);
    const third = await backUp('--removed', 'delete');
    expect(third.exitCode, third.stderr).toBe(0);
    expect(await commitsOf(destination)).toBe(3);
    expect(
      (await destination.git('show', '--format=', '--name-status', '-M90', 'main')).trim().split('\n'),
    ).toEqual([
      'M\tPostman Collections/.postman-gitlab.json',
      'D\tPostman Collections/Ledger.postman_collection.json',
      'M\tPostman Collections/Orders.postman_collection.json',
      'A\tPostman Collections/Payouts.postman_collection.json',
      expect.stringMatching(/^R\d+\tPostman Collections\/Refunds\..*\tPostman Collections\/Returns\./),
    ]);
    const edited = 'Postman Collections/Orders.postman_collection.json';
    const oneWord = await destination.git('show', '--format=', '--numstat', 'main', '--', edited);
    expect(oneWord.trim()).toBe(`1\t1\t${edited}`);
    // One line in the log for each resource that changed.
    for (const line of [
      /updated .*Orders/,
      /renamed, updated .*Returns/,
      /removed .*Ledger/,
      /added .*Payouts/,
    ]) {
      expect(third.stderr.split('\n').filter((one) => line.test(one))).toHaveLength(1);
    }
  });

  it('starts a branch that is missing from the default branch', async () => {
    const { destination, backUp } = await prepare(name);

    const { exitCode, stderr } = await backUp('--branch', 'postman/backup');

    expect(exitCode, stderr).toBe(0);
    expect(await filesOf(destination, 'postman/backup')).toEqual([...FILES, 'README.md']);
    expect(await destination.git('merge-base', 'main', 'postman/backup')).toBe(
      await destination.git('rev-parse', 'main'),
    );
    expect(await filesOf(destination)).toEqual(['README.md']);
  });

  it('makes the first commit of an empty repository', async () => {
    const { destination, backUp } = await prepare(name, { empty: true });

    const first = await backUp();
    const second = await backUp();

    expect(first.exitCode, first.stderr).toBe(0);
    expect(await filesOf(destination)).toEqual(FILES);
    expect(await commitsOf(destination)).toBe(1);
    expect(second.report?.status, second.stderr).toBe('unchanged');
  });
});

it('leaves the same tree and the same message for the same team, whatever the destination', async () => {
  const trees = new Set<string>();
  const messages = new Set<string>();
  for (const name of destinationNames) {
    const { team, destination, backUp } = await prepare(name);
    await backUp();
    workADay(team);
    const { exitCode, stderr } = await backUp('--removed', 'archive');
    expect(exitCode, stderr).toBe(0);
    trees.add(await destination.git('rev-parse', 'main:Postman Collections'));
    messages.add((await destination.git('log', '-2', '--format=%B', 'main')).trim());
  }

  expect(trees.size).toBe(1);
  expect([...messages]).toHaveLength(1);
  expect([...messages][0]).toContain('Backup-Run: 4711-1');
});

/** An edit that the list hides, a rename, a removal, an addition. */
function workADay({ estate, workspace, collection }: Team): void {
  const edit = (body: Parameters<Parameters<typeof editCollection>[2]>[0]) => {
    const { request } = findItem(body, 'Inside');
    if (typeof request === 'object') {
      request['description'] = 'Pings Orders twice.';
    }
  };
  editCollection(estate, collection('Orders').uuid, edit, { touch: false });
  renameCollection(estate, collection('Refunds').uuid, 'Returns');
  removeCollection(estate, collection('Ledger').uuid);
  addCollection(estate, workspace.id, collectionNamed('Payouts'));
}
