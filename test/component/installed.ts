/** Tests that need a program which npm cannot bring: they say so when it is missing, and fail in CI. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

export function whenInstalled(program: string, name: string, tests: () => void): void {
  if (spawnSync('/bin/sh', ['-c', `command -v ${program}`]).status === 0) {
    describe(name, tests);
    return;
  }
  if (process.env['CI'] === 'true') {
    it(name, () => expect.fail(`${program} is not installed`));
    return;
  }
  console.warn(`NOT RUN: ${name}: ${program} is not installed`);
  describe.skip(`${name} (NOT RUN: ${program} is not installed)`, tests);
}
