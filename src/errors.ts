/**
 * Everything that can go wrong and that a person can mend, one row each.
 * An error that is not in this catalogue is a bug of ours (exit code 1).
 * docs/errors.md has a heading for each code; a test keeps the two equal.
 */

type ErrorDefinition = {
  readonly exitCode: number;
  /** What to do next. A more exact hint may be given where the error is raised. */
  readonly hint: string;
};

const catalogue = {
  CONFIG_INVALID: {
    exitCode: 20,
    hint: 'Correct the flag, variable, input or configuration file that the message names.',
  },
  POSTMAN_KEY_MISSING: {
    exitCode: 20,
    hint: 'Create a key in Postman (Settings > API keys) and store it as a masked CI/CD variable. A protected variable reaches only protected branches.',
  },
  POSTMAN_KEY_REFUSED: {
    exitCode: 21,
    hint: 'The key is wrong, expired or revoked, or it belongs to the other region: set `region` to `eu` for a team with EU data residency, to `us` for all others.',
  },
  POSTMAN_FORBIDDEN: {
    exitCode: 21,
    hint: "Give the key's user access to it in Postman, or use the key of somebody who has it.",
  },
  POSTMAN_UNAVAILABLE: {
    exitCode: 22,
    hint: 'Run it again later; see https://status.postman.com. Behind a firewall, allow HTTPS to the Postman API host.',
  },
  POSTMAN_ANSWER_UNEXPECTED: {
    exitCode: 22,
    hint: 'Something between this program and Postman may be answering in its place (a proxy, a captive portal, a wrong POSTMAN_API_URL).',
  },
  POSTMAN_QUOTA_EXHAUSTED: {
    exitCode: 23,
    hint: "The plan's monthly number of Postman API calls is used up; trying again before it resets does not help. Run the backup less often, lower `recheck-budget`, or raise the plan.",
  },
  POSTMAN_WRITE_REFUSED: {
    exitCode: 25,
    hint: 'Nothing of this resource was written. The message says what Postman does not take; correct it in the file, or in Postman itself.',
  },
  POSTMAN_WRITE_INCOMPLETE: {
    exitCode: 25,
    hint: 'The message says what is in Postman and what is not. Run it again: what is there already is not written twice.',
  },
  NOT_WRITABLE: {
    exitCode: 20,
    hint: 'It can be backed up and not written to Postman. Leave it out of the selection.',
  },
  WORKSPACE_NOT_FOUND: {
    exitCode: 20,
    hint: "Correct `workspace`, or give the key's user access to it. Names are matched exactly; an id always works.",
  },
  WORKSPACE_AMBIGUOUS: {
    exitCode: 20,
    hint: 'Name the workspace by its id.',
  },
  WORKSPACE_NOT_VISIBLE: {
    exitCode: 25,
    hint: "Give the key's user access to the workspace again. If it is deleted for good, delete its folder on the branch, or name the workspaces that are left with `workspace`.",
  },
  COLLECTION_NOT_FOUND: {
    exitCode: 20,
    hint: 'Correct `collection`: an id, a uid, an exact name or a glob. Only the selected workspaces are searched; personal ones only when `workspace` names them.',
  },
  RESOURCE_NOT_FOUND: {
    exitCode: 25,
    hint: 'It was deleted since it was listed, or the key may list it but not read it. Its last backup was left as it is.',
  },
  RESOURCE_INVALID: {
    exitCode: 25,
    hint: 'Postman answered with something that is not this resource. Its last backup was left as it is; run the backup again.',
  },
  PATH_TAKEN: {
    exitCode: 25,
    hint: 'Move the file that lies there, or choose another `directory` or `filename`.',
  },
  LISTING_INCOMPLETE: {
    exitCode: 25,
    hint: 'What was listed is backed up, and nothing was removed. Run the backup again; if it stays, open an issue with the report.',
  },
  DESTINATION_MISSING: {
    exitCode: 20,
    hint: 'In GitLab CI set GITLAB_TOKEN, or allow job-token pushes (Settings > CI/CD > Job token permissions). Elsewhere set GITLAB_TOKEN with `project`, or name a git repository with `repository`.',
  },
  TOKEN_MISSING: {
    exitCode: 20,
    hint: 'Store the token as a masked CI/CD variable of that name. A protected variable reaches only protected branches.',
  },
  GITLAB_TOKEN_REFUSED: {
    exitCode: 21,
    hint: 'Create a project or group access token with the scope `api` and the role Developer (Maintainer for a protected branch) and store it in the variable that `token-variable` names (GITLAB_TOKEN).',
  },
  GITLAB_TOKEN_EXPIRED: {
    exitCode: 21,
    hint: 'Create or rotate the access token (Settings > Access tokens) and store the new one.',
  },
  GITLAB_SCOPE_MISSING: {
    exitCode: 21,
    hint: 'Create an access token with the scope `api`: `write_repository` is for git only, `read_api` cannot commit.',
  },
  GITLAB_FORBIDDEN: {
    exitCode: 21,
    hint: 'The token needs the role Developer or higher in the project.',
  },
  GITLAB_PROJECT_NOT_FOUND: {
    exitCode: 21,
    hint: 'Check `project` (id or full path), and that the token belongs to that project or group: GitLab says "not found" also when a token may not see a project.',
  },
  GITLAB_BRANCH_PROTECTED: {
    exitCode: 21,
    hint: "Allow the token's role to push (Settings > Repository > Protected branches), or back up to another branch with `branch`.",
  },
  GITLAB_PROJECT_ARCHIVED: {
    exitCode: 21,
    hint: 'Unarchive the project (Settings > General > Advanced), or choose another `project`.',
  },
  GITLAB_PUSH_RULE: {
    exitCode: 20,
    hint: 'Meet the rule: `commit-prefix` is put before the first line of the commit message (a ticket key), `author` sets "Name <mail>".',
  },
  GITLAB_PAYLOAD_TOO_LARGE: {
    exitCode: 20,
    hint: 'GitLab takes 300 MB; a smaller limit is usually that of a reverse proxy in front of it (nginx: client_max_body_size). Raise it, or use the `git` destination.',
  },
  GITLAB_COMMIT_REFUSED: {
    exitCode: 20,
    hint: 'GitLab refused the commit for the reason above.',
  },
  GITLAB_MERGE_REQUEST_REFUSED: {
    exitCode: 20,
    hint: 'GitLab refused the merge request for the reason above. What was committed stays on its branch, and the next run tries again.',
  },
  GITLAB_UNAVAILABLE: {
    exitCode: 22,
    hint: 'Run it again later. If it persists, check that the runner reaches the address above.',
  },
  GIT_NOT_FOUND: {
    exitCode: 20,
    hint: 'The `git` destination needs the git program (2.30 or newer). Use an image that has it, or set GITLAB_TOKEN and use the `api` destination.',
  },
  GIT_REPOSITORY_UNREADABLE: {
    exitCode: 20,
    hint: 'Check `repository`: a URL or path that git can read and push to.',
  },
  GIT_UNAVAILABLE: {
    exitCode: 22,
    hint: 'Run it again later. If it persists, check that the runner reaches the address above.',
  },
  GIT_CREDENTIALS_REFUSED: {
    exitCode: 21,
    hint: 'Check the credentials that git uses for this repository.',
  },
  GIT_PUSH_REFUSED: {
    exitCode: 21,
    hint: 'The receiving repository refused the push for the reason above.',
  },
  JOB_TOKEN_PUSH_REFUSED: {
    exitCode: 21,
    hint: 'Turn on Settings > CI/CD > Job token permissions > Allow Git push requests to the repository (GitLab 18.4), or set GITLAB_TOKEN.',
  },
  BACKUP_NOT_FOUND: {
    exitCode: 20,
    hint: 'Correct `ref`, `at` or `directory`; or run a backup first.',
  },
  BACKUP_UNREADABLE: {
    exitCode: 27,
    hint: 'Mend the file, or take it from an earlier commit with `ref` or `at`. The next backup writes it again.',
  },
  NOT_RESTORABLE: {
    exitCode: 27,
    hint: 'Each of them is listed with its reason. The next backup writes the files again of what is in Postman; for the rest, take the files from an earlier commit.',
  },
  BACKUP_TOO_OLD: {
    exitCode: 27,
    hint: 'Look at the last runs of the backup: its schedule may be off, or its job may fail. `max-age` says how old is too old.',
  },
  DRILL_NOT_REMOVED: {
    exitCode: 25,
    hint: 'Delete the workspace in Postman by hand. Nothing else is in it than what the drill restored.',
  },
  BRANCH_KEPT_MOVING: {
    exitCode: 24,
    hint: 'Somebody else pushed at every try. Run it again; give backups that share a branch the same resource group.',
  },
  PROXY_IGNORED: {
    exitCode: 20,
    hint: 'Run it on Node 24 (or 22.21) with NODE_USE_ENV_PROXY=1, or unset the proxy variable.',
  },
  CERTIFICATE_NOT_TRUSTED: {
    exitCode: 20,
    hint: 'Name a file with your own certificate authority in NODE_EXTRA_CA_CERTS (and GIT_SSL_CAINFO for git). In GitLab CI, CI_SERVER_TLS_CA_FILE holds the one of GitLab.',
  },
  SECRETS_FOUND: {
    exitCode: 26,
    hint: 'Nothing was committed, because `secrets` is `fail`. Move the values to a vault, or set `secrets: redact`.',
  },
  REMOVAL_REFUSED: {
    exitCode: 26,
    hint: 'Check in Postman that the resources named above are meant to be gone; then raise `max-removals` for one run.',
  },
  RESTORE_REFUSED: {
    exitCode: 25,
    hint: 'Nothing of it was written. Look at the plan anew, and start the restore again.',
  },
  MERGE_REQUEST_BLOCKED: {
    exitCode: 26,
    hint: 'Nothing was written. Merge the merge request; or move the commits of others elsewhere and delete its branch: the next run starts afresh.',
  },
  PUSH_CONFLICT: {
    exitCode: 25,
    hint: 'Nothing of it was written to Postman, and its file was left as it is. Undo one of the two edits, or bring them together by hand, and push again.',
  },
  PARTIAL: {
    exitCode: 25,
    hint: 'Everything else is backed up. The report names each resource that is missing and why.',
  },
  STOPPED: {
    // 128 and the number of SIGTERM, as a shell says it.
    exitCode: 143,
    hint: 'What was committed before is whole, and nothing else was written. Start it again: the next run goes on from the branch.',
  },
} as const satisfies Record<string, ErrorDefinition>;

export type ErrorCode = keyof typeof catalogue;

export const errorCodes = Object.keys(catalogue) as ErrorCode[];

/** An error whose cause and way out are known. */
export class KnownError extends Error {
  readonly code: ErrorCode;
  readonly exitCode: number;
  readonly hint: string;

  /**
   * @param message what happened, where: names and numbers, never a credential.
   * @param options.hint what to do next, when the catalogue's hint can be made more exact.
   */
  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'KnownError';
    this.code = code;
    this.exitCode = catalogue[code].exitCode;
    this.hint = options.hint ?? catalogue[code].hint;
  }
}

/** @returns the error of a run that was told to stop. */
export function stoppedError(): KnownError {
  return new KnownError('STOPPED', 'The run was stopped from outside before its end.');
}
