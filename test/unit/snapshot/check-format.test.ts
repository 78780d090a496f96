/** What of a collection is not as its format says; real ones are held against it, too. */
import { describe, expect, it } from 'vitest';
import { findMisfits } from '../../../src/snapshot/check-format.ts';
import { ordersCollection } from './samples.ts';

describe('a collection', () => {
  it('fits when Postman made it', () => {
    expect(findMisfits('collections', ordersCollection())).toEqual([]);
  });

  it('is told by its places where it does not', () => {
    const { item, info } = ordersCollection();
    const odd = {
      info: { ...info, schema: 'https://example.test/' },
      item: [{ name: 'Nothing' }, { request: 7 }, ...item],
      event: [{ script: {} }],
    };

    expect(findMisfits('collections', odd).map((line) => line.split(':')[0])).toEqual([
      ...['info.schema', 'event.0.listen', 'item.0', 'item.1.request'],
    ]);
  });

  it('of the first format is not judged, nor is another kind', () => {
    expect(findMisfits('collections', { name: 'Old', requests: [] })).toEqual([]);
    expect(findMisfits('environments', { info: 7 })).toEqual([]);
  });
});
