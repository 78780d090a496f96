/** The program as users get it: built from the sources of now, run as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject } from 'vitest';
import type { Report } from '../../src/report/report.ts';

export type Env = Readonly<Record<string, string>>;

export type Finished = {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What lies in the report folder; absent when nothing was written there. */
  readonly report?: Report;
};

export type RunOptions = {
  /** Working directory, and home of everything that the program starts. */
  readonly folder: string;
  readonly env?: Env;
  /** Gets the running process: to stop it. */
  readonly onStart?: (child: ChildProcess) => void;
};

const CREDENTIAL = /KEY$|TOKEN$|PASSWORD$/;

/** Runs the program, and makes sure of what holds for every run: no credential in anything that it wrote. */
export async function run(args: readonly string[], options: RunOptions): Promise<Finished> {
  const { folder, env = {} } = options;
  const finished = await start([inject('program'), ...args], options);
  const reportFolder = join(folder, 'postman-gitlab-report');
  const files = existsSync(reportFolder) ? await readdir(reportFolder) : [];
  const texts = await Promise.all(files.map((file) => readFile(join(reportFolder, file), 'utf8')));
  for (const [name, value] of Object.entries(env)) {
    if (CREDENTIAL.test(name) && value !== '') {
      expect([finished.stdout, finished.stderr, ...texts].join('\n'), name).not.toContain(value);
    }
  }
  const json = texts[files.indexOf('report.json')];
  return { ...finished, ...(json === undefined ? {} : { report: JSON.parse(json) as Report }) };
}

/** An empty folder that goes with the tests of this file. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'end-to-end-'));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs `clean` when the tests of this file are over: some of them run at the same time. */
export function atEnd(clean: () => Promise<unknown>): void {
  leftovers.push(clean);
}

const leftovers: (() => Promise<unknown>)[] = [];

afterAll(async () => {
  for (const clean of leftovers.splice(0)) {
    await clean();
  }
});

function start(
  args: readonly string[],
  { folder: cwd, env = {}, onStart = () => undefined }: RunOptions,
): Promise<Finished> {
  // Nothing of the job, the proxy or the git that these tests may run in.
  const own = { PATH: process.env['PATH'] ?? '', HOME: cwd, TMPDIR: tmpdir(), GIT_CONFIG_NOSYSTEM: '1' };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...own, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onStart(child);
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (data) => {
      output.stdout += data;
    });
    child.stderr.on('data', (data) => {
      output.stderr += data;
    });
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, ...output }));
  });
}
