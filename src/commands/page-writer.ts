/** Writes pages below one folder; what lies there besides stays. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** @returns a function that writes one page. @throws the file system's error. */
export function createPageWriter(folder: string): (path: string, content: string) => Promise<void> {
  const made = new Set<string>();
  return async (path, content) => {
    const file = join(folder, path);
    const parent = dirname(file);
    if (!made.has(parent)) {
      await mkdir(parent, { recursive: true });
      made.add(parent);
    }
    await writeFile(file, content);
  };
}
