/** Postman has been seen to answer with a part of a collection (postman-app-support#11920). */
import { expect, it } from 'vitest';
import { createStory, pathOf } from './story.ts';

it('fetches a collection again that lost most of its items, and takes the whole answer', async () => {
  const { postman, repository, run } = createStory();
  const orders = postman.add('Orders', { requests: 10 });
  await run();
  const whole = repository.files().get(pathOf('Orders'));
  const { fetch } = postman.source;
  let answers = 0;
  postman.source.fetch = async (ref) => {
    orders.requests = ++answers === 1 ? 2 : 10;
    return fetch(ref);
  };

  const { commits, fetched, result } = await run();

  expect(fetched).toEqual(['Orders', 'Orders']);
  expect(commits).toEqual([]);
  expect(result?.warnings).toEqual([]);
  expect(repository.files().get(pathOf('Orders'))).toBe(whole);
});

it('commits a loss that stands, and says it aloud', async () => {
  const { postman, run } = createStory();
  const orders = postman.add('Orders', { requests: 10 });
  await run();
  postman.edit(orders, { requests: 2 });

  const { commits, result, outcomeOf, report } = await run();

  expect(commits).toHaveLength(1);
  expect(report.exitCode).toBe(0);
  expect(outcomeOf(orders)).toMatchObject({ status: 'changed', shrunk: { from: 10, to: 2 } });
  expect(result?.warnings).toEqual([
    expect.stringContaining('"Orders" has lost most of its items: 2 of 10 are left.'),
  ]);
  expect((await run()).result?.warnings).toEqual([]);
});

it('says nothing of a collection that lost some, or was small', async () => {
  const { postman, run } = createStory();
  const orders = postman.add('Orders', { requests: 10 });
  const small = postman.add('Small', { requests: 3 });
  await run();
  postman.edit(orders, { requests: 5 });
  postman.edit(small, { requests: 0 });

  const { fetched, result } = await run();

  expect(fetched).toEqual(['Orders', 'Small']);
  expect(result?.warnings).toEqual([]);
});
