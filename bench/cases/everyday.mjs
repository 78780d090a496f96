/** A first backup, one with nothing changed, one with 1 % changed: on both destinations, beside curl with the same URLs. */

import { runCurl } from '../curl.mjs';
import { runPeers } from '../peers.mjs';
import { DESTINATIONS } from '../stage.mjs';
import { medianRun, showTable, showVerdict } from '../table.mjs';

const SIZE = { count: 900, bytes: 10_000, latencyMs: 80 };
const CHANGED = 9;
const ROUNDS = 3;
const MOST_OF_CURL = 1.3;

/** The rounds take turns, so that a busy moment of the machine does not fall on one alone. */
export async function everyday(stage) {
  const days = { first: [], unchanged: [], changed: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const destination of Object.keys(DESTINATIONS)) {
      await liveADay(stage, destination, days);
    }
  }
  const postman = await stage.ask('openPostman', SIZE);
  const peers = await runPeers(stage, postman, SIZE.count);
  await stage.ask('closePostman', postman.url);
  const size = `${SIZE.count} collections of ${SIZE.bytes / 1000} kB, ${SIZE.latencyMs} ms latency`;
  showTable(`First backup: ${size}`, [...rowsOf(days.first), ...peers]);
  showVerdict('a first backup with 80 ms latency, against curl', ratioOf(days.first, 'api'), MOST_OF_CURL);
  showTable(`Nothing changed: ${size}`, rowsOf(days.unchanged));
  showTable(`1 % changed: ${size}`, rowsOf(days.changed));
}

async function liveADay(stage, destination, days) {
  const postman = await stage.ask('openPostman', SIZE);
  const project = await stage.openProject();
  const backUp = () => stage.backUp({ postman, project, destination });
  const beside = async (runs, run, commits) => {
    const paths = run.requests.postman.map(({ path }) => path);
    runs.push({ destination, run, curl: await runCurl({ stage, postman, paths, commits }) });
  };
  await beside(days.first, await backUp(), true);
  await beside(days.unchanged, await backUp(), false);
  await stage.ask('edit', { url: postman.url, count: CHANGED });
  await beside(days.changed, await backUp(), true);
  await stage.ask('closePostman', postman.url);
}

function rowsOf(runs) {
  const ours = Object.keys(DESTINATIONS).map((destination) => {
    const run = medianRun(runs.filter((one) => one.destination === destination).map((one) => one.run));
    return { ...rowOf(run, `postman-gitlab (${destination})`), ratio: ratioOf(runs, destination) };
  });
  return [...ours, { ...medianRun(runs.map(({ curl }) => curl)), who: 'curl --parallel', ratio: 1 }];
}

function rowOf(run, who) {
  const calls = run.requests.postman.length + run.requests.gitlab.length;
  return { ...run, who, calls, there: SIZE.count };
}

/** Each run against the curl that ran beside it; the middle one of those. */
function ratioOf(runs, destination) {
  const ratios = runs
    .filter((one) => one.destination === destination)
    .map(({ run, curl }) => run.seconds / curl.seconds)
    .sort((a, b) => a - b);
  return ratios[Math.floor(ratios.length / 2)];
}
