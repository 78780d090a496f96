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
 * @returns `writes` for whatever changes something, `tasks` for a look at what Postman is at work on, `lists` for a page
 * of any list, `me`, or the kind of the resource that is fetched.
 */
export function postmanCallKind(path: string, method = 'GET'): string {
  const [kind = '', id, part] = path.split('/');
  if (method !== 'GET') {
    return 'writes';
  }
  if (kind === 'collection-updates-tasks') {
    return 'tasks';
  }
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
