/** A collection that was backed up runs in Newman as it is, with its tests passing. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addCollection, addEnvironment } from '../../demo/postman-api/estate.mjs';
import { git } from '../loopback/gitlab/git.ts';
import { runNewman, startEcho } from './newman.ts';
import { makeFolder, run } from './program.ts';
import { startTeam } from './team.ts';

const script = (listen: string, ...exec: string[]) => ({ listen, script: { type: 'text/javascript', exec } });

const collection = {
  info: {
    name: 'Checkout',
    schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
  },
  item: [
    {
      name: 'Basket',
      event: [script('prerequest', "pm.collectionVariables.set('sku', 'A-1');")],
      item: [
        {
          name: 'Put in',
          event: [
            script(
              'test',
              "pm.test('was put in', () => {",
              '  const answer = pm.response.json();',
              "  pm.expect(answer.method).to.equal('POST');",
              "  pm.expect(answer.path).to.equal('/basket?dry=1');",
              "  pm.expect(JSON.parse(answer.body).sku).to.equal('A-1');",
              "  pm.expect(answer.authorization).to.equal('Bearer visitor');",
              '});',
            ),
          ],
          request: {
            method: 'POST',
            auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{guest}}', type: 'string' }] },
            header: [{ key: 'Content-Type', value: 'application/json' }],
            body: { mode: 'raw', raw: '{"sku": "{{sku}}"}' },
            url: {
              raw: '{{host}}/basket?dry=1',
              host: ['{{host}}'],
              path: ['basket'],
              query: [{ key: 'dry', value: '1' }],
            },
          },
          response: [],
        },
      ],
    },
  ],
};

it('runs a backed-up collection with its backed-up environment', async () => {
  const folder = await makeFolder();
  const { env, estate, workspace } = await startTeam();
  const host = await startEcho();
  addCollection(estate, workspace.id, collection);
  addEnvironment(estate, workspace.id, {
    name: 'Loopback',
    values: [
      { key: 'host', value: host, type: 'default', enabled: true },
      { key: 'guest', value: 'visitor', type: 'default', enabled: true },
    ],
  });
  const { exitCode, stderr } = await run(
    ['backup', '--workspace', 'Payments', '--repository', 'backup.git'],
    {
      ...{ folder, env },
    },
  );
  expect(exitCode, stderr).toBe(0);
  await git(['clone', '--quiet', 'backup.git', 'clone'], { cwd: folder });
  const file = (name: string) => join(folder, 'clone', 'Postman Collections', name);

  const { run: ran } = await runNewman({
    collection: file('Checkout.postman_collection.json'),
    environment: file('Loopback.postman_environment.json'),
  });

  expect(ran.failures).toEqual([]);
  expect(ran.stats.assertions).toMatchObject({ total: 1, failed: 0 });
  expect(ran.stats.requests).toMatchObject({ total: 1, failed: 0 });
});
