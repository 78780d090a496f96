/** What settings mean, beyond their shape. */
import { posix } from 'node:path';
import type { CommitAuthor, Kind } from '../model.ts';
import { didYouMean } from '../nearest.ts';
import { printable } from '../printable.ts';
import type { BackupConfig } from './config.ts';
import type { Problems } from './problems.ts';
import { settings } from './settings.ts';
import type { Values } from './values.ts';

const KINDS: readonly Kind[] = ['collections', 'environments'];
const PLANNED_KINDS = ['globals', 'specs', 'apis', 'mocks', 'monitors'];

// What Windows refuses in a name, the names of its devices, and a hidden file.
const UNSAFE_FILENAME = /[\\/:*?"<>|]|^\.|[. ]$|^(con|prn|aux|nul|com\d|lpt\d) *(\.|$)/i;
// A suffix that tells it from another file must find room (255 bytes is the limit of most file systems).
const MAX_FILENAME_BYTES = 200;
const UNSAFE_BRANCH = /^refs\/|[\s~^:?*[\\\p{Cc}]|\.\.|@\{|^@?$|^[-/.]|\/\/|\/\.|[/.]$|\.lock(\/|$)/u;

type Selection = Pick<BackupConfig, 'workspaces' | 'collection' | 'exclude' | 'kinds' | 'changes'>;
type Target = Omit<BackupConfig, keyof Selection | 'destination' | 'postman'>;

export function resolveSelection(values: Values, problems: Problems): Selection {
  return {
    workspaces: values.workspace ?? [],
    collection: values.collection ?? [],
    exclude: values.exclude ?? [],
    kinds: resolveKinds(values, problems),
    changes: values.changes ?? 'auto',
  };
}

export function resolveTarget(values: Values, problems: Problems): Target {
  refuseUnbuilt(values, problems);
  const filename = resolveFilename(values, problems);
  const author = values.author === undefined ? undefined : parseAuthor(values.author, problems);
  const maxRemovals = values['max-removals'];
  return {
    ...(values.branch === undefined ? {} : { branch: checkBranch(values.branch, problems) }),
    directory: resolveDirectory(values.directory ?? String(settings.directory.fallback), problems),
    ...(filename === undefined ? {} : { filename }),
    removed: values.removed ?? 'keep',
    ...(maxRemovals === undefined ? {} : { maxRemovals }),
    secrets: values.secrets ?? 'redact',
    skipCi: values['skip-ci'] ?? true,
    commitPrefix: printable(values['commit-prefix'] ?? ''),
    ...(author === undefined ? {} : { author }),
  };
}

function refuseUnbuilt({ layout, mode }: Values, problems: Problems): void {
  if (layout === 'tree') {
    problems.add('`layout: tree` is not part of this version yet; leave it out or use `json`.');
  }
  if (mode === 'merge-request') {
    problems.add('`mode: merge-request` is not part of this version yet; leave it out or use `commit`.');
  }
}

function resolveKinds(
  { kinds = [], collection = [], filename }: Values,
  problems: Problems,
): readonly Kind[] {
  if (kinds.length === 0) {
    return collection.length > 0 || filename !== undefined ? ['collections'] : KINDS;
  }
  const words = kinds.flatMap((entry) => entry.split(',')).map((word) => word.trim());
  for (const word of words) {
    if (PLANNED_KINDS.includes(word)) {
      problems.add(
        `\`kinds\`: ${word} are not part of this version yet; it backs up ${KINDS.join(' and ')}.`,
      );
    } else if (word !== 'all' && !KINDS.some((kind) => kind === word)) {
      const known = ['all', ...KINDS];
      problems.add(
        `\`kinds\`: there is no kind "${printable(word)}", only ${known.join(', ')}.${didYouMean(word, known)}`,
      );
    }
  }
  return words.includes('all') ? KINDS : KINDS.filter((kind) => words.includes(kind));
}

function resolveFilename({ filename, kinds = [] }: Values, problems: Problems): string | undefined {
  if (filename === undefined) {
    return undefined;
  }
  if (kinds.length > 0 && kinds.join() !== 'collections') {
    problems.add('`filename` is for exactly one collection: leave `kinds` out.');
  }
  const isPlain = filename !== '' && printable(filename) === filename && !UNSAFE_FILENAME.test(filename);
  if (!isPlain || Buffer.byteLength(filename) > MAX_FILENAME_BYTES) {
    problems.add(`\`filename\` must be a plain file name without folders, not "${printable(filename)}".`);
  }
  return filename.toLowerCase().endsWith('.json') ? filename : `${filename}.json`;
}

function resolveDirectory(directory: string, problems: Problems): string {
  const normalized = posix.normalize(directory).replace(/\/+$/, '');
  const isUnsafe =
    /^\/|^[A-Za-z]:|\\/.test(directory) || directory === '' || printable(directory) !== directory;
  if (isUnsafe || directory.split('/').some((segment) => /^(\.\.|\.git|git~\d+)$/i.test(segment))) {
    problems.add(`\`directory\` must be a folder inside the repository, not "${printable(directory)}".`);
  }
  return normalized === '.' ? '' : normalized;
}

/** What `git check-ref-format --branch` refuses, near enough; git and GitLab have the last word. */
function checkBranch(branch: string, problems: Problems): string {
  if (UNSAFE_BRANCH.test(branch)) {
    problems.add(`\`branch\`: "${printable(branch)}" is no branch name that git takes.`);
  }
  return branch;
}

function parseAuthor(author: string, problems: Problems): CommitAuthor | undefined {
  const match = /^([^<>\p{Cc}]+?)\s*<([^<>\s\p{Cc}]+@[^<>\s\p{Cc}]+)>$/u.exec(author.trim());
  const [, name, email] = match ?? [];
  if (name === undefined || email === undefined) {
    problems.add('`author` must look like "Name <mail@example.com>".');
    return undefined;
  }
  return { name, email };
}
