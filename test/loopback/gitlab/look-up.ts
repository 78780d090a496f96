/** Questions whose answer never changes, because every object in them is named by its id: git is asked once for each. */
import { tryGit } from './git.ts';

/** @returns what git printed; `undefined` when it exits non-zero. */
export type LookUp = (...args: string[]) => Promise<Buffer | undefined>;

// Of thousands of runs on one repository only the last matter, and a large file is not kept.
const MOST = 500;
const MOST_BYTES = 1_000_000;

export function createLookUp(repositoryDir: string): LookUp {
  const known = new Map<string, Buffer>();
  return async (...args) => {
    const question = args.join('\0');
    const answer = known.get(question) ?? (await tryGit(args, { cwd: repositoryDir }));
    if (known.size >= MOST) {
      known.clear();
    }
    // An object that is not there may come.
    if (answer !== undefined && answer.length <= MOST_BYTES) {
      known.set(question, answer);
    }
    return answer;
  };
}
