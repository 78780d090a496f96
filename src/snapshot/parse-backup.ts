/** The files of a resource in a backup become its value, if they are what the manifest says. */
import { posix } from 'node:path';
import { KnownError } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Kind, ManifestEntry } from '../model.ts';
import { treeId } from '../object-id.ts';
import { printable } from '../printable.ts';
import { formatAt } from './kinds/registry.ts';
import { parseResource } from './parse-resource.ts';
import { indexNameOf, ownPaths } from './render.ts';

/** A resource as the manifest has it, and the files that lie there. */
export type Recorded = {
  readonly kind: Kind;
  readonly uuid: string;
  readonly path: string;
  readonly entry: Pick<ManifestEntry, 'id'>;
  /** Path below the resource's own (empty for a resource that is one file) → blob id. */
  readonly files: ReadonlyMap<string, string>;
};

type Contents = ReadonlyMap<string, Buffer>;

/**
 * @param contents of `files`; what is missing is not in it.
 * @returns the normalized resource.
 * @throws KnownError BACKUP_UNREADABLE or RESOURCE_INVALID with the file and what is wrong with it.
 */
export function parseBackup(recorded: Recorded, contents: Contents): JsonObject {
  const { kind, uuid, path } = recorded;
  const format = formatAt(kind, path);
  const index = format?.folder?.indexName ?? '';
  const say = (file: string, problem: string) =>
    new KnownError('BACKUP_UNREADABLE', `"${printable(posix.join(path, file))}" ${problem}.`);
  if (!contents.has(index)) {
    throw say(index, 'is missing');
  }
  const value = parseResource(kind, contents);
  if (!isObject(value)) {
    throw say(index, 'is no JSON with an object in it');
  }
  if (format?.isBody(value) !== true) {
    throw say(index, `holds nothing of the kind ${kind}`);
  }
  const its = format.uuidOf(value);
  if (its?.toLowerCase() !== uuid.toLowerCase()) {
    const what = its === undefined ? 'names no id' : `has the id ${printable(its)}`;
    throw say(index, `${what}, and the manifest says ${uuid}`);
  }
  // What is as it was written misses nothing: Postman may name a file without giving its content.
  const missing = isAsWritten(recorded, contents) ? undefined : findMissing(recorded, contents);
  if (missing !== undefined) {
    throw say(missing, 'is missing');
  }
  return value;
}

/** Whether nobody edited the files since: others that lie in the folder do not count. */
export function isAsWritten({ kind, path, entry, files }: Recorded, contents: Contents): boolean {
  if ((files.get('') ?? treeId(files)) === entry.id) {
    return true;
  }
  const own = ownFiles({ kind, path }, contents);
  return own !== undefined && treeId(new Map([...files].filter(([name]) => own.has(name)))) === entry.id;
}

/** Of a spec or an API: inside the folder of a collection references tell more, and sooner. */
function findMissing({ kind, path }: Recorded, contents: Contents): string | undefined {
  const own = kind === 'collections' ? undefined : ownFiles({ kind, path }, contents);
  return [...(own ?? [])].find((file) => !contents.has(file));
}

function ownFiles(place: Pick<Recorded, 'kind' | 'path'>, contents: Contents) {
  const index = contents.get(indexNameOf(place) ?? '');
  return index === undefined ? undefined : ownPaths(place, index);
}
