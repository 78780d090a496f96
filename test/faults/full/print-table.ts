/** Collects what all campaigns found out, and prints it as one table when they are over. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { Tried } from '../campaign.ts';
import { renderTable } from '../table.ts';

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const startedAt = Date.now();
  const folder = await mkdtemp(join(tmpdir(), 'faults-results-'));
  project.provide('results', folder);
  return async () => {
    const tried: Tried[] = [];
    for (const file of (await readdir(folder)).sort()) {
      tried.push(...(JSON.parse(await readFile(join(folder, file), 'utf8')) as Tried[]));
    }
    await rm(folder, { recursive: true, force: true });
    const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
    process.stdout.write(`\n${renderTable(tried)}\n\n${tried.length} runs in ${minutes} minutes.\n`);
  };
}
