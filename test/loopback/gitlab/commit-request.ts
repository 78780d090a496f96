/** The body of `POST repository/commits`: parsed, and validated in GitLab's words (18.7 and newer). */
import type { IncomingHttpHeaders } from 'node:http';
import { badRequest, json, Refusal } from './reply.ts';

const actionNames = ['create', 'update', 'move', 'delete', 'chmod'] as const;

export type CommitAction = {
  readonly action: (typeof actionNames)[number];
  readonly filePath: string;
  readonly previousPath?: string;
  readonly content?: Buffer;
  readonly executable?: boolean;
  readonly lastCommitId?: string;
};

export type CommitRequest = {
  readonly branch: string;
  readonly message: string;
  readonly actions: readonly CommitAction[];
  readonly startBranch?: string;
  readonly startSha?: string;
  readonly force: boolean;
  readonly authorName?: string;
  readonly authorEmail?: string;
};

type Fields = Readonly<Record<string, unknown>>;

/** @returns the JSON object of the body; other bodies are refused. */
export function parseBody(headers: IncomingHttpHeaders, body: Buffer): Fields {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim();
  // GitLab takes forms too; nobody here sends them.
  if (type !== 'application/json') {
    badRequest(`Unsupported Content-Type: ${type}`);
  }
  const value = parseJson(body);
  return isFields(value) ? value : badRequest('branch is required');
}

/** @returns the target branch: the one field that is needed to decide on 403. */
export function requiredBranch(fields: Fields): string {
  return requiredText(fields, 'branch', 'branch');
}

export function validateRequest(fields: Fields): CommitRequest {
  const branch = requiredBranch(fields);
  const message = requiredText(fields, 'commit_message', 'commit_message');
  const actions = validateActions(fields);
  const startBranch = optionalText(fields['start_branch']);
  const startSha = optionalText(fields['start_sha']);
  if (startBranch !== undefined && startSha !== undefined) {
    badRequest('start_branch, start_sha are mutually exclusive');
  }
  const authorName = optionalText(fields['author_name']);
  const authorEmail = optionalText(fields['author_email']);
  return {
    branch,
    message,
    actions,
    force: fields['force'] === true,
    ...(startBranch === undefined ? {} : { startBranch }),
    ...(startSha === undefined ? {} : { startSha }),
    ...(authorName === undefined ? {} : { authorName }),
    ...(authorEmail === undefined ? {} : { authorEmail }),
  };
}

function validateActions(fields: Fields): CommitAction[] {
  const given = fields['actions'];
  const allowEmpty = fields['allow_empty'] === true;
  if (!Array.isArray(given)) {
    return allowEmpty && given === undefined ? [] : badRequest('actions is required');
  }
  if (given.length === 0 && !allowEmpty) {
    badRequest('actions is required');
  }
  return given.map((action: unknown, index) =>
    validateAction(isFields(action) ? action : {}, `actions[${index}]`),
  );
}

function validateAction(fields: Fields, where: string): CommitAction {
  const action = actionNames.find((name) => name === fields['action']);
  if (action === undefined) {
    return badRequest(`${where}[action] must be one of: ${actionNames.join(', ')}`);
  }
  const filePath = fields['file_path'];
  if (typeof filePath !== 'string') {
    return badRequest(`${where}[file_path] is required`);
  }
  const content = decodeContent(fields, where);
  if (content === undefined && (action === 'create' || action === 'update')) {
    badRequest(`${where}[content] is required`);
  }
  const previousPath = fields['previous_path'];
  if (action === 'move' && typeof previousPath !== 'string') {
    badRequest(`${where}[previous_path] is required`);
  }
  const lastCommitId = optionalText(fields['last_commit_id']);
  const executable = fields['execute_filemode'];
  return {
    action,
    filePath,
    ...(typeof previousPath === 'string' ? { previousPath } : {}),
    ...(content === undefined ? {} : { content }),
    ...(typeof executable === 'boolean' ? { executable } : {}),
    ...(lastCommitId === undefined ? {} : { lastCommitId }),
  };
}

function decodeContent(fields: Fields, where: string): Buffer | undefined {
  const { content, encoding = 'text' } = fields;
  if (typeof content !== 'string') {
    return undefined;
  }
  if (encoding === 'text') {
    return Buffer.from(content);
  }
  if (encoding !== 'base64') {
    return badRequest(`${where}[encoding] must be one of: text, base64`);
  }
  // Gitaly decodes with Go's StdEncoding: newlines are ignored, the URL-safe alphabet is refused.
  const compact = content.replace(/[\r\n]/g, '');
  const isStandard = /^[A-Za-z0-9+/]*={0,2}$/.test(compact) && compact.length % 4 === 0;
  return isStandard ? Buffer.from(compact, 'base64') : badRequest('illegal base64 data');
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new Refusal(json(400, { message: 'Invalid json', error: 'Invalid json' }));
  }
}

function requiredText(fields: Fields, name: string, label: string): string {
  return optionalText(fields[name]) ?? badRequest(`${label} is required`);
}

function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
