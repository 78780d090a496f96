/** `GET repository/tree`: the files and folders of a commit, by keyset or offset paging. */
import { type Call, type Endpoint, readableProject, readScopes } from './endpoint.ts';
import { nextLink, pageOf, paginate } from './paging.ts';
import { badRequest, json, notFound, type Reply } from './reply.ts';
import { resolveCommit } from './repository.ts';
import type { StoredProject } from './state.ts';

export const treeEndpoints: readonly Endpoint[] = [
  { route: 'GET /projects/:id/repository/tree', scopes: readScopes, handle: getTree },
];

type TreeItem = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly path: string;
  readonly mode: string;
};

async function getTree(call: Call): Promise<Reply> {
  const project = readableProject(call);
  const commit = await resolveCommit(project, call.query.get('ref') ?? 'HEAD');
  if (commit === undefined) {
    return notFound('Tree');
  }
  switch (call.query.get('pagination') ?? 'legacy') {
    case 'keyset':
      return await keysetPage(call, project, commit);
    case 'none':
      if (!isRecursive(call)) {
        return badRequest('pagination cannot be "none" unless "recursive" is true');
      }
      return json(200, await listItems(call, project, `${commit}^{tree}`));
    default: {
      const { items, headers } = paginate(call, await listItems(call, project, `${commit}^{tree}`));
      return json(200, items, headers);
    }
  }
}

/** The token of a later page names the first page's root tree, so that a commit in between changes nothing. */
async function keysetPage(call: Call, project: StoredProject, commit: string): Promise<Reply> {
  const token = parseToken(call.query.get('page_token'));
  const root = token?.tree_oid ?? (await project.objects.idOf(`${commit}^{tree}`)) ?? '';
  const items = await listItems(call, project, root);
  const start = token === undefined ? 0 : items.findIndex((item) => item.path === token.file_name) + 1;
  if (token !== undefined && start === 0) {
    return badRequest('could not find starting OID');
  }
  const { perPage } = pageOf(call.query);
  const page = items.slice(start, start + perPage);
  const last = page.at(-1);
  if (last === undefined || start + perPage >= items.length) {
    return json(200, page);
  }
  const next = Buffer.from(JSON.stringify({ file_name: last.path, tree_oid: root })).toString('base64');
  return json(200, page, { link: nextLink(call, { page_token: next, per_page: String(perPage) }) });
}

async function listItems(call: Call, project: StoredProject, root: string): Promise<TreeItem[]> {
  const path = (call.query.get('path') ?? '').replace(/^\/+|\/+$/g, '');
  const recursion = isRecursive(call) ? ['-r', '-t'] : [];
  const treeish = path === '' ? root : `${root.replace('^{tree}', '')}:${path}`;
  const output = await project.lookUp('ls-tree', '-z', '--full-tree', ...recursion, treeish);
  // A path that is missing, or that is a file: 404 since GitLab 17.7, in these words.
  if (output === undefined) {
    return notFound('invalid revision or path');
  }
  const items = output
    .toString()
    .split('\0')
    .filter(Boolean)
    .map((line) => parseItem(line, path));
  return [...items.filter((item) => item.type === 'tree'), ...items.filter((item) => item.type !== 'tree')];
}

function parseItem(line: string, directory: string): TreeItem {
  const tab = line.indexOf('\t');
  const [mode = '', type = '', id = ''] = line.slice(0, tab).split(' ');
  const relative = line.slice(tab + 1);
  const path = directory === '' ? relative : `${directory}/${relative}`;
  return { id, name: path.slice(path.lastIndexOf('/') + 1), type, path, mode };
}

function parseToken(token: string | null): { file_name: string; tree_oid: string } | undefined {
  if (token === null || token === '') {
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64').toString());
    if (isToken(value)) {
      return value;
    }
  } catch {
    // Not JSON: refused like every other wrong token.
  }
  return badRequest('invalid page token');
}

function isToken(value: unknown): value is { file_name: string; tree_oid: string } {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  if (!('file_name' in value && 'tree_oid' in value)) {
    return false;
  }
  return typeof value.file_name === 'string' && /^[0-9a-f]{40}$/.test(String(value.tree_oid));
}

function isRecursive(call: Call): boolean {
  return call.query.get('recursive') === 'true';
}
