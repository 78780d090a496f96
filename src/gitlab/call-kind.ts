/** Says what a call asks GitLab for, so that a report can tell what a run spent its calls on. */

const KINDS: ReadonlySet<string> = new Set(['tree', 'blobs', 'branches', 'commits', 'files', 'merge_base']);

/**
 * @param path without its query.
 * @returns the part of the repository that is read or written, in GitLab's word; or `project`, `users`, `merge_requests`.
 */
export function gitlabCallKind(path: string): string {
  const [root, , area, kind = ''] = path.split('/');
  if (root === 'users') {
    return root;
  }
  if (area === undefined) {
    return 'project';
  }
  if (area === 'merge_requests') {
    return area;
  }
  return area === 'repository' && KINDS.has(kind) ? kind : 'other';
}
