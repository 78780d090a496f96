/** Real files of Postman, when they lie beside the project: redacted once and twice. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { corpus, describeCorpus } from '../../../corpus.ts';
import { redact } from './redacting.ts';

describeCorpus('the redaction of the corpus of real files', () => {
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
