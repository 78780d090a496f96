/** The ids of contents are those that git gives. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { blobId, treeId } from '../../src/object-id.ts';

it('gives a folder the id that git gives to its tree, however its files sort', () => {
  const folder = mkdtempSync(join(tmpdir(), 'object-id-'));
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
  // Git sorts the folder `a` as `a/`: behind `a.b` and before `a0`.
  const files = { 'a.b': '1', 'a/x': '2', 'a/y/z': '3', a0: '4', 'ü 🚀': '5', 'a-': '6' };
  try {
    git('init', '--quiet');
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    git('add', '.');
    const ids = Object.entries(files).map(([path, text]) => [path, blobId(Buffer.from(text))] as const);
    expect(treeId(new Map(ids))).toBe(git('write-tree'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
