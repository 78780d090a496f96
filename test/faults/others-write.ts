/** Others write to the branch while a backup runs: their changes stay, and so do ours. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { git } from '../loopback/gitlab/git.ts';
import { type Bench, createBench, type Ran, startWorld, type World } from './bench.ts';
import type { DestinationName } from './place.ts';
import type { Duration } from './proxy.ts';
import { DIRECTORY, MANIFEST, type Snapshot } from './snapshot.ts';
import { commitAsSomebody } from './somebody.ts';

let world: World;
const benches = new Map<DestinationName, Bench>();

beforeAll(async () => {
  world = await startWorld();
});

afterAll(async () => {
  await Promise.all([...benches.values()].map((bench) => bench.close()));
  await world.close();
});

const NOTES = 'notes/today.md';
const EDITED = `${DIRECTORY}/Harbour/Harbour collection 1.postman_collection.json`;
const UNCHANGED = `${DIRECTORY}/Harbour/Harbour collection 4.postman_collection.json`;
const NEW = `${DIRECTORY}/Depot/Depot collection, new.postman_collection.json`;

async function prepare(destination: DestinationName): Promise<Bench> {
  const bench = benches.get(destination) ?? (await createBench(world, { pass: 'later', destination }));
  benches.set(destination, bench);
  await bench.reset();
  return bench;
}

/** Something happens after the branch was read: as late as can be arranged before our commit arrives. */
async function runWhile(
  bench: Bench,
  destination: DestinationName,
  act: () => Promise<unknown>,
  duration: Duration = 'once',
): Promise<Ran> {
  const late = {
    api: { server: 'gitlab', address: 'POST /api/v4/projects/…/repository/commits' },
    git: { server: 'gitlab', address: 'GET /harbour/backup-….git/info/refs?service=git-receive-pack' },
    // There is no server to wait at: Postman is asked last before the commit.
    local: { server: 'postman', address: lastAsked(bench) },
  } as const;
  const spoil = { type: 'before', act } as const;
  return bench.run({ ...late[destination], spoil, occurrence: 0, duration, siblings: [] });
}

function lastAsked({ asked }: Bench): string {
  const { method, path } = asked.postman.at(-1) ?? { method: '', path: '' };
  return `${method} ${path}`;
}

/** Every file of the backup is as a clean run leaves it. */
function ours({ files }: Snapshot): Record<string, string> {
  const entries = [...files].filter(([path]) => path.startsWith(`${DIRECTORY}/`) && path !== MANIFEST);
  return Object.fromEntries(entries);
}

async function messagesOf(bench: Bench): Promise<string> {
  return (await git(['log', '--format=%B', `${bench.base}..main`], { cwd: bench.repository })).toString();
}

