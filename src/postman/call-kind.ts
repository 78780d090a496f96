/** Says what a call asks Postman for, so that a report can tell what a run spent its calls on. */

const KINDS: ReadonlySet<string> = new Set([
  'collections',
  'environments',
  'specs',
  'apis',
  'mocks',
  'monitors',
  'workspaces',
]);

/**
 * @param path without its query.
 * @returns `lists` for a page of any list, `me`, or the kind of the resource that is fetched.
 */
export function postmanCallKind(path: string): string {
  const [kind = '', id, part] = path.split('/');
  if (kind === 'me') {
    return 'me';
  }
  if (!KINDS.has(kind)) {
    return 'other';
  }
  if (id === undefined) {
    return 'lists';
  }
  return part === 'global-variables' ? 'globals' : kind;
}
