/** Paths inside a spec or an API become paths inside a folder of the repository: untrusted text in, legal paths out. */
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { foldersAbove } from '../../folders-above.ts';
import { collisionKey, fileName } from '../file-name.ts';

export type Placed = {
  /** Tells files apart, and settles who comes first. */
  readonly key: string;
  /** As Postman has it. */
  readonly path: string;
};

// What says of a file what it is: `.yaml`, `.postman_collection.json`.
const STEM_AND_EXTENSION = /^(?<stem>.+?)(?<extension>(?:\.[\w-]{1,32}){0,2})$/s;

/**
 * A path that is legal everywhere and collides with none stays as it is. Of several that would be one file somewhere,
 * a legal one keeps its path, then the one with the smallest key; the others carry eight digits of their key's hash,
 * so that what comes or goes beside a file does not move it.
 * @param taken paths that no file may have.
 * @returns the path of each file by its key.
 */
export function localPaths(files: readonly Placed[], taken: readonly string[]): ReadonlyMap<string, string> {
  const names = new Set(taken.map(collisionKey));
  const sorted = [...files].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const wanted = sorted.map(({ key, path }) => ({ key, path, local: legalPath(path, names) }));
  const folders = new Set(
    [...taken, ...wanted.map(({ local }) => local)].flatMap(foldersAbove).map(collisionKey),
  );
  const assigned = new Map<string, string>();
  const isFree = (path: string) => !names.has(collisionKey(path)) && !folders.has(collisionKey(path));
  const isOwn = ({ path, local }: (typeof wanted)[number]) => path === local;
  for (const { key, local } of [...wanted.filter(isOwn), ...wanted.filter((one) => !isOwn(one))]) {
    const path = firstFree(local, key, isFree);
    names.add(collisionKey(path));
    assigned.set(key, path);
  }
  return assigned;
}

/** @param names files that are there already: a folder of that name cannot be, and so its file lies beside it. */
function legalPath(path: string, names: ReadonlySet<string>): string {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  const base = legalFileName(segments.pop() ?? '', '');
  const local = [...segments.map((segment) => fileName(segment, '')), base].join('/');
  return foldersAbove(local).some((folder) => names.has(collisionKey(folder)))
    ? legalFileName(local, '')
    : local;
}

function legalFileName(name: string, ending: string): string {
  const { stem = name, extension = '' } = STEM_AND_EXTENSION.exec(name)?.groups ?? {};
  return fileName(stem, `${ending}${extension}`);
}

function firstFree(local: string, key: string, isFree: (path: string) => boolean): string {
  let path = local;
  for (let attempt = 0; !isFree(path); attempt++) {
    const hash = createHash('sha256')
      .update(`${key}${'\0'.repeat(attempt)}`)
      .digest('hex');
    const name = legalFileName(posix.basename(local), ` (${hash.slice(0, 8)})`);
    path = posix.join(posix.dirname(local), name);
  }
  return path;
}
