/** Runs the built program as a process and kills it at some moment: what is on the branch then, and what does the next run make of it? */
import { spawn } from 'node:child_process';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { inject } from 'vitest';
import { createDice } from '../../demo/postman-api/ids.mjs';
import type { Bench } from './bench.ts';
import { repairIn, type Tried } from './campaign.ts';
import { branchViolations, isGood, lostResources } from './invariants.ts';

/** `program`: the program alone, and git goes on without it; `all`: everything in the job's container. */
type Victim = 'program' | 'all';

const KILLED = 137;

/** @param seed of the moments. @returns what became of each run. */
export async function killAtRandom(
  bench: Bench,
  options: { readonly runs: number; readonly seed: number },
): Promise<readonly Tried[]> {
  const program = inject('program');
  const wholeMs = await timeWholeRun(bench, program);
  const dice = createDice(options.seed);
  const tried: Tried[] = [];
  for (let number = 0; number < options.runs; number++) {
    const victim = dice(2) === 0 ? 'program' : 'all';
    tried.push(await killOnce(bench, { program, victim, afterMs: dice(Math.ceil(wholeMs)) }));
  }
  return tried;
}

async function timeWholeRun(bench: Bench, program: string): Promise<number> {
  const startedAt = performance.now();
  await bench.reset();
  await bench.arm();
  const { exitCode, output } = await start(bench, program).finished;
  if (exitCode !== 0 || !isGood(await bench.read(), bench.good)) {
    throw new Error(`a clean run of the program failed:\n${output()}`);
  }
  return performance.now() - startedAt;
}

type Murder = { readonly program: string; readonly victim: Victim; readonly afterMs: number };

async function killOnce(bench: Bench, { program, victim, afterMs }: Murder): Promise<Tried> {
  await bench.reset();
  await bench.arm();
  const run = start(bench, program);
  await Promise.race([wait(afterMs), run.finished]);
  run.kill(victim);
  const { exitCode } = await run.finished;
  await groupEnded(run.pid);
  await Promise.all([bench.proxies.postman.settle(), bench.proxies.gitlab.settle()]);
  const found = await bench.read();
  const facts = { ...bench, found, halves: false };
  const unrepaired = await repairIn(bench, found.head);
  await sweep(bench);
  const isComplete = isGood(found, bench.good);
  const claims = exitCode === 0 && !isComplete ? ['exit code 0, and yet not all is there'] : [];
  return {
    fault: 'killed (SIGKILL)',
    duration: 'once',
    exitCode: exitCode ?? KILLED,
    isIncomplete: !isComplete,
    isRepaired: unrepaired.length === 0,
    lost: lostResources(facts).length,
    where: `${bench.pass} backup, ${victim} killed after ${afterMs} ms`,
    wrong: [...branchViolations(facts), ...claims, ...unrepaired],
  };
}

function start({ folder, temporary, env, flags }: Bench, program: string) {
  const given = Object.entries(flags).flatMap(([name, value]) =>
    [value].flat().flatMap((one) => [`--${name}`, one]),
  );
  const child = spawn(process.execPath, [program, 'backup', ...given], {
    cwd: folder,
    env: { ...env, TMPDIR: temporary, GIT_CONFIG_NOSYSTEM: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, which can be killed as a whole.
    detached: true,
  });
  const said: Buffer[] = [];
  child.stdout.on('data', (data: Buffer) => void said.push(data));
  child.stderr.on('data', (data: Buffer) => void said.push(data));
  const finished = new Promise<{ exitCode: number | null; output: () => string }>((resolve) => {
    child.once('exit', (exitCode) => resolve({ exitCode, output: () => Buffer.concat(said).toString() }));
  });
  const pid = child.pid ?? 0;
  return {
    pid,
    finished,
    kill(victim: Victim) {
      if (child.exitCode === null && child.signalCode === null) {
        process.kill(victim === 'all' ? -pid : pid, 'SIGKILL');
      }
    },
  };
}

/** What the program had started may go on without it. */
async function groupEnded(group: number): Promise<void> {
  while (await isAlive(group)) {
    await wait(20);
  }
}

async function isAlive(group: number): Promise<boolean> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const states = await Promise.all(
    processes.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')),
  );
  // proc(5): after the name in brackets come state, parent and group.
  return states.some((text) => {
    const [state, , processGroup] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return Number(processGroup) === group && state !== 'Z';
  });
}

/** Who is killed cannot tidy up. */
async function sweep(bench: Bench): Promise<void> {
  for (const name of await bench.leftovers()) {
    await rm(join(bench.temporary, name), { recursive: true, force: true });
  }
}
