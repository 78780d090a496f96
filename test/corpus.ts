/** The real files of Postman that may lie beside the project, and the tests that need them. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import { isObject } from '../src/json.ts';

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

/** @returns the collections and environments of the corpus that are objects. */
export async function readCorpus(): Promise<readonly object[]> {
  const files: object[] = [];
  for (const kind of ['collections', 'environments', 'made']) {
    for (const file of (await readdir(join(corpus, kind))).sort()) {
      const body = parseCorpusFile(await readFile(join(corpus, kind, file)));
      if (isObject(body)) {
        files.push(body);
      }
    }
  }
  return files;
}

export function parseCorpusFile(content: Buffer): unknown {
  // Some begin with a byte order mark, which is no JSON.
  return JSON.parse(content.toString().replace(/^\ufeff/, ''));
}
