/** A run that can be stopped keeps nothing of what it has been given: bodies would add up to the size of the estate. */
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import type { Source } from '../../src/commands/ports.ts';
import { createStoppable } from '../../src/commands/stoppable.ts';
import type { ResourceRef } from '../../src/model.ts';

const ref: ResourceRef = {
  kind: 'collections',
  uuid: '00000000-0000-4000-a000-000000000001',
  uid: '1-00000000-0000-4000-a000-000000000001',
  name: 'Orders',
  workspace: { id: 'w', name: 'Payments' },
};

it('lets go of a body once it was handed on', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');
  const postman: Source = {
    list: async () => ({ workspaces: [], listings: [] }),
    fetch: async () => ({ info: { name: 'Orders' } }),
    quota: async () => undefined,
  };
  const source = createStoppable(new AbortController().signal).source(postman);

  const body = await fetchWeakly(source);
  await setTimeout(1);
  collectGarbage();

  expect(body.deref()).toBeUndefined();
});

/** A function of its own: what it names is garbage when it ends. */
async function fetchWeakly(source: Source): Promise<WeakRef<object>> {
  const body = await source.fetch(ref);
  if (typeof body !== 'object' || body === null) {
    throw new Error('the fake answers with an object');
  }
  return new WeakRef(body);
}
