/** Says what a call asks GitLab for, so that a report can tell what a run spent its calls on. */

const KINDS: ReadonlySet<string> = new Set(['tree', 'blobs', 'branches', 'commits', 'files']);

/**
 * @param path without its query.
 * @returns the part of the repository that is read or written, in GitLab's word; or `project`.
 */
export function gitlabCallKind(path: string): string {
  const [, , area, kind = ''] = path.split('/');
  if (area === undefined) {
    return 'project';
  }
  return area === 'repository' && KINDS.has(kind) ? kind : 'other';
}
