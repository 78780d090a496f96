/** Reads which resources the files are that no entry of the manifest names. */
import { posix } from 'node:path';
import type { BackupConfig } from '../config/config.ts';
import type { BranchState } from '../plan/branch-state.ts';
import type { UnknownFile } from '../plan/push/find-edits.ts';
import { identifyFile } from '../snapshot/render.ts';
import type { Repository } from './ports.ts';
import { findCandidates } from './read-branch.ts';

/** @returns those that can be a resource by the end of their name, or by the index of their folder. */
export async function readUnknownFiles(
  repository: Repository,
  branch: BranchState,
  { directory, layout, filename }: BackupConfig,
): Promise<readonly UnknownFile[]> {
  const options = { directory, layout, flat: true, ...(filename === undefined ? {} : { filename }) };
  const unknown: UnknownFile[] = [];
  for (const { file, kind, path } of findCandidates(branch, options)) {
    const id = branch.tree.files.get(file);
    const content = id ? await repository.readBlob(id) : undefined;
    const { uuid, name } = (content && identifyFile({ kind, path }, content)) ?? {};
    unknown.push({ kind, path, name: name || stemOf(path), ...(uuid === undefined ? {} : { uuid }) });
  }
  return unknown;
}

function stemOf(path: string): string {
  return posix.basename(path).replace(/(\.postman_\w+)?(\.json)?$|\.spec$/, '');
}
