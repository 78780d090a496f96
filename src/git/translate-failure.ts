/** What git and the servers behind it say when they refuse, translated to our errors. */

import { type ErrorCode, KnownError } from '../errors.ts';
import { printable } from '../printable.ts';
import { type Location, withoutUserinfo } from './location.ts';
import type { GitResult } from './run-git.ts';

export type FailureContext = {
  readonly location: Location;
  readonly doing: 'read' | 'push';
  /** The code of a refused credential of ours; absent when git uses the user's own. */
  readonly refusedCode?: 'JOB_TOKEN_PUSH_REFUSED' | 'GITLAB_TOKEN_REFUSED';
  /** Never to be seen in a message. */
  readonly password?: string;
};

type Row = {
  readonly text: RegExp;
  readonly code: ErrorCode;
  readonly hint?: (location: Location) => string;
};

// Texts: git 2.30 to 2.50, curl, OpenSSH; GitLab's git_access.rb, checks/*.rb and push rules (EE). The first match
// counts: a server's own reason stands before the "hung up" that follows it.
const ROWS: readonly Row[] = [
  {
    text: /dubious ownership/i,
    code: 'GIT_REPOSITORY_UNREADABLE',
    hint: ({ address }) =>
      `The folder belongs to another user. If you trust it: git config --global --add safe.directory '${address}'`,
  },
  {
    text: /SSL certificate problem|certificate verif|self.signed certificate|certificate verify locations/i,
    code: 'CERTIFICATE_NOT_TRUSTED',
  },
  { text: /archived project/i, code: 'GITLAB_PROJECT_ARCHIVED' },
  { text: /protected branch/i, code: 'GITLAB_BRANCH_PROTECTED' },
  { text: /temporarily read-only/i, code: 'GIT_UNAVAILABLE' },
  {
    text: /not allowed to (?:upload|push|download) code|job token not allowed|Insufficient permissions to|does not have write access/i,
    code: 'GIT_CREDENTIALS_REFUSED',
  },
  {
    text: /Access denied|Authentication failed|could not read (?:Username|Password)|returned error: 40[13]|Permission denied \(|Invalid username or/i,
    code: 'GIT_CREDENTIALS_REFUSED',
  },
  {
    text: /checked out branch|branch is currently checked out/i,
    code: 'GIT_PUSH_REFUSED',
    hint: () => 'Name a bare repository, or a branch that nobody has checked out there with `branch`.',
  },
  {
    text: /HTTP 413|returned error: 413/i,
    code: 'GITLAB_PAYLOAD_TOO_LARGE',
    hint: () =>
      'A reverse proxy in front of the server limits the size of a push (nginx: client_max_body_size). Raise it.',
  },
  { text: /GitLab: |GL-HOOK-ERR:|hook declined/, code: 'GITLAB_PUSH_RULE' },
  {
    text: /could not be found or you don't have permission|repository '.*' not found|returned error: 404|project not found/i,
    code: 'GIT_REPOSITORY_UNREADABLE',
    hint: () => 'Correct `repository`, or give the credentials that git uses access to it.',
  },
  {
    text: /does not appear to be a git repository|is this a git repository|not a git repository|strange hostname|Host key verification/i,
    code: 'GIT_REPOSITORY_UNREADABLE',
  },
  {
    text: /could not resolve|timed out|connection (?:refused|reset|closed|was)|failed to connect|couldn't connect|unreachable|no route to host|name resolution|too slow|returned error: (?:408|429|5\d\d)|HTTP 5\d\d|RPC failed|early EOF|hung up|unexpected disconnect|empty reply|transfer closed|SSL_ERROR_SYSCALL|gnutls_handshake|TLS connection/i,
    code: 'GIT_UNAVAILABLE',
  },
];

// Progress, frames and the advice that git gives to a person at a keyboard.
const NOISE =
  /^(?:hint:|warning:|Cloning into|To |Done$|(?:Enumerating|Counting|Compressing|Writing|Receiving) objects|Resolving deltas|Delta compression|Total \d|error: failed to push some refs|Please make sure you have|and the repository exists|[^\p{L}\p{N}]*$)/u;

/** @returns whether git's words name a reason that is certain, so that nothing can have been written. */
export function isCertainRefusal(result: GitResult): boolean {
  const row = findRow(result);
  return row !== undefined && row.code !== 'GIT_UNAVAILABLE';
}

/** @returns our error for a command that failed, with git's own words in it. */
export function translateFailure(result: GitResult, context: FailureContext): KnownError {
  const row = findRow(result);
  const code = row?.code ?? (context.doing === 'push' ? 'GIT_PUSH_REFUSED' : 'GIT_REPOSITORY_UNREADABLE');
  const { location, refusedCode } = context;
  const message = `git cannot ${context.doing === 'push' ? 'push to' : 'read'} ${printable(location.label)}: ${reason(result, context)}`;
  if (code === 'GIT_CREDENTIALS_REFUSED' && refusedCode !== undefined) {
    return new KnownError(refusedCode, message);
  }
  const hint = row?.hint?.(location);
  return new KnownError(code, message, hint === undefined ? {} : { hint });
}

function findRow(result: GitResult): Row | undefined {
  if (result.stalled) {
    return ROWS.at(-1);
  }
  const text = [result.stderr, ...rejections(result)].join('\n');
  return ROWS.find((row) => row.text.test(text));
}

function reason(result: GitResult, context: FailureContext): string {
  if (result.stalled) {
    return 'connection timed out, no sign of life from the server.';
  }
  const words = gitWords(result, context.password);
  if (!/not found|could not be found/i.test(words)) {
    return words;
  }
  return `it does not exist, or the credentials may not see it (${words})`;
}

/** @returns git's own words and the server's, without progress, advice and credentials. */
function gitWords(result: GitResult, password: string | undefined): string {
  const lines = result.stderr
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => !NOISE.test(line.replace(/^remote:\s*/, '')));
  const text = (lines.length > 0 ? lines : rejections(result))
    .map((line) => line.replace(/^(?:remote:\s*)?(?:(?:fatal|error):\s*)?/, ''))
    .join(' ');
  // Log and report cut it, when it has been masked: half of a token in another form would not be found.
  const whole = printable(withoutSecret(withoutUserinfo(text), password), Number.POSITIVE_INFINITY);
  return whole || `git ended with ${result.exitCode}`;
}

// git-push(1), --porcelain: a refused reference is a line `!\t<from>:<to>\t<summary> (<reason>)`.
function rejections(result: GitResult): string[] {
  const lines = result.stdout.toString().split('\n');
  return lines.flatMap((line) => (line.startsWith('!') ? [line.split('\t')[2] ?? ''] : []));
}

function withoutSecret(text: string, password: string | undefined): string {
  return password === undefined || password === '' ? text : text.replaceAll(password, '[masked]');
}
