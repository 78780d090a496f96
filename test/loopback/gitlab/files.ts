/** `repository/files` and `repository/blobs`: the content of one file, by path or by blob id. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path/posix';
import { type Call, type Endpoint, fileScopes, param, readableProject, readScopes } from './endpoint.ts';
import { json, notFound, Refusal, type Reply } from './reply.ts';
import { lastCommitOf, resolveCommit } from './repository.ts';
import type { StoredProject } from './state.ts';

export const fileEndpoints: readonly Endpoint[] = [
  { route: 'GET /projects/:id/repository/files/:path', scopes: fileScopes, handle: getFile },
  { route: 'HEAD /projects/:id/repository/files/:path', scopes: fileScopes, handle: headFile },
  {
    route: 'GET /projects/:id/repository/files/:path/raw',
    scopes: fileScopes,
    jobToken: true,
    handle: getRawFile,
  },
  { route: 'GET /projects/:id/repository/blobs/:sha', scopes: readScopes, handle: getBlob },
  { route: 'GET /projects/:id/repository/blobs/:sha/raw', scopes: readScopes, handle: getRawBlob },
];

type FoundFile = {
  readonly path: string;
  readonly ref: string;
  readonly commit: string;
  readonly lastCommit: string;
  readonly blob: string;
  readonly executable: boolean;
  readonly content: Buffer;
};

async function getFile(call: Call): Promise<Reply> {
  const file = await findFile(call, requiredRef(call));
  return json(
    200,
    {
      file_name: basename(file.path),
      file_path: file.path,
      size: file.content.length,
      encoding: 'base64',
      content_sha256: sha256(file.content),
      ref: file.ref,
      blob_id: file.blob,
      commit_id: file.commit,
      last_commit_id: file.lastCommit,
      execute_filemode: file.executable,
      content: file.content.toString('base64'),
    },
    fileHeaders(file),
  );
}

async function headFile(call: Call): Promise<Reply> {
  const file = await findFile(call, requiredRef(call));
  return { status: 200, headers: fileHeaders(file), body: Buffer.alloc(0) };
}

async function getRawFile(call: Call): Promise<Reply> {
  const file = await findFile(call, call.query.get('ref') ?? 'HEAD');
  const headers = { ...fileHeaders(file), 'content-type': 'text/plain; charset=utf-8' };
  return { status: 200, headers, body: file.content };
}

async function getBlob(call: Call): Promise<Reply> {
  const content = await findBlob(call);
  const sha = param(call, 'sha');
  return json(200, { size: content.length, encoding: 'base64', content: content.toString('base64'), sha });
}

async function getRawBlob(call: Call): Promise<Reply> {
  return {
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: await findBlob(call),
  };
}

async function findFile(call: Call, ref: string): Promise<FoundFile> {
  const project = readableProject(call);
  const path = param(call, 'path');
  const commit = await resolveCommit(project, ref);
  if (commit === undefined) {
    return notFound('Commit');
  }
  const entry = await findEntry(project, commit, path);
  if (entry === undefined) {
    return notFound('File');
  }
  const content = (await project.lookUp('cat-file', 'blob', entry.blob)) ?? Buffer.of();
  const lastCommit = (await lastCommitOf(project, commit, path)) ?? commit;
  return { path, ref, commit, lastCommit, content, blob: entry.blob, executable: entry.mode === '100755' };
}

async function findEntry(
  project: StoredProject,
  commit: string,
  path: string,
): Promise<{ mode: string; blob: string } | undefined> {
  const output = await project.lookUp('ls-tree', '-z', '--full-tree', commit, '--', path);
  const match = /^(\d+) blob ([0-9a-f]+)\t/.exec(output?.toString() ?? '');
  return match?.[1] === undefined || match[2] === undefined ? undefined : { mode: match[1], blob: match[2] };
}

async function findBlob(call: Call): Promise<Buffer> {
  const project = readableProject(call);
  const sha = param(call, 'sha');
  if (!/^[0-9a-f]{40}$/.test(sha)) {
    return notFound('Blob');
  }
  const content = await project.lookUp('cat-file', 'blob', sha);
  return content ?? notFound('Blob');
}

function requiredRef(call: Call): string {
  const ref = call.query.get('ref');
  if (ref === null || ref === '') {
    throw new Refusal(json(400, { error: 'ref is missing, ref is empty' }));
  }
  return ref;
}

function fileHeaders(file: FoundFile): Record<string, string> {
  return {
    'x-gitlab-blob-id': file.blob,
    'x-gitlab-commit-id': file.commit,
    'x-gitlab-content-sha256': sha256(file.content),
    'x-gitlab-encoding': 'base64',
    'x-gitlab-execute-filemode': String(file.executable),
    'x-gitlab-file-name': encodeURI(basename(file.path)),
    'x-gitlab-file-path': encodeURI(file.path),
    'x-gitlab-last-commit-id': file.lastCommit,
    'x-gitlab-ref': file.ref,
    'x-gitlab-size': String(file.content.length),
  };
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
