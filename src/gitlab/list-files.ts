/** Lists what lies below a folder of a commit. */
import * as z from 'zod';
import { KnownError } from '../errors.ts';
import type { Api } from './api.ts';
import { unlessMissing } from './errors.ts';
import type { Folders } from './folders.ts';

type Folder = {
  readonly project: string;
  /** Empty: the root. */
  readonly directory: string;
  readonly commit: string;
  /** Of the same commit. */
  readonly folders: Folders;
};

const TreeEntries = z.array(z.looseObject({ id: z.string(), path: z.string(), type: z.string() }));
const PAGE_SIZE = 100;

/**
 * Keyset pages show one moment even when somebody pushes between them. GitLab 17.7 and newer answers 404 for a
 * folder that is not there, older ones with an empty list.
 * @returns path → blob id: files, and without an id submodules, which are in the way like files.
 * @throws KnownError CONFIG_INVALID when a file lies where the folder, or one above it, should be.
 */
async function listFiles(api: Api, folder: Folder): Promise<ReadonlyMap<string, string>> {
  const { project, directory, commit } = folder;
  const entries = await unlessMissing(() =>
    api.openList().allRepositoryTrees(project, {
      ref: commit,
      recursive: true,
      perPage: PAGE_SIZE,
      pagination: 'keyset',
      ...(directory === '' ? {} : { path: directory }),
    }),
  );
  const files = TreeEntries.parse(entries ?? []).filter(({ type }) => type !== 'tree');
  if (files.length === 0) {
    await assertNoFileInTheWay(folder);
  }
  return new Map(files.map(({ path, id, type }) => [path, type === 'blob' ? id : '']));
}

/** @returns the files below several folders. @throws KnownError as `listFiles` does. */
export async function listFilesOf(
  api: Api,
  { directories, ...commit }: Omit<Folder, 'directory'> & { readonly directories: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const directory of directories) {
    for (const [path, id] of await listFiles(api, { ...commit, directory })) {
      files.set(path, id);
    }
  }
  return files;
}

/** GitLab would not refuse a file below a file, but put a folder in its place. */
async function assertNoFileInTheWay({ directory, folders }: Folder): Promise<void> {
  const segments = directory === '' ? [] : directory.split('/');
  for (const index of segments.keys()) {
    const path = segments.slice(0, index + 1).join('/');
    if (await folders.hasFile(path)) {
      throw new KnownError(
        'CONFIG_INVALID',
        `\`directory\`: "${path}" is a file on the branch, not a folder.`,
      );
    }
  }
}
