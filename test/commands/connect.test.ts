/** One key, one connection: what is read and what is written share their pace, their meter and their end. */
import { expect, it, onTestFinished } from 'vitest';
import { addWorkspace, createEstate } from '../../demo/postman-api/estate.mjs';
import { startPostmanApi } from '../../demo/postman-api/server.mjs';
import { createConnections } from '../../src/commands/connect.ts';
import { createMeter } from '../../src/commands/meter.ts';
import { openTarget } from '../../src/commands/open-target.ts';
import { knownErrorOf } from '../bridges/known-error-of.ts';

async function connect() {
  const estate = createEstate();
  const { id, name } = addWorkspace(estate, { name: 'Payments' });
  const api = await startPostmanApi({ estate });
  onTestFinished(() => api.close());
  const meter = createMeter();
  const stop = new AbortController();
  const surroundings = {
    env: {},
    ci: { inCi: false },
    nodeVersion: process.version,
    temporaryDirectory: '/nowhere',
    now: () => new Date(),
    meter,
    signal: stop.signal,
    patience: { writes: { pauses: [0] } },
  };
  const connections = createConnections(surroundings);
  const postman = { url: api.url, apiKey: api.apiKey, region: 'us' as const };
  const target = openTarget(connections, postman, surroundings);
  return { api, estate, connections, postman, target, meter, stop, workspace: { id, name } };
}

it('writes are counted as writes, beside what the source reads', async () => {
  const { api, connections, postman, target, meter, workspace } = await connect();
  const ref = await target.create('environments', workspace, { name: 'New', values: [] });
  await connections.openSource({ postman }).fetch(ref);
  expect(meter.cost().callsByKind).toEqual({
    [new URL(api.url).host]: { lists: 1, writes: 1, environments: 1 },
  });
});

it('nothing is written any more when the run is to stop', async () => {
  const { target, stop, estate } = await connect();
  stop.abort();
  const error = await knownErrorOf(target.createWorkspace({ name: 'Drill' }));
  expect([error.code, estate.workspaces.length]).toEqual(['STOPPED', 1]);
});
