/** Every setting: its words, its shape and its help. Flags, variables, file keys and inputs all come from here. */
import * as z from 'zod';
import { KIND_WORDS, KIND_WORDS_WITH_COMMAS } from './kinds.ts';

type SettingType = 'text' | 'list' | 'choice' | 'integer' | 'boolean';

export type Setting = {
  readonly type: SettingType;
  /** The value as the configuration file writes it. */
  readonly schema: z.ZodType;
  /** What `schema` takes, after "must be". */
  readonly expected: string;
  readonly help: string;
  /** What holds when nobody says anything, as the help shows it. */
  readonly fallback?: string;
  /** Every word that it takes. */
  readonly options?: readonly string[];
  /** One item of a list. */
  readonly item?: z.ZodType;
};

const text = (help: string, fallback?: string) =>
  ({
    type: 'text',
    schema: z.string(),
    expected: 'a text; put quotes around what looks like a number',
    help,
    ...(fallback === undefined ? {} : { fallback }),
  }) as const;
const list = (help: string, fallback?: string) =>
  ({
    ...listOf(z.string().min(1)),
    expected: 'a text or a list of texts, none of them empty; put quotes around what looks like a number',
    help,
    ...(fallback === undefined ? {} : { fallback }),
  }) as const;
const choice = <const T extends string>(options: readonly [T, ...T[]], help: string, fallback: T) =>
  ({
    type: 'choice',
    schema: z.enum(options),
    expected: `one of ${options.join(', ')}`,
    help,
    fallback,
    options,
  }) as const;
const integer = (help: string, fallback: string) =>
  ({
    type: 'integer',
    schema: z.int().min(0),
    expected: 'a whole number, 0 or more',
    help,
    fallback,
  }) as const;
const boolean = (help: string, fallback: string) =>
  ({ type: 'boolean', schema: z.boolean(), expected: 'true or false', help, fallback }) as const;
/** Who gives the key itself in place of the variable's name must not read it in an error: no key looks like this. */
const variable = (help: string, fallback: string) =>
  ({
    type: 'text',
    schema: z.string().regex(/^[A-Za-z_]\w*$/),
    expected: 'the name of a variable (letters, digits and _), not its value',
    help,
    fallback,
  }) as const;

// The last `#` divides: a name may have one too.
const ALLOWED_SECRET = /\S\s*#\s*[^#\s][^#]*$/;

/** In the file a list may be written as one value. */
function listOf<T extends z.ZodType<string>>(item: T) {
  return {
    type: 'list',
    item,
    schema: z.union([item.transform((one) => [one]), z.array(item)]),
  } as const;
}

function usernames(help: string) {
  return {
    ...listOf(z.string().regex(/^@?[\w.-]+$/)),
    expected: 'a username of GitLab or a list of them',
    help,
  } as const;
}

/** Settings of one backup: flags, keys of a `backups:` entry, inputs. */
export const backupSettings = {
  workspace: list(
    'workspace to back up, by id or exact name',
    'every team, private and public workspace the key can see',
  ),
  collection: list('collection, by id, uid, exact name or glob', 'all in the workspaces'),
  exclude: list('what to leave out, by id, uid, exact name or glob'),
  kinds: {
    ...listOf(z.union([z.enum(KIND_WORDS), z.string().regex(KIND_WORDS_WITH_COMMAS)])),
    options: KIND_WORDS,
    expected: `one of ${KIND_WORDS.join(', ')}, or a list of them`,
    help: `kinds of resource, commas allowed: ${KIND_WORDS.join(', ')} (with the workspaces' own descriptions)`,
    fallback: 'collections, environments; collections alone with `collection` or `filename`',
  },
  project: {
    type: 'text',
    schema: z.union([z.string().regex(/^(\d+|[\w.-]+(\/[\w.-]+)+)$/), z.int().min(0).transform(String)]),
    expected: 'the id or the full path (group/name) of a GitLab project',
    help: 'GitLab project, by id or full path',
    fallback: 'the project of the job',
  },
  branch: text('branch to commit to', "the project's default branch"),
  directory: text('folder of the repository where files go', 'Postman Collections'),
  filename: text('the name of the file or folder, for exactly one collection'),
  layout: choice(['json', 'tree'], 'one file a collection, or a folder a collection', 'json'),
  changes: choice(['auto', 'full', 'listed'], "how far Postman's list of changes is trusted", 'auto'),
  removed: choice(['keep', 'archive', 'delete'], 'what to do when a resource is gone from Postman', 'keep'),
  'max-removals': integer('most resources archived or deleted in one run; 0 forbids', '10'),
  secrets: choice(['redact', 'keep', 'fail'], 'what to do with secret values', 'redact'),
  'allow-secrets': {
    ...listOf(z.string().regex(ALLOWED_SECRET)),
    expected: 'of the form <resource>#<rule or JSON path>, both sides given',
    help: 'what looks like a secret and is none, as <resource>#<rule or JSON path>; the resource by id, uid, exact name or glob',
  },
  mode: choice(['commit', 'merge-request'], 'commit to the branch, or open a merge request', 'commit'),
  title: {
    type: 'text',
    schema: z.string().max(255),
    expected: 'a text of at most 255 characters; put quotes around what looks like a number',
    help: 'title of the merge request',
    fallback: 'what changed, as in the commit',
  },
  labels: {
    ...listOf(z.string().regex(/^[^,]*[^,\s][^,]*$/)),
    expected: 'a label or a list of labels, without commas in them',
    help: 'labels of the merge request',
  },
  reviewers: usernames('who is asked to review the merge request, by username'),
  assignees: usernames('whom the merge request is assigned to, by username'),
  'auto-merge': boolean('merge the merge request as soon as its pipeline succeeds', 'false'),
  'source-branch': text('branch that the merge request brings to `branch`', 'postman-backup/<branch>'),
  'skip-ci': boolean('add [skip ci] to the commit message', 'true with `mode: commit`'),
  'commit-prefix': text('put before the first line of the commit message'),
  author: text('author of the commits, "Name <mail>"', "the token's user"),
  'api-key-variable': variable(
    "name of the variable that holds this backup's Postman API key",
    'POSTMAN_API_KEY',
  ),
} as const satisfies Record<string, Setting>;

