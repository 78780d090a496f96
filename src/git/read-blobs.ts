/** Reads many blobs with few processes, and holds few of them in memory. */
import type { Clone } from './clone.ts';

// What is held at a time, unless a single blob is larger.
const GROUP_BYTES = 16 * 1024 * 1024;
// So many ids fit on a command line.
const IDS_PER_FETCH = 1_000;

/** Yields the content of each blob, in the order of the ids. They have been fetched. */
export async function* readBlobs(clone: Clone, ids: readonly string[]): AsyncGenerator<Buffer, void> {
  for (const group of await groupBySize(clone, ids)) {
    const output = await clone.local(['cat-file', '--batch'], { input: lines(group) });
    let start = 0;
    for (const id of group) {
      const end = output.indexOf('\n', start);
      const size = sizeIn(output.toString('utf8', start, end), id);
      yield output.subarray(end + 1, end + 1 + size);
      start = end + 1 + size + 1;
    }
  }
}

/** The clone came without blobs, and git would fetch each of them by itself, one after the other. */
export async function fetchBlobs(clone: Clone, ids: readonly string[]): Promise<void> {
  if (clone.location.isLocal) {
    return;
  }
  // What git does itself when it needs several at once (fetch_objects in promisor-remote.c).
  const flags = ['--quiet', '--no-tags', '--no-write-fetch-head', '--filter=blob:none'];
  for (let at = 0; at < ids.length; at += IDS_PER_FETCH) {
    const some = ids.slice(at, at + IDS_PER_FETCH);
    await clone.read(['-c', 'fetch.negotiationAlgorithm=noop', 'fetch', ...flags, 'origin', ...some]);
  }
}

async function groupBySize(clone: Clone, ids: readonly string[]): Promise<readonly string[][]> {
  const output = await clone.local(['cat-file', '--batch-check'], { input: lines(ids) });
  const sizes = output.toString().split('\n');
  const groups: string[][] = [];
  let room = 0;
  for (const [index, id] of ids.entries()) {
    const size = sizeIn(sizes[index] ?? '', id);
    if (size > room || groups.length === 0) {
      groups.push([]);
      room = GROUP_BYTES;
    }
    groups.at(-1)?.push(id);
    room -= size;
  }
  return groups;
}

/** @param header `<id> <type> <size>` (git-cat-file(1)). */
function sizeIn(header: string, id: string): number {
  const [found, type, size] = header.split(' ');
  if (found !== id || type !== 'blob') {
    throw new Error(`git has no blob ${id}.`);
  }
  return Number(size);
}

function lines(ids: readonly string[]): readonly string[] {
  return ids.map((id) => `${id}\n`);
}
