/** Real files of Postman, when they lie beside the project: redacted once and twice. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { redact } from './redacting.ts';

const corpus = fileURLToPath(new URL('../../../../../shared/corpus', import.meta.url));
const isThere = existsSync(corpus);
const name = 'the redaction of the corpus of real files';
if (!isThere) {
  console.warn(`NOT RUN: ${name}: ../shared/corpus is not there`);
}

describe.runIf(isThere)(isThere ? name : `${name} (NOT RUN: ../shared/corpus is not there)`, () => {
  it('takes few secrets out, keeps the shape of each file, and finds nothing in the result', async () => {
    const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.json'),
    );
    let count = 0;
    for (const path of files) {
      const file = parse(readFileSync(join(corpus, path), 'utf8'));
      const { value, findings } = await redact(file);
      const again = await redact(value);
      expect(again.findings, path).toEqual([]);
      expect(again.value, path).toBe(value);
      expect(keysOf(value), path).toBe(keysOf(file));
      count += findings.length;
    }
    expect(files.length).toBeGreaterThan(0);
    // Most of the files were cleaned before they were published: more than this would be false alarms.
    expect(count).toBeGreaterThan(50);
    expect(count).toBeLessThan(200);
  }, 120_000);
});

function parse(text: string): unknown {
  // Some begin with a byte order mark, which is no JSON.
  return JSON.parse(text.replace(/^\ufeff/, ''));
}

/** Everything but the strings. */
function keysOf(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'string' ? '' : one));
}
