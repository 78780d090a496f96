/** Writes a commit with `git fast-import`, beside all branches: moving the branch is a separate step. */
import { randomUUID } from 'node:crypto';
import type { Index, IndexEntry } from './commit-index.ts';
import { git, tryGit } from './git.ts';
import type { Project } from './state.ts';

// To git: does not exist.
const NOWHERE = '0'.repeat(40);

type Person = { readonly name: string; readonly email: string };

export type NewCommit = {
  readonly parent?: string;
  /** The parent's files; empty without a parent. */
  readonly before: Index;
  readonly after: Index;
  readonly message: string;
  readonly author: Person;
  readonly committer: Person;
};

/** A commit that no branch has yet; `keeper` is a hidden ref that keeps it from being collected. */
export type PendingCommit = { readonly id: string; readonly keeper: string };

export async function writeCommit(project: Project, commit: NewCommit): Promise<PendingCommit> {
  const keeper = `refs/loopback/${randomUUID()}`;
  const input = fastImportStream(keeper, commit);
  await git(['fast-import', '--quiet', '--done'], { cwd: project.repositoryDir, input });
  const id = await project.objects.idOf(keeper);
  if (id === undefined) {
    throw new Error(`git fast-import left no ${keeper}`);
  }
  return { id, keeper };
}

/**
 * Compare and swap: the branch moves to the commit only if it is still at `expected` (absent: does not exist).
 * @returns whether it moved.
 */
export async function moveBranch(
  project: Project,
  branch: string,
  { commit, expected }: { readonly commit: PendingCommit; readonly expected: string | undefined },
): Promise<boolean> {
  const update = `update refs/heads/${branch} ${commit.id} ${expected ?? NOWHERE}`;
  const input = Buffer.from(`${update}\ndelete ${commit.keeper}\n`);
  const moved = await tryGit(['update-ref', '--stdin'], { cwd: project.repositoryDir, input });
  if (moved === undefined) {
    await dropPending(project, commit);
  }
  return moved !== undefined;
}

export async function dropPending(project: Project, commit: PendingCommit): Promise<void> {
  await project.git('update-ref', '-d', commit.keeper);
}

function fastImportStream(ref: string, commit: NewCommit): Buffer {
  const now = Math.floor(Date.now() / 1000);
  const message = Buffer.from(commit.message);
  const parts: (string | Buffer)[] = [
    `commit ${ref}\n`,
    `author ${signature(commit.author)} ${now} +0000\n`,
    `committer ${signature(commit.committer)} ${now} +0000\n`,
    `data ${message.length}\n`,
    message,
    '\n',
    ...(commit.parent === undefined ? [] : [`from ${commit.parent}\n`]),
  ];
  // Deletions first: a file may take the place of a directory, and a directory that of a file.
  for (const path of commit.before.keys()) {
    if (!commit.after.has(path)) {
      parts.push(`D ${quoted(path)}\n`);
    }
  }
  for (const [path, entry] of commit.after) {
    if (!isSame(commit.before.get(path), entry)) {
      parts.push(...modification(path, entry));
    }
  }
  parts.push('done\n');
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}

function modification(path: string, entry: IndexEntry): (string | Buffer)[] {
  if (entry.content === undefined) {
    return [`M ${entry.mode} ${entry.id} ${quoted(path)}\n`];
  }
  return [`M ${entry.mode} inline ${quoted(path)}\n`, `data ${entry.content.length}\n`, entry.content, '\n'];
}

function isSame(before: IndexEntry | undefined, after: IndexEntry): boolean {
  return before?.id !== undefined && before.id === after.id && before.mode === after.mode;
}

function signature({ name, email }: Person): string {
  const clean = (text: string) => text.replace(/[<>\n\0]/g, '').trim();
  return `${clean(name)} <${clean(email)}>`;
}

function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}
