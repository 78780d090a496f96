/** Looks into folders of one commit, into each once: most questions about single files then need no call of their own. */
import { posix } from 'node:path';
import * as z from 'zod';
import type { Api } from './api.ts';
import { unlessMissing } from './errors.ts';

export type Folders = {
  /** @returns whether a file or a submodule, and no folder, lies at the path. */
  hasFile(path: string): Promise<boolean>;
};

/** Name → type; nothing when one page does not show for certain what the folder holds. */
type Entries = ReadonlyMap<string, string> | undefined;

const Page = z.array(z.looseObject({ name: z.string(), type: z.string() }));
const PAGE_SIZE = 100;

export function createFolders(
  api: Api,
  { project, commit }: { readonly project: string; readonly commit: string },
): Folders {
  const known = new Map<string, Entries>();

  async function entriesOf(folder: string): Promise<Entries> {
    if (!known.has(folder)) {
      known.set(folder, (await isMissing(folder)) ? new Map() : await look(folder));
    }
    return known.get(folder);
  }

  /** As far as the folder above says it. */
  async function isMissing(folder: string): Promise<boolean> {
    const siblings = folder === '' ? undefined : await entriesOf(parentOf(folder));
    return siblings !== undefined && siblings.get(posix.basename(folder)) !== 'tree';
  }

  async function look(folder: string): Promise<Entries> {
    const path = folder === '' ? {} : { path: folder };
    const listed = await unlessMissing(() =>
      api.openList().allRepositoryTrees(project, { ref: commit, perPage: PAGE_SIZE, maxPages: 1, ...path }),
    );
    if (listed === undefined) {
      return new Map();
    }
    const page = Page.parse(listed);
    // An empty one is no proof: a wrong answer would hide everything below it.
    const isWhole = page.length > 0 && page.length < PAGE_SIZE;
    return isWhole ? new Map(page.map(({ name, type }) => [name, type])) : undefined;
  }

  return {
    async hasFile(path) {
      const entries = await entriesOf(parentOf(path));
      if (entries === undefined) {
        return (await unlessMissing(() => api.files.show(project, path, commit))) !== undefined;
      }
      return (entries.get(posix.basename(path)) ?? 'tree') !== 'tree';
    },
  };
}

function parentOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}
