/** Every kind and many backups through the built program, to each destination. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addCollection,
  addWorkspace,
  createEstate,
  renameCollection,
} from '../../demo/postman-api/estate.mjs';
import { editSpec, editSpecFile, removeSpec } from '../../demo/postman-api/estate-kinds.mjs';
import { startPostmanApi } from '../../demo/postman-api/server.mjs';
import { createSampleEstate, SECRET_MARK } from '../../demo/sample-estate.mjs';
import { type LoopbackGitLab, startLoopbackGitLab } from '../loopback/gitlab/server.ts';
import { type Destination, destinationNames, destinations } from './destinations.ts';
import { startHost } from './postman-host.ts';
import { atEnd, makeFolder, run } from './program.ts';
import { collectionNamed } from './team.ts';

let gitlab: LoopbackGitLab;

beforeAll(async () => {
  gitlab = await startLoopbackGitLab();
});

afterAll(() => gitlab.close());

async function startSample() {
  const estate = createSampleEstate();
  const limits = { lists: { limit: 1000, windowMs: 1000 }, perMinute: 100_000 };
  const api = await startPostmanApi({ estate, noisy: true, limits });
  atEnd(() => api.close());
  return { estate, env: { POSTMAN_API_KEY: api.apiKey, POSTMAN_API_URL: api.url }, api };
}

async function startTreasury() {
  const estate = createEstate({ seed: 'treasury' });
  addCollection(estate, addWorkspace(estate, { name: 'Ships' }).id, collectionNamed('Freight'));
  const api = await startPostmanApi({ estate, apiKey: 'the-key-of-the-other-team' });
  atEnd(() => api.close());
  return api;
}

async function filesBelow({ git }: Destination, folder: string): Promise<readonly string[]> {
  const listing = await git('ls-tree', '-r', '-z', '--name-only', 'main', `${folder}/`);
  return listing
    .split('\0')
    .filter(Boolean)
    .map((path) => path.slice(folder.length + 1));
}

/** What a commit did, renames found. */
async function changesOf({ git }: Destination): Promise<readonly string[]> {
  const shown = await git('-c', 'core.quotePath=false', 'show', '--format=', '--name-status', '-M90', 'main');
  return shown.trim().split('\n');
}

describe.each(destinationNames)('every kind, %s', (name) => {
  it('lies in the folder of its workspace, and a spec changes, moves and goes as one', async () => {
    const folder = await makeFolder();
    const { estate, env } = await startSample();
    const destination = await destinations[name]({ gitlab, folder });
    const backUp = (...flags: string[]) =>
      run(['backup', '--kinds', 'all', ...destination.flags, ...flags], {
        folder,
        env: { ...env, ...destination.env },
      });

    const first = await backUp();
    expect(first.exitCode, first.stderr).toBe(0);
    expect(await filesBelow(destination, 'Postman Collections/Logistics')).toEqual([
      'Carrier rates.postman_collection.json',
      'Courier stub.postman_mock.json',
      'Legacy courier bridge.postman_collection.json',
      'Logistics.postman_globals.json',
      'Shipments API.postman_collection.json',
      'Shipments API.spec/.postman-spec.json',
      'Shipments API.spec/index.json',
      'Shipments API.spec/shared/bodies/shipment.json',
      'Staging.postman_environment.json',
      'Tracking (GraphQL).postman_collection.json',
      'Tracking graph.spec/.postman-spec.json',
      'Tracking graph.spec/schema.graphql',
      'Warehouse inventory.postman_collection.json',
      'workspace.json',
    ]);
    expect(await destination.git('log', '--all', '-p')).not.toContain(SECRET_MARK);
    expect((await backUp()).report?.status).toBe('unchanged');

    const spec = (wanted: string) => estate.specs.find((one) => one.name === wanted)?.uuid ?? '';
    editSpecFile(estate, spec('Shipments API'), { path: 'index.json', content: '{"openapi": "3.1.0"}' });
    editSpec(estate, spec('Payments API'), (one) => {
      one.name = 'Payments';
    });
    removeSpec(estate, spec('Tracking graph'));
    const second = await backUp('--removed', 'archive');
    expect(second.exitCode, second.stderr).toBe(0);
    const changes = await changesOf(destination);
    expect(changes).toContain('M\tPostman Collections/Logistics/Shipments API.spec/index.json');
    expect(changes).toContain(
      'R100\tPostman Collections/Payments/Payments API.spec/openapi.yaml\tPostman Collections/Payments/Payments.spec/openapi.yaml',
    );
    expect(await filesBelow(destination, 'Postman Collections/_archive')).toEqual([
      'Logistics/Tracking graph.spec/.postman-spec.json',
      'Logistics/Tracking graph.spec/schema.graphql',
    ]);
    expect((await backUp('--removed', 'archive')).report?.status).toBe('unchanged');
  });

  it('of two teams with a key each goes into one commit', async () => {
    const folder = await makeFolder();
    const harbour = await startSample();
    const treasury = await startTreasury();
    const destination = await destinations[name]({ gitlab, folder });
    await writeFile(
      join(folder, '.postman-gitlab.yml'),
      `backups:
  - workspace: Payments
    directory: harbour/payments
    kinds: all
  - workspace: Ships
    directory: treasury
    api-key-variable: TREASURY_KEY
  - workspace: Logistics
    directory: harbour/logistics
    kinds: [specs, globals]
`,
    );
    // One host answers both teams, each by its key, as Postman's does.
    const both = await startHost({ [harbour.api.apiKey]: harbour.api.url, [treasury.apiKey]: treasury.url });
    const backUp = () =>
      run(['backup', ...destination.flags], {
        folder,
        env: {
          ...destination.env,
          POSTMAN_API_KEY: harbour.api.apiKey,
          POSTMAN_API_URL: both,
          TREASURY_KEY: treasury.apiKey,
        },
      });
    const before = Number(await destination.git('rev-list', '--count', 'main'));

    const first = await backUp();
    expect(first.exitCode, first.stderr).toBe(0);
    expect(Number(await destination.git('rev-list', '--count', 'main'))).toBe(before + 1);
    expect(await filesBelow(destination, 'treasury')).toEqual([
      '.postman-gitlab.json',
      'Freight.postman_collection.json',
    ]);
    expect(await filesBelow(destination, 'harbour/logistics')).toContain(
      'Shipments API.spec/shared/bodies/shipment.json',
    );
    expect(first.report?.backups.map(({ directory, commits }) => [directory, commits.length])).toEqual([
      ['harbour/payments', 1],
      ['treasury', 1],
      ['harbour/logistics', 1],
    ]);

    expect((await backUp()).report?.status).toBe('unchanged');

    const [freight] = treasury.estate.collections;
    renameCollection(treasury.estate, freight?.uuid ?? '', 'Freight forwarding');
    const third = await backUp();
    expect(third.exitCode, third.stderr).toBe(0);
    expect(third.report?.backups.map(({ commits }) => commits.length)).toEqual([0, 1, 0]);
  });
});