/** Settings of a run that the configuration file may hold, at its top. */
export const runFileSettings = {
  region: choice(['us', 'eu'], 'data region of the Postman team', 'us'),
  destination: choice(
    ['auto', 'api', 'git'],
    'how commits reach GitLab: through its API with a token, or by git push with the job token',
    'auto',
  ),
  repository: text('path or URL of any git repository, instead of a GitLab project'),
  'token-variable': variable('name of the variable that holds the GitLab token', 'GITLAB_TOKEN'),
  'recheck-budget': integer(
    'resources verified per run beyond what the list shows as changed, with `changes: auto`',
    '200',
  ),
  'dry-run': boolean('plan and report, write nothing', 'false'),
  'report-dir': text('folder for the report', 'postman-gitlab-report'),
} as const satisfies Record<string, Setting>;

/** Settings of a run. */
export const runSettings = {
  config: text('configuration file', '.postman-gitlab.yml when present'),
  ...runFileSettings,
} as const satisfies Record<string, Setting>;

/** Settings of `restore` alone: what from when, and where to. */
export const restoreSettings = {
  ref: text('branch, tag or commit to read', 'the branch of the backup'),
  at: text('read what was backed up by then: a date (until its end, UTC) or a time, ISO 8601'),
  environment: list('environment, by id, uid, exact name or glob', 'all in the backup'),
  item: list('folder or request of the collections, by id or as Folder/Request'),
  'to-workspace': text('restore copies into this workspace, by id or exact name'),
  'new-workspace': text('restore copies into a new workspace of this name'),
  'in-place': boolean('overwrite what is in Postman now, after a backup of it', 'false'),
  plan: text('restore.json of an earlier run: carry out that plan, and nothing that is not in it'),
  yes: boolean('carry the plan out; otherwise it is only shown', 'false'),
} as const satisfies Record<string, Setting>;

/** Settings of `verify` alone. */
export const verifySettings = {
  since: text('verify every commit since then, too: a date, a time, or a length of time such as P7D'),
  drill: boolean(
    'restore everything into a workspace of its own, compare, and remove the workspace',
    'false',
  ),
  'max-age': text('how old the newest backup may be: hours, or ISO 8601 such as P2D', 'any age'),
} as const satisfies Record<string, Setting>;

type BackupSettingName = keyof typeof backupSettings;
type RunSettingName = keyof typeof runSettings;
type RestoreSettingName = keyof typeof restoreSettings;
type VerifySettingName = keyof typeof verifySettings;
export type SettingName = BackupSettingName | RunSettingName | RestoreSettingName | VerifySettingName;

export const settings: Readonly<Record<SettingName, Setting>> = {
  ...backupSettings,
  ...runSettings,
  ...restoreSettings,
  ...verifySettings,
};
export const settingNames = Object.keys(settings) as SettingName[];
