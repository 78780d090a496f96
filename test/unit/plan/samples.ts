/** Small estates and branches, written for these tests. */
import type {
  Action,
  Inventory,
  Kind,
  Listing,
  ManifestEntry,
  ResourceKey,
  ResourceRef,
  Tree,
  Workspace,
} from '../../../src/model.ts';
import { blobId, treeId } from '../../../src/object-id.ts';
import type { BranchState } from '../../../src/plan/branch-state.ts';
import type { DetectedRef } from '../../../src/plan/detect-changes.ts';
import type { FetchedResource } from '../../../src/plan/plan-files.ts';

export const payments: Workspace = { id: 'w-payments', name: 'Payments' };
const THEN = '2025-01-02T00:00:00.000Z';

export function refTo(uuid: string, about: Partial<ResourceRef> = {}): ResourceRef {
  return {
    ...{ kind: 'collections', uid: `42-${uuid}`, uuid, name: uuid, workspace: payments, updatedAt: THEN },
    ...about,
  };
}

export function keyTo(uuid: string, kind: Kind = 'collections'): ResourceKey {
  return `${kind}/${uuid}`;
}

export function listingOf(refs: readonly ResourceRef[], about: Partial<Listing> = {}): Listing {
  return { kind: 'collections', workspace: payments, refs, ...about };
}

export function inventoryOf(...listings: readonly Listing[]): Inventory {
  return { workspaces: [payments], listings };
}

/** `<uuid>.json` with this content, as the manifest has it. */
export function entryFor(uuid: string, about: Partial<ManifestEntry> = {}): ManifestEntry {
  return {
    ...{ uid: `42-${uuid}`, name: uuid, workspace: payments.id, path: `${uuid}.json`, id: 'blob-1' },
    ...{ updatedAt: THEN },
    ...about,
  };
}

type Entries = Readonly<Record<string, Partial<ManifestEntry>>>;

/** A branch whose files are what its manifest says, but for `changes` (path → blob id, or nothing). */
export function branchOf(
  entries: Entries,
  changes: Readonly<Record<string, string | undefined>> = {},
): BranchState {
  const manifest = new Map(
    Object.entries(entries).map(([uuid, about]) => [keyTo(uuid), entryFor(uuid, about)] as const),
  );
  const files = new Map([...manifest.values()].map(({ path, id }) => [path, id]));
  for (const [path, id] of Object.entries(changes)) {
    if (id === undefined) {
      files.delete(path);
    } else {
      files.set(path, id);
    }
  }
  return { tree: { commit: 'head', files }, manifest, manifestIsCommitted: true, ...NO_GUESTS };
}

const NO_GUESTS = { guests: new Map<string, string>(), unindexed: new Set<string>() };

export function detected(uuid: string, reason?: DetectedRef['reason']): DetectedRef {
  return { key: keyTo(uuid), ref: refTo(uuid), reason };
}

/** A resource that was fetched, with the blob id of what it became. */
export function fetched(
  uuid: string,
  id: string,
  about: Partial<ResourceRef> & { readonly reason?: DetectedRef['reason'] } = {},
): FetchedResource {
  const { reason, ...ref } = about;
  const files = [{ path: '', content: Buffer.from(id), id }];
  return { key: keyTo(uuid), ref: refTo(uuid, ref), reason, rendered: { id, files, findings: [] } };
}

/** A spec that was fetched: a folder with these files (path → content). */
export function fetchedSpec(
  uuid: string,
  contents: Readonly<Record<string, string>>,
  reason?: DetectedRef['reason'],
): FetchedResource {
  const files = Object.entries(contents).map(([path, text]) => {
    const content = Buffer.from(text);
    return { path, content, id: blobId(content) };
  });
  const id = treeId(new Map(files.map((file) => [file.path, file.id])));
  return {
    key: keyTo(uuid, 'specs'),
    ref: refTo(uuid, { kind: 'specs' }),
    reason,
    rendered: { id, files, findings: [] },
  };
}

/** A branch with one spec at `<uuid>.spec`, as `fetchedSpec` leaves it, but for `changes`. */
export function branchWithSpec(
  spec: FetchedResource,
  changes: Readonly<Record<string, string | undefined>> = {},
): BranchState {
  const { uuid } = spec.ref;
  const path = `${uuid}.spec`;
  const files = new Map(spec.rendered.files.map((file) => [`${path}/${file.path}`, file.id]));
  for (const [file, text] of Object.entries(changes)) {
    files.delete(file);
    if (text !== undefined) {
      files.set(file, blobId(Buffer.from(text)));
    }
  }
  const entry = entryFor(uuid, { path, id: spec.rendered.id });
  return {
    tree: { commit: 'head', files },
    manifest: new Map([[spec.key, entry]]),
    manifestIsCommitted: true,
    ...NO_GUESTS,
  };
}

export function pathsOf(paths: Readonly<Record<string, string>>): ReadonlyMap<ResourceKey, string> {
  return new Map(Object.entries(paths).map(([uuid, path]) => [keyTo(uuid), path]));
}

/**
 * Applies actions one after the other, as GitLab does, and refuses what GitLab refuses (reference/gitlab.md §4).
 * @returns path → content, where content is the text of an action's content, or the blob id from before.
 */
export function applied(actions: readonly Action[], tree: Tree): ReadonlyMap<string, string> {
  const files = new Map(tree.files);
  const take = (path: string) => {
    const content = files.get(path);
    if (content === undefined) {
      throw new Error(`A file with this name doesn't exist: ${path}`);
    }
    files.delete(path);
    return content;
  };
  const put = (path: string, content: string) => {
    const isTaken = [...files.keys()].some(
      (other) => other === path || other.startsWith(`${path}/`) || path.startsWith(`${other}/`),
    );
    if (isTaken) {
      throw new Error(`A file with this name already exists: ${path}`);
    }
    files.set(path, content);
  };
  for (const action of actions) {
    switch (action.action) {
      case 'delete':
        take(action.path);
        break;
      case 'update':
        take(action.path);
        put(action.path, action.content.toString());
        break;
      case 'create':
        put(action.path, action.content.toString());
        break;
      case 'move': {
        const content = take(action.previousPath);
        put(action.path, action.content?.toString() ?? content);
        break;
      }
    }
  }
  return files;
}
