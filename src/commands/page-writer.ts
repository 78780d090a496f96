/** Writes pages below one folder; what lies there besides stays. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KnownError } from '../errors.ts';
import { describeFileError } from './state-file.ts';

/** @returns a function that writes one page. @throws KnownError when the folder does not take it. */
export function createPageWriter(folder: string): (path: string, content: string) => Promise<void> {
  const made = new Set<string>();
  return async (path, content) => {
    const file = join(folder, path);
    const parent = dirname(file);
    try {
      if (!made.has(parent)) {
        await mkdir(parent, { recursive: true });
        made.add(parent);
      }
      await writeFile(file, content);
    } catch (error) {
      throw new KnownError(
        'CONFIG_INVALID',
        `--output: ${folder} cannot be written to (${describeFileError(error)}).`,
        {
          hint: 'Name a folder that may be written to.',
        },
      );
    }
  };
}
