/** Makes estates of any size by code: collections of about so many bytes, the same ones for the same numbers. */

import { addCollection, addWorkspace, createEstate, editCollection } from '../demo/postman-api/estate.mjs';
import { createDice } from '../demo/postman-api/ids.mjs';

export const WORKSPACE = 'Bench';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const WORDS =
  'order refund ledger parcel invoice settle capture reserve harbour tide crane berth quote route'.split(' ');

/**
 * @param {{ count: number, bytes: number, names?: readonly string[] }} size `bytes`: of one body, about.
 * `names`: for the first ones.
 */
export function makeEstate({ count, bytes, names = [] }) {
  const estate = createEstate({ seed: `bench-${count}-${bytes}` });
  const { id } = addWorkspace(estate, { name: WORKSPACE });
  const dice = createDice(count + bytes);
  for (let index = 0; index < count; index += 1) {
    const name = names[index] ?? `Service ${String(index + 1).padStart(4, '0')}`;
    addCollection(estate, id, makeCollection(name, bytes, dice));
  }
  return estate;
}

/** Changes a sentence in the first so many collections. */
export function editSome(estate, count) {
  for (const { uuid } of estate.collections.slice(0, count)) {
    editCollection(estate, uuid, (body) => {
      body.item[0].request.description += ' Edited.';
    });
  }
}

function makeCollection(name, bytes, dice) {
  const item = [];
  for (let size = 0; size < bytes; ) {
    const one = makeItem(item.length + 1, dice);
    item.push(one);
    // Its id is drawn later, and is as long as this one.
    size += JSON.stringify(one).length + '"id":"00000000-0000-0000-0000-000000000000",'.length;
  }
  return { info: { name, schema: SCHEMA }, item };
}

function makeItem(number, dice) {
  const path = ['v1', word(dice), String(number)];
  const raw = `https://api.example/${path.join('/')}?page=1`;
  const content = { reference: sentence(3, dice), amount: dice(100_000), note: sentence(12, dice) };
  return {
    name: `${number} ${sentence(3, dice)}`,
    event: [{ listen: 'test', script: { type: 'text/javascript', exec: makeScript(dice) } }],
    request: {
      method: 'POST',
      header: [{ key: 'Content-Type', value: 'application/json' }],
      body: { mode: 'raw', raw: JSON.stringify(content, null, 2) },
      url: { raw, protocol: 'https', host: ['api', 'example'], path, query: [{ key: 'page', value: '1' }] },
      description: sentence(40, dice),
    },
  };
}

function makeScript(dice) {
  return [
    `pm.test('${sentence(4, dice)}', () => {`,
    `  pm.response.to.have.status(${200 + dice(5)});`,
    '});',
  ];
}

function sentence(length, dice) {
  return Array.from({ length }, () => word(dice)).join(' ');
}

function word(dice) {
  return WORDS[dice(WORDS.length)];
}