/** The tests of one destination. */
export function letOthersWrite(destination: DestinationName): void {
  describe(`a backup through ${destination}`, () => {
    it('commits on top of what somebody pushed meanwhile', async () => {
      const bench = await prepare(destination);

      const { report, log } = await runWhile(bench, destination, () =>
        commitAsSomebody(bench.repository, { [NOTES]: 'Ebb at noon.\n' }),
      );

      const found = await bench.read();
      expect(report.exitCode, log).toBe(0);
      expect(found.commits).toHaveLength(2);
      expect(found.files.has(NOTES)).toBe(true);
      expect(ours(found)).toEqual(ours(bench.good));
    });

    it('repairs what somebody did to its files meanwhile, and says so', async () => {
      const bench = await prepare(destination);

      const { report, log } = await runWhile(bench, destination, () =>
        commitAsSomebody(bench.repository, { [EDITED]: 'Mine now.\n', [NOTES]: 'Ebb at noon.\n' }),
      );

      const found = await bench.read();
      expect(report.exitCode, log).toBe(0);
      expect(ours(found)).toEqual(ours(bench.good));
      expect(found.files.has(NOTES)).toBe(true);
      expect(await messagesOf(bench)).toContain('repaired');
    });

    it('repairs with the next run what somebody did to a file that it had just looked at', async () => {
      const bench = await prepare(destination);

      const { report } = await runWhile(bench, destination, () =>
        commitAsSomebody(bench.repository, { [UNCHANGED]: null, [EDITED]: 'Mine now.\n' }),
      );
      const next = await bench.run();

      expect([0, 25]).toContain(report.exitCode);
      expect(next.report.exitCode, next.log).toBe(0);
      expect(ours(await bench.read())).toEqual(ours(bench.good));
      expect(await messagesOf(bench)).toContain('repaired');
    });

    it('never overwrites a file that somebody put where it was about to write', async () => {
      const bench = await prepare(destination);

      const { report, log } = await runWhile(bench, destination, () =>
        commitAsSomebody(bench.repository, { [NEW]: 'A list of my own.\n' }),
      );

      const found = await bench.read();
      expect(report.exitCode, log).toBe(0);
      expect((await git(['show', `main:${NEW}`], { cwd: bench.repository })).toString()).toBe(
        'A list of my own.\n',
      );
      const [, detour] =
        [...(found.manifest ?? [])].find(([, { name }]) => name === 'Depot collection, new') ?? [];
      expect(detour?.path).toMatch(/Depot collection, new \([0-9a-f]{8}\)\.postman_collection\.json$/);
      expect(found.files.get(detour?.path ?? '')).toBe(detour?.id);
    });

    it('backs up onto whatever a force push left', async () => {
      const bench = await prepare(destination);
      const start = (await git(['rev-parse', `${bench.base}^`], { cwd: bench.repository })).toString().trim();

      const { report, log } = await runWhile(bench, destination, () =>
        commitAsSomebody(bench.repository, { [NOTES]: 'Started over.\n' }, start),
      );
      const next = await bench.run();

      const found = await bench.read(start);
      // What it had seen as unchanged is not there any more, and its content is gone: that is for the next run.
      expect([0, 25], log).toContain(report.exitCode);
      expect(next.report.exitCode, next.log).toBe(0);
      expect(found.files.has(NOTES)).toBe(true);
      // What was gone from Postman was on the branch that somebody threw away.
      const archived = (path: string) => path.startsWith(`${DIRECTORY}/_archive/`);
      const due = Object.entries(ours(bench.good)).filter(([path]) => !archived(path));
      expect(ours(found)).toEqual(Object.fromEntries(due));
    });

    it('lets another backup of the same team go first', async () => {
      const bench = await prepare(destination);

      const { report, log } = await runWhile(bench, destination, bench.runRival);

      const found = await bench.read();
      expect(report.exitCode, log).toBe(0);
      expect(found.commits).toHaveLength(1);
      expect(ours(found)).toEqual(ours(bench.good));
    });

    it('that runs twice at once backs up once', async () => {
      const bench = await prepare(destination);

      const ends = await Promise.all([bench.run(), bench.runRival(), bench.runRival()]);

      const found = await bench.read();
      expect(ends.map(({ report }) => report.exitCode)).toEqual([0, 0, 0]);
      expect(found.commits).toHaveLength(1);
      expect(ours(found)).toEqual(ours(bench.good));
    });

    // With a local path nobody can be let in at each try.
    if (destination !== 'local') {
      it('gives up when the branch moves at each of five tries, and has lost nothing', async () => {
        const bench = await prepare(destination);
        let moves = 0;
        const push = () => commitAsSomebody(bench.repository, { [EDITED]: `Mine, ${++moves}.\n` });

        const { report, log } = await runWhile(bench, destination, push, 'address');

        const found = await bench.read();
        expect(report.exitCode, log).toBe(24);
        expect(log).toContain('BRANCH_KEPT_MOVING');
        expect(log).toMatch(/Fix .*resource group/);
        // Git asks twice each time: without its credential, and then with it.
        expect(moves).toBe(destination === 'git' ? 10 : 5);
        expect(found.commits).toHaveLength(moves);
        const { [EDITED]: _, ...others } = ours(bench.old);
        expect(ours(found)).toMatchObject(others);
        expect((await bench.run()).report.exitCode).toBe(0);
        expect(ours(await bench.read())).toEqual(ours(bench.good));
      });
    }
  });
}
