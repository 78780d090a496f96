/** Builds the program from the sources of now, once for all tests that run it as a process. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { bundleProgram } from '../../scripts/build/bundle.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the built program. */
    readonly program: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'program-'));
  const program = join(folder, 'postman-gitlab.cjs');
  await writeFile(program, (await bundleProgram(root)).program);
  project.provide('program', program);
  return () => rm(folder, { recursive: true, force: true });
}
