/** One folder a case: what is given in Postman and on the branch, and what a run of the program makes of it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readExpected, writeExpected } from './expectation.ts';
import { runScenario } from './run-scenario.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const isUpdate = process.env['UPDATE_SCENARIOS'] === '1';

const cases = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe.concurrent('the program', () => {
  it.each(cases)('%s', async (name) => {
    const folder = join(here, name);
    const happened = await runScenario(folder);
    if (isUpdate) {
      await writeExpected(folder, happened);
    }

    const expected = await readExpected(folder, happened);
    expect(happened.report).toBe(expected.report);
    expect(happened.files).toEqual(expected.files);
  });
});
