/** Reads what a commit holds with two processes, however many files there are. */
import { git } from './git.ts';

/** @returns path → content of each file of the commit, in git's order. */
export async function readFiles(commit: string, cwd: string): Promise<ReadonlyMap<string, Buffer>> {
  const listed = (await git(['ls-tree', '-r', '-z', '--full-tree', commit], { cwd })).toString().split('\0');
  const lines = listed.filter(Boolean).map((line) => line.split('\t'));
  const ids = lines.map(([about = '']) => `${about.split(' ')[2]}\n`);
  const output = await git(['cat-file', '--batch'], { cwd, input: Buffer.from(ids.join('')) });
  let offset = 0;
  return new Map(
    lines.map(([, path = '']) => {
      const start = output.indexOf('\n', offset) + 1;
      const size = Number(output.subarray(offset, start).toString().split(' ')[2]);
      offset = start + size + 1;
      return [path, output.subarray(start, start + size)];
    }),
  );
}
