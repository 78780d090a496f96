/** The real files of Postman that may lie beside the project, and the tests that need them. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';

export const corpus = fileURLToPath(new URL('../../shared/corpus', import.meta.url));

/** Defines tests over the corpus; without it, one that says that they were not run. */
export function describeCorpus(name: string, tests: () => void): void {
  if (existsSync(corpus)) {
    describe(name, tests);
    return;
  }
  const reason = '../shared/corpus is not there';
  console.warn(`NOT RUN: ${name}: ${reason}`);
  it.skip(`${name} (NOT RUN: ${reason})`, () => undefined);
}
