/** Understands what `git log -z --raw` says of commits and the files they touched. */
import type { HistoryCommit } from './history.ts';

/** One file of one commit. */
export type PathChange = {
  readonly path: string;
  /** Blob id; absent when the file is new. */
  readonly before?: string;
  /** Absent when it is gone. */
  readonly after?: string;
};

// git-diff(1), raw output format: `:<mode> <mode> <id> <id> <status>`, then the path.
const ENTRY = /^\n?:(?<modes>\d{6} \d{6}) (?<ids>[0-9a-f]+ [0-9a-f]+) [A-Z]/;
// No file, or a submodule, whose id is that of a commit.
const NO_BLOB = new Set(['000000', '160000']);

/** @param log for each commit seven fields, each with NUL behind it, then the raw entries of its files. */
export function parseLog(log: Buffer): HistoryCommit[] {
  const tokens = log.toString().split('\0');
  const commits: HistoryCommit[] = [];
  let at = 0;
  const next = () => tokens[at++] ?? '';
  while ((tokens[at] ?? '') !== '') {
    const [id, seconds, author, subject, runId, failed] = [next(), next(), next(), next(), next(), next()];
    const workspaces = next()
      .split('\x1f')
      .filter((workspace) => workspace !== '');
    const changes: PathChange[] = [];
    for (let entry = ENTRY.exec(tokens[at] ?? ''); entry !== null; entry = ENTRY.exec(tokens[at] ?? '')) {
      next();
      changes.push(readChange(entry.groups ?? {}, next()));
    }
    const date = new Date(Number(seconds) * 1000);
    commits.push({
      ...{ id, date, author, subject, workspaces, changes },
      ...(runId === '' ? {} : { runId }),
      ...(/^\d{1,9}$/.test(failed) ? { failed: Number(failed) } : {}),
    });
  }
  return commits;
}

function readChange({ modes = '', ids = '' }: Readonly<Record<string, string>>, path: string): PathChange {
  const [before, after] = ids.split(' ');
  const [isBefore, isAfter] = modes.split(' ').map((mode) => !NO_BLOB.has(mode));
  return {
    path,
    ...(isBefore === true && before !== undefined ? { before } : {}),
    ...(isAfter === true && after !== undefined ? { after } : {}),
  };
}
