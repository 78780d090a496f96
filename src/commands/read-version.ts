/** Reads one version of a resource for the catalogue. */
import { KnownError } from '../errors.ts';
import type { Kind } from '../model.ts';
import type { Read } from '../site/model.ts';
import { parseOwnFiles } from '../snapshot/parse-resource.ts';

/**
 * @param files path below the resource's own → blob id.
 * @param blobs the content of the files comes next in it.
 */
export async function readVersion(
  kind: Kind,
  files: ReadonlyMap<string, string>,
  blobs: AsyncGenerator<Buffer, void>,
): Promise<Read> {
  const contents = new Map<string, Buffer>();
  for (const path of files.keys()) {
    const { value } = await blobs.next();
    if (value !== undefined) {
      contents.set(path, value);
    }
  }
  if (contents.size === 0) {
    return { state: 'absent' };
  }
  try {
    const value = parseOwnFiles(kind, contents);
    return value === undefined ? { state: 'unreadable' } : { state: 'read', value };
  } catch (error) {
    if (error instanceof KnownError) {
      return { state: 'unreadable', reason: error.message };
    }
    throw error;
  }
}
