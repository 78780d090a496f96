/** `npm run bench`: measures the program side by side with curl and with the peers that are there. */

import { parseArgs } from 'node:util';
import { badDay } from './cases/bad-day.mjs';
import { everyday } from './cases/everyday.mjs';
import { keys, limited } from './cases/limits.mjs';
import { huge, memory } from './cases/memory.mjs';
import { repository } from './cases/repository.mjs';
import { start } from './cases/start.mjs';
import { tellMissingPeers } from './peers.mjs';
import { openStage } from './stage.mjs';

const cases = { start, everyday, huge, memory, repository, 'bad-day': badDay, keys, limited };

async function main() {
  const { values } = parseArgs({ options: { case: { type: 'string', multiple: true } } });
  const chosen = values.case ?? Object.keys(cases);
  const unknown = chosen.filter((name) => !Object.hasOwn(cases, name));
  if (unknown.length > 0) {
    throw new Error(`No case ${unknown.join(', ')}. There are: ${Object.keys(cases).join(', ')}.`);
  }
  tellMissingPeers();
  const stage = await openStage();
  try {
    for (const name of chosen) {
      await cases[name](stage);
    }
  } finally {
    await stage.close();
  }
}

await main();
