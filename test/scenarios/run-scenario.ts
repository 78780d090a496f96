/** Plays a case: a run of the program for each state that Postman is in, and what came of it. */
import { existsSync } from 'node:fs';
import { copyFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Report } from '../../src/report/report.ts';
import { type Env, type Finished, makeFolder, run } from '../end-to-end/program.ts';
import { createRepository, filesOfCommit, REPOSITORY, readBranch } from './branch.ts';
import { buildEstate } from './build-estate.ts';
import { createCalendar } from './calendar.ts';
import { describeRun } from './describe-run.ts';
import type { Happened } from './expectation.ts';
import { readPostmanFile } from './postman-file.ts';
import { foldStandIns } from './stand-ins.ts';
import { startPostman } from './start-postman.ts';

const Environment = z.record(z.string(), z.string());

/** @param folder of the case, with `given/` and, for what happens over time, `then/`, `then-2/` … */
export async function runScenario(folder: string): Promise<Happened> {
  const workplace = await makeFolder();
  await createRepository(workplace, join(folder, 'given/branch'));
  const calendar = createCalendar();
  const heads: string[] = [];
  let last: Report | undefined;
  for (const state of await statesOf(folder)) {
    const given = join(folder, state);
    if (existsSync(join(given, 'config.yml'))) {
      await copyFile(join(given, 'config.yml'), join(workplace, '.postman-gitlab.yml'));
    }
    const env = await readEnvironment(join(folder, 'given/environment.json'));
    const teams = await readPostmanFile(join(given, 'postman.json'));
    const editedAt = calendar.nextDay();
    const postman = await startPostman(teams, (team) => buildEstate(team, editedAt));
    try {
      const finished = await runProgram(workplace, { ...env, ...postman.env });
      last = reportOf(finished);
      heads.push(`${state}: exit ${finished.exitCode}, ${last.status}`);
    } finally {
      await postman.close();
    }
  }
  if (last === undefined) {
    throw new Error(`${folder} has no given/`);
  }
  const details = await describeRun(last, (commit) => filesOfCommit(workplace, commit));
  const files = Object.entries(await readBranch(workplace)).map(([path, text]) => [path, foldStandIns(text)]);
  return { report: foldStandIns(`${[...heads, ...details].join('\n')}\n`), files: Object.fromEntries(files) };
}

async function statesOf(folder: string): Promise<readonly string[]> {
  const later = (await readdir(folder)).filter((name) => /^then(-\d)?$/.test(name));
  return ['given', ...later.sort()];
}

async function readEnvironment(path: string): Promise<Env> {
  return existsSync(path) ? Environment.parse(JSON.parse(await readFile(path, 'utf8'))) : {};
}

function runProgram(workplace: string, env: Env): Promise<Finished> {
  const args = ['backup', '--json', '--repository', REPOSITORY];
  return run(args, { folder: workplace, env: { ...env, CI_JOB_ID: '4711' } });
}

function reportOf({ stdout, stderr }: Finished): Report {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`The program gave no report:\n${stderr}`);
  }
}
