/** The `expect/` of a case: the report, and the files of the branch, or only their paths where the names are the point. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readFolder } from './branch.ts';
import { showText } from './show-text.ts';

export type Happened = {
  readonly report: string;
  /** Path → text. */
  readonly files: Readonly<Record<string, string>>;
};

type Expected = {
  readonly report: string;
  readonly files: Readonly<Record<string, string | undefined>>;
};

/** @param happened fills in the contents where a case lists paths alone. */
export async function readExpected(folder: string, happened: Happened): Promise<Expected> {
  const report = await readFile(join(folder, 'expect/report.txt'), 'utf8');
  if (!existsSync(pathsFile(folder))) {
    return { report, files: await readFolder(branchFolder(folder)) };
  }
  const lines = (await readFile(pathsFile(folder), 'utf8')).split('\n').filter((line) => line !== '');
  // Paths of 255 bytes a segment could not be checked out on Windows, nor told apart by looking at them.
  const pathOf = new Map(Object.keys(happened.files).map((path) => [showText(path), path]));
  const files = lines.map((line) => {
    const path = pathOf.get(line);
    return path === undefined ? [line, 'not on the branch'] : [path, happened.files[path]];
  });
  return { report, files: Object.fromEntries(files) };
}

/** Rewrites it with what happened; a case that lists paths goes on listing paths. */
export async function writeExpected(folder: string, { report, files }: Happened): Promise<void> {
  const listsPaths = existsSync(pathsFile(folder));
  await rm(branchFolder(folder), { recursive: true, force: true });
  await writeText(join(folder, 'expect/report.txt'), report);
  if (listsPaths) {
    const lines = Object.keys(files).map((path) => `${showText(path)}\n`);
    await writeText(pathsFile(folder), lines.sort().join(''));
    return;
  }
  for (const [path, text] of Object.entries(files)) {
    await writeText(join(branchFolder(folder), path), text);
  }
}

function branchFolder(folder: string): string {
  return join(folder, 'expect/branch');
}

function pathsFile(folder: string): string {
  return join(folder, 'expect/paths.txt');
}

async function writeText(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
