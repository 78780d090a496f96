/** Applies the actions of a commit, in their order, to the files of the parent commit, as Gitaly does. */
import { normalize } from 'node:path/posix';
import type { CommitAction } from './commit-request.ts';
import { refuse } from './reply.ts';
import type { Project } from './state.ts';

/** One file: `id` when the repository has its content, `content` when it is new. */
export type IndexEntry = { readonly mode: string } & (
  | { readonly id: string; readonly content?: undefined }
  | { readonly content: Buffer; readonly id?: undefined }
);

/** Path → file. */
export type Index = Map<string, IndexEntry>;

const EXISTS = 'A file with this name already exists';
const MISSING = "A file with this name doesn't exist";

/** @returns the files of the commit; none when there is no commit yet. */
export async function readIndex(project: Project, commit: string | undefined): Promise<Index> {
  const index: Index = new Map();
  if (commit === undefined) {
    return index;
  }
  const output = await project.lookUp('ls-tree', '-r', '-z', '--full-tree', commit);
  for (const line of String(output).split('\0')) {
    const match = /^(\d+) \w+ ([0-9a-f]+)\t(.+)$/s.exec(line);
    if (match?.[1] && match[2] && match[3]) {
      index.set(match[3], { mode: match[1], id: match[2] });
    }
  }
  return index;
}

/** Changes `index`; refuses with GitLab's 400 at the first action that does not fit. */
export function applyAction(index: Index, action: CommitAction): void {
  const path = checkedPath(action.filePath);
  const mode = action.executable === true ? '100755' : '100644';
  const content = action.content ?? Buffer.alloc(0);
  switch (action.action) {
    case 'create':
      addFile(index, path, { mode, content });
      break;
    case 'update':
      index.set(path, { mode: existing(index, path).mode, content });
      break;
    case 'chmod':
      index.set(path, { ...existing(index, path), mode });
      break;
    case 'delete':
      deletePath(index, path);
      break;
    case 'move':
      moveFile(index, path, action);
      break;
  }
}

function moveFile(index: Index, path: string, action: CommitAction): void {
  const previousPath = checkedPath(action.previousPath ?? '');
  const previous = existing(index, previousPath);
  index.delete(previousPath);
  addFile(
    index,
    path,
    action.content === undefined ? previous : { mode: previous.mode, content: action.content },
  );
}

function addFile(index: Index, path: string, entry: IndexEntry): void {
  if (index.has(path)) {
    refuse(400, EXISTS);
  }
  // GitLab does not guard a file below a file; refusing shows a client that forgot to delete the file first.
  if (parentsOf(path).some((parent) => index.has(parent))) {
    refuse(400, EXISTS);
  }
  // Gitaly's WithOverwriteDirectory: a new file silently replaces a directory of its name.
  for (const covered of pathsBelow(index, path)) {
    index.delete(covered);
  }
  index.set(path, entry);
}

function deletePath(index: Index, path: string): void {
  const below = pathsBelow(index, path);
  if (!index.delete(path) && below.length === 0) {
    refuse(400, MISSING);
  }
  for (const covered of below) {
    index.delete(covered);
  }
}

function existing(index: Index, path: string): IndexEntry {
  return index.get(path) ?? refuse(400, MISSING);
}

function checkedPath(path: string): string {
  if (path === '') {
    refuse(400, 'You must provide a file path');
  }
  if (path.includes('//') || path.startsWith('/')) {
    refuse(400, `invalid path: '${path}'`);
  }
  const normal = normalize(path).replace(/\/$/, '');
  if (normal === '..' || normal.startsWith('../')) {
    refuse(400, 'Path cannot include directory traversal');
  }
  if (normal.split('/').some((segment) => segment.toLowerCase() === '.git') || normal === '.') {
    refuse(400, `invalid path: '${path}'`);
  }
  return normal;
}

function pathsBelow(index: Index, path: string): string[] {
  const prefix = `${path}/`;
  return [...index.keys()].filter((candidate) => candidate.startsWith(prefix));
}

function parentsOf(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, count) => segments.slice(0, count + 1).join('/'));
}
