/** Carries trials out, several at a time, and looks at what each run left behind. */
import { type Bench, createBench, type Pass, type Ran, type World } from './bench.ts';
import { isGood, lostResources, violations } from './invariants.ts';
import type { DestinationName } from './place.ts';
import { addressOf, type Duration } from './proxy.ts';
import type { Trial } from './trials.ts';

export type Tried = {
  readonly fault: string;
  readonly duration: Duration;
  readonly exitCode: number;
  /** Not everything was on the branch afterwards. */
  readonly isIncomplete: boolean;
  /** The next clean run brought what was missing, in one commit; or nothing was missing, and it made none. */
  readonly isRepaired: boolean;
  readonly lost: number;
  readonly where: string;
  /** What did not hold. */
  readonly wrong: readonly string[];
};

export type Campaign = {
  /** For planning: one of the benches. */
  readonly bench: Bench;
  /** What was asked for in the backup before, if there was one. */
  readonly known: ReadonlySet<string>;
  run(trials: readonly Trial[]): Promise<readonly Tried[]>;
  close(): Promise<void>;
};

// A run waits now and then, for what hangs: another can use the processor meanwhile.
const LANES = 4;

const TRIES: Readonly<Record<Duration, number>> = {
  // The longer a fault lasts, the less it matters how often a request is repeated.
  once: 3,
  address: 2,
  outage: 1,
};

// On a busy machine a good answer may be so late that the run gives up before it meets the fault.
const PATIENCE = [1, 4, 8];

/** Only who is left hanging gives up soon. */
function patienceIn({ fault, ambush }: Trial, factor: number): Parameters<Bench['run']>[1] {
  const stalls = fault.stalls === true;
  const times = stalls ? { silenceMs: 2_000 * factor, tryMs: 4_000 * factor } : { silenceMs: 20_000 };
  return {
    http: { backoffMs: 1, throttledMs: 1, totalMs: 60_000, tries: TRIES[ambush.duration], ...times },
    movedPauseMs: () => 1,
    commitRetryDelays: [1, 1],
    git: { retryDelays: [1], ...(stalls ? { stallLimit: 3_000 * factor } : {}) },
  };
}

export async function startCampaign(
  world: World,
  options: { readonly pass: Pass; readonly destination: DestinationName; readonly lanes?: number },
): Promise<Campaign> {
  const lanes = Array.from({ length: options.lanes ?? LANES }, () => createBench(world, options));
  const [bench, ...others] = await Promise.all(lanes);
  if (bench === undefined) {
    throw new Error('a campaign needs a bench');
  }
  const benches = [bench, ...others];
  const repairs = new Map<string, Promise<readonly string[]>>();
  return {
    bench,
    known: new Set(bench.askedBefore.map(addressOf)),
    async run(trials) {
      const left = [...trials];
      const tried: Tried[] = [];
      const work = async (one: Bench) => {
        for (let trial = left.shift(); trial !== undefined; trial = left.shift()) {
          tried.push(await tryOnce(one, trial, repairs));
        }
      };
      await Promise.all(benches.map(work));
      return tried;
    },
    async close() {
      await Promise.all(benches.map((one) => one.close()));
    },
  };
}

async function tryOnce(
  bench: Bench,
  trial: Trial,
  repairs: Map<string, Promise<readonly string[]>>,
): Promise<Tried> {
  const { fault, ambush, place, pass, destination } = trial;
  const { report, log } = await meetFault(bench, trial);
  const proxy = bench.proxies[trial.server];
  const isStruck = proxy.hasStruck();
  const isEndless = proxy.isEndless();
  const found = await bench.read();
  const leftovers = await bench.leftovers();
  const halves = fault.halves === true;
  const facts = { ...bench, found, report, log, isEndless, leftovers, halves };
  // The same tree gives the same next run: it has to be tried only once.
  const repair = repairs.get(found.id) ?? repairIn(bench, found.head);
  repairs.set(found.id, repair);
  const unrepaired = await repair;
  const wrong = [...(isStruck ? [] : ['the fault did not happen']), ...violations(facts), ...unrepaired];
  return {
    fault: fault.name,
    duration: ambush.duration,
    exitCode: report.exitCode,
    isIncomplete: !isGood(found, bench.good),
    isRepaired: unrepaired.length === 0,
    lost: lostResources(facts).length,
    where: `${destination}, ${pass} backup, ${ambush.duration}, ${place}`,
    wrong,
  };
}

/** @returns the first run that met the fault, or the last one. */
async function meetFault(bench: Bench, trial: Trial, [factor = 1, ...longer] = PATIENCE): Promise<Ran> {
  await bench.reset();
  const ran = await bench.run({ ...trial.ambush, server: trial.server }, patienceIn(trial, factor));
  const isOver = longer.length === 0 || bench.proxies[trial.server].hasStruck();
  return isOver ? ran : meetFault(bench, trial, longer);
}

/** @returns what the next clean run did not mend, or did beyond what was needed. */
export async function repairIn(bench: Bench, head: string): Promise<readonly string[]> {
  const before = await bench.read();
  const { report } = await bench.run();
  const after = await bench.read(head);
  const due = isGood(before, bench.good) ? 0 : 1;
  return [
    ...(report.exitCode === 0 ? [] : [`the next clean run exits with ${report.exitCode}`]),
    ...(isGood(after, bench.good) ? [] : ['the next clean run does not bring what is missing']),
    ...(after.commits.length === due ? [] : [`the next clean run makes ${after.commits.length} commits`]),
  ];
}
