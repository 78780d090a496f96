/** Understands what `git log -z --raw` says of commits and the files they touched. */
import type { HistoryCommit } from './history.ts';

/** One file of one commit: absent before when it is new, absent after when it is gone, another path when it moved. */
export type PathChange = {
  readonly before?: FileVersion;
  readonly after?: FileVersion;
};

export type FileVersion = {
  readonly path: string;
  /** Of its blob. */
  readonly id: string;
};

// git-diff(1), raw output format: `:<mode> <mode> <id> <id> <status>`, then one path, or two after a rename or copy.
const ENTRY = /^\n?:\d{6} \d{6} (?<before>[0-9a-f]+) (?<after>[0-9a-f]+) (?<status>[A-Z])/;

/** @param log for each commit six fields, each with NUL behind it, then the raw entries of its files. */
export function parseLog(log: Buffer): HistoryCommit[] {
  const tokens = log.toString().split('\0');
  const commits: HistoryCommit[] = [];
  let at = 0;
  const next = () => tokens[at++] ?? '';
  while ((tokens[at] ?? '') !== '') {
    const [id, seconds, author, subject, runId] = [next(), next(), next(), next(), next()];
    const workspaces = next()
      .split('\x1f')
      .filter((workspace) => workspace !== '');
    const changes: PathChange[] = [];
    for (let entry = ENTRY.exec(tokens[at] ?? ''); entry !== null; entry = ENTRY.exec(tokens[at] ?? '')) {
      next();
      changes.push(readChange(entry.groups ?? {}, next));
    }
    const date = new Date(Number(seconds) * 1000);
    commits.push({ id, date, author, subject, workspaces, changes, ...(runId === '' ? {} : { runId }) });
  }
  return commits;
}

function readChange(
  { before = '', after = '', status = '' }: Readonly<Record<string, string>>,
  nextPath: () => string,
): PathChange {
  const path = nextPath();
  switch (status) {
    case 'A':
      return { after: { path, id: after } };
    case 'D':
      return { before: { path, id: before } };
    case 'R':
      return { before: { path, id: before }, after: { path: nextPath(), id: after } };
    default:
      return { before: { path, id: before }, after: { path, id: after } };
  }
}
