/** The sample data of the demo: what the demo and its reader rely on. */

import { posix } from 'node:path';
import { expect, it } from 'vitest';
import { workADay } from '../../demo/day-of-work.mjs';
import { nameOf, walkItems } from '../../demo/postman-api/estate.mjs';
import { createSampleEstate, SECRET_MARK } from '../../demo/sample-estate.mjs';

it('is the same every time', () => {
  expect(createSampleEstate()).toEqual(createSampleEstate());
});

it('has the mark in every secret value and nowhere else', () => {
  const estate = createSampleEstate();
  const variables = [
    ...estate.environments.flatMap(({ body }) => body.values ?? []),
    ...estate.collections.flatMap(({ body }) => body.variable ?? []),
    ...estate.workspaces.flatMap(({ globals }) => globals),
  ];
  const secrets = variables.filter(({ type }) => type === 'secret');
  expect(secrets.length).toBeGreaterThan(4);
  for (const { value } of secrets) {
    expect(value).toContain(SECRET_MARK);
  }
  expect(JSON.stringify(estate).split(SECRET_MARK).length - 1).toBe(secrets.length);
});

it('has an id of its own for every item', () => {
  const estate = createSampleEstate();
  const ids = estate.collections.flatMap(({ body }) => [...walkItems(body.item)].map(({ id }) => id));
  expect(ids).not.toContain(undefined);
  expect(new Set(ids).size).toBe(ids.length);
});

it('has two collections of one name in one workspace, and names that no file system likes', () => {
  const names = createSampleEstate().collections.map(
    ({ body, workspaceId }) => `${workspaceId} ${nameOf(body)}`,
  );
  expect(new Set(names).size).toBe(names.length - 1);
  expect(names.join()).toMatch(/\/.*🔎/);
});

it('has something of every kind, a spec over several folders and a secret among the globals', () => {
  const estate = createSampleEstate();
  const { specs, mocks, monitors, apis } = estate;
  for (const list of [specs, mocks, monitors, apis]) {
    expect(list.length).toBeGreaterThan(1);
  }
  expect(specs.map(({ type }) => type)).toEqual(['OPENAPI:3.0', 'ASYNCAPI:2.0', 'OPENAPI:3.1', 'GRAPHQL']);
  expect(specs[0]?.files.map(({ path }) => path)).toContain('components/schemas/payment.yaml');
  expect(estate.workspaces.flatMap(({ globals }) => globals.map(({ type }) => type))).toContain('secret');
});

it('has definitions whose references all lead to a file', () => {
  const { specs, apis } = createSampleEstate();
  const definitions = [...specs, ...apis.flatMap(({ schemas }) => schemas)];
  const references = definitions.flatMap(({ files }) => {
    const paths = files.map(({ path }) => path);
    return files.flatMap(({ path, content }) =>
      [...content.matchAll(/\$ref"?: "?([\w./-]+)/g)].map(([, target]) => ({
        target: posix.join(posix.dirname(path), target ?? ''),
        paths,
      })),
    );
  });
  expect(references.length).toBeGreaterThan(5);
  for (const { target, paths } of references) {
    expect(paths).toContain(target);
  }
});

it('is edited by a day of work, one edit of it hidden from the list', () => {
  const before = new Map(createSampleEstate().collections.map((stored) => [stored.uuid, stored]));
  const estate = createSampleEstate();
  workADay(estate);
  const edited = estate.collections.filter((stored) => stored.editedAt !== before.get(stored.uuid)?.editedAt);
  const shown = edited.filter((stored) => stored.updatedAt !== before.get(stored.uuid)?.updatedAt);
  expect(edited.map(({ body }) => nameOf(body))).toEqual([
    'Payments API',
    'Shipments API',
    'Carrier rates and surcharges',
    'Customs declarations',
  ]);
  expect(edited.length - shown.length).toBe(1);
  for (const { uuid, body } of edited) {
    expect(body).not.toEqual(before.get(uuid)?.body);
  }
});
