/** A commit as GitLab's API shows it, read from the repository with one `git log`. */
import { git } from './git.ts';
import type { State, StoredProject } from './state.ts';

const FIELDS = ['%H', '%P', '%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%B', '%(trailers:only,unfold)'];
const SEPARATOR = '\x1f';

export type CommitJson = Readonly<Record<string, unknown>>;

export type LogOptions = {
  readonly state: State;
  readonly project: StoredProject;
  /** Arguments of `git log`: revisions, limits, paths. */
  readonly args: readonly string[];
  /** Whether `trailers` is filled; GitLab's list leaves it empty unless asked. */
  readonly trailers: boolean;
};

const LOG = ['log', '-z', `--format=${FIELDS.join('%x1f')}`];

export async function readCommits(options: LogOptions): Promise<CommitJson[]> {
  const { project, args } = options;
  return describeCommits(await git([...LOG, ...args], { cwd: project.repositoryDir }), options);
}

/** @returns one commit as the lists show it, and as a branch shows its head. */
export async function readOneCommit(id: string, about: Omit<LogOptions, 'args'>): Promise<CommitJson> {
  const output = await about.project.lookUp(...LOG, '-1', id);
  return describeCommits(output ?? Buffer.of(), about)[0] ?? {};
}

function describeCommits(output: Buffer, about: Omit<LogOptions, 'args'>): CommitJson[] {
  const records = output.toString().split('\0').filter(Boolean);
  return records.map((record) => describeCommit(record.split(SEPARATOR), about));
}

/** @returns one commit with its `stats`, as `GET commits/:sha` and `POST commits` answer. */
export async function readCommit(state: State, project: StoredProject, id: string): Promise<CommitJson> {
  const commit = await readOneCommit(id, { state, project, trailers: true });
  return { ...commit, stats: await readStats(project, id), status: null, last_pipeline: null };
}

async function readStats(project: StoredProject, id: string): Promise<CommitJson> {
  const output = await project.lookUp('show', '--format=', '--numstat', id);
  const lines = String(output).split('\n').filter(Boolean);
  let additions = 0;
  let deletions = 0;
  for (const line of lines) {
    const [added = '0', deleted = '0'] = line.split('\t');
    additions += Number(added) || 0;
    deletions += Number(deleted) || 0;
  }
  return { additions, deletions, total: additions + deletions };
}

function describeCommit(
  fields: readonly string[],
  { state, project, trailers }: Omit<LogOptions, 'args'>,
): CommitJson {
  const [id = '', parents = '', authorName, authorEmail, authored, committerName, committerEmail, committed] =
    fields;
  const message = fields[8] ?? '';
  const parsed = trailers ? parseTrailers(fields[9] ?? '') : [];
  return {
    id,
    short_id: id.slice(0, 8),
    created_at: committed,
    parent_ids: parents.split(' ').filter(Boolean),
    title: message.split('\n')[0],
    message,
    author_name: authorName,
    author_email: authorEmail,
    authored_date: authored,
    committer_name: committerName,
    committer_email: committerEmail,
    committed_date: committed,
    trailers: Object.fromEntries(parsed),
    extended_trailers: groupTrailers(parsed),
    web_url: `${state.url}/${project.path}/-/commit/${id}`,
    project_id: project.id,
  };
}

function parseTrailers(block: string): [string, string][] {
  return block
    .split('\n')
    .filter((line) => line.includes(':'))
    .map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    });
}

function groupTrailers(trailers: readonly [string, string][]): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const [name, value] of trailers) {
    groups[name] = [...(groups[name] ?? []), value];
  }
  return groups;
}
