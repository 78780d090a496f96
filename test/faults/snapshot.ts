/** What lies on a branch at one moment, as git itself tells it. */
import * as z from 'zod';

export const DIRECTORY = 'Postman Collections';
export const MANIFEST = `${DIRECTORY}/.postman-gitlab.json`;

const Manifest = z.strictObject({
  version: z.literal(1),
  resources: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        uid: z.string(),
        workspace: z.string(),
        path: z.string(),
        id: z.string(),
        updatedAt: z.string().optional(),
      }),
    ),
  ),
});

export type Entry = z.infer<typeof Manifest>['resources'][string][string];

export type Snapshot = {
  /** Git's id of the whole tree. */
  readonly id: string;
  /** Path → blob id. */
  readonly files: ReadonlyMap<string, string>;
  /** Path → tree id. */
  readonly folders: ReadonlyMap<string, string>;
  /** `<kind>/<uuid>` → entry; nothing when the branch has no manifest, or one that cannot be read. */
  readonly manifest: ReadonlyMap<string, Entry> | undefined;
};

export type Branch = Snapshot & {
  readonly head: string;
  /** Since a commit, oldest first. */
  readonly commits: readonly { readonly id: string; readonly parents: string }[];
  /** Refs that nobody asked for. */
  readonly otherRefs: readonly string[];
};

export type Reader = (since: string) => Promise<Branch>;

/**
 * @param ask runs git in the bare repository.
 * @returns a function that reads its branch `main`; what it has seen once it knows.
 */
export function createReader(ask: (...args: string[]) => Promise<string>): Reader {
  const known = new Map<string, Promise<Snapshot>>();

  async function readTree(id: string): Promise<Snapshot> {
    const files = new Map<string, string>();
    const folders = new Map<string, string>();
    for (const line of (await ask('ls-tree', '-r', '-t', '-z', '--full-tree', id)).split('\0')) {
      const tab = line.indexOf('\t');
      const [, type, object = ''] = line.slice(0, tab).split(' ');
      if (tab > 0) {
        (type === 'tree' ? folders : files).set(line.slice(tab + 1), object);
      }
    }
    const blob = files.get(MANIFEST);
    const manifest = blob === undefined ? undefined : parseManifest(await ask('cat-file', 'blob', blob));
    return { id, files, folders, manifest };
  }

  return async (since) => {
    const refs = (await ask('for-each-ref', '--format=%(refname) %(objectname) %(tree)')).trim().split('\n');
    const [, head = '', tree = ''] =
      refs.find((line) => line.startsWith('refs/heads/main '))?.split(' ') ?? [];
    const snapshot = known.get(tree) ?? readTree(tree);
    known.set(tree, snapshot);
    const log = head === since ? '' : await ask('log', '--reverse', '--format=%H %P', `${since}..${head}`);
    const commits = log
      .split('\n')
      .filter(Boolean)
      .map((line) => ({ id: line.slice(0, 40), parents: line.slice(41) }));
    // `refs/loopback`: the server's own, hidden from clients, while it still works on what was cut off.
    const otherRefs = refs.filter((line) => !/^refs\/(heads\/main |loopback\/)/.test(line));
    return { ...(await snapshot), head, commits, otherRefs };
  };
}

function parseManifest(text: string): Snapshot['manifest'] {
  const parsed = Manifest.safeParse(JSON.parse(text));
  if (!parsed.success) {
    return undefined;
  }
  const entries = Object.entries(parsed.data.resources).flatMap(([kind, resources]) =>
    Object.entries(resources).map(([uuid, entry]) => [`${kind}/${uuid}`, entry] as const),
  );
  return new Map(entries);
}
