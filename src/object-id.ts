/** Git's own names for contents: what GitLab's tree shows as the `id` of a file or folder. */
import { createHash } from 'node:crypto';

const FILE_MODE = '100644';
const FOLDER_MODE = '40000';

/** @returns the id that git gives to a blob of these bytes. */
export function blobId(content: Buffer): string {
  return hash('blob', content).toString('hex');
}

/**
 * @param files path below the folder → blob id; ordinary files, none of them executable.
 * @returns the id that git gives to the tree of such a folder.
 */
export function treeId(files: ReadonlyMap<string, string>): string {
  const entries = new Map<string, string>();
  const folders = new Map<string, Map<string, string>>();
  for (const [path, id] of files) {
    const slash = path.indexOf('/');
    if (slash === -1) {
      entries.set(path, id);
    } else {
      const name = path.slice(0, slash);
      const inside = folders.get(name) ?? new Map<string, string>();
      folders.set(name, inside.set(path.slice(slash + 1), id));
    }
  }
  const lines = [
    ...[...entries].map(([name, id]) => treeEntry(FILE_MODE, name, id)),
    // Git sorts a folder as if its name ended in a slash.
    ...[...folders].map(([name, inside]) => treeEntry(FOLDER_MODE, name, treeId(inside))),
  ];
  lines.sort((a, b) => Buffer.compare(a.sortKey, b.sortKey));
  return hash('tree', Buffer.concat(lines.map(({ bytes }) => bytes))).toString('hex');
}

function treeEntry(mode: string, name: string, id: string) {
  const sortKey = Buffer.from(mode === FOLDER_MODE ? `${name}/` : name);
  return { sortKey, bytes: Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]) };
}

function hash(type: 'blob' | 'tree', content: Buffer): Buffer {
  return createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest();
}
