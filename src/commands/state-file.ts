/** When each resource was last verified: kept in the job cache, no reason for a commit, and nothing hangs on it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import type { ResourceKey } from '../model.ts';

/** Relative to the working directory; `templates/backup.yml` caches its folder. */
export const STATE_FILE = '.postman-gitlab/state.json';

const State = z.object({
  version: z.literal(1),
  /** Backup → resource → ISO 8601. */
  verifiedAt: z.record(z.string(), z.record(z.string(), z.string())),
});

export type VerificationTimes = ReadonlyMap<ResourceKey, string>;

/** @returns by backup, what earlier runs wrote down; nothing when there is no file, or none to be read. */
export function readState(path: string): ReadonlyMap<string, VerificationTimes> {
  try {
    const { verifiedAt } = State.parse(JSON.parse(readFileSync(path, 'utf8')));
    const times = Object.entries(verifiedAt).map(
      ([backup, entries]) => [backup, new Map(Object.entries(entries) as [ResourceKey, string][])] as const,
    );
    return new Map(times);
  } catch {
    return new Map();
  }
}

/** @throws the file system's error. */
export function writeState(path: string, state: ReadonlyMap<string, VerificationTimes>): void {
  const verifiedAt = Object.fromEntries(
    [...state].map(([backup, times]) => [backup, Object.fromEntries(times)] as const),
  );
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify({ version: 1, verifiedAt })}\n`);
}

/** @returns the code of a file system's error (`EACCES`), which names no content. */
export function describeFileError(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
