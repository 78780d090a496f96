/** Merges as files: what both sides began with, what each made of it, and what comes of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Kind } from '../../../../src/model.ts';
import { describeConflict } from '../../../../src/plan/merge/conflict.ts';
import { mergeResources, type Versions } from '../../../../src/plan/merge/merge-resources.ts';

type Scenario = Versions & {
  readonly kind: Kind;
  readonly merged?: unknown;
  readonly conflicts?: readonly string[];
};

const folder = join(import.meta.dirname, 'scenarios');

describe('two edits of one resource', () => {
  it.each(readdirSync(folder).map((file) => file.replace('.yml', '')))('%s', (name) => {
    const scenario = parse(readFileSync(join(folder, `${name}.yml`), 'utf8')) as Scenario;
    const merge = mergeResources(scenario.kind, scenario);
    if ('conflicts' in merge) {
      const told = merge.conflicts.map((one) => describeConflict(scenario.kind, one, (text) => `"${text}"`));
      expect(told).toEqual(scenario.conflicts);
    } else {
      expect(merge.value).toEqual(scenario.merged);
    }
  });
});
