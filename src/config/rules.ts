/** What settings mean, beyond their shape. */
import { posix } from 'node:path';
import type { AllowedSecret, CommitAuthor } from '../model.ts';
import { printable } from '../printable.ts';
import { checkBranch } from './check-branch.ts';
import type { BackupConfig } from './config.ts';
import { resolveFilename } from './filename.ts';
import { describeBadGlob } from './globs.ts';
import { resolveKinds } from './kinds.ts';
import { type Layer, placeOf } from './layer.ts';
import { located, type Problems } from './problems.ts';
import { type SettingName, settingNames, settings } from './settings.ts';
import type { Asked } from './values.ts';

type Selection = Pick<BackupConfig, 'workspaces' | 'collection' | 'exclude' | 'kinds' | 'changes'>;
type Rules = Omit<BackupConfig, keyof Selection | 'destination' | 'mergeRequest' | 'target' | 'postman'>;

export function resolveSelection({ values, given }: Asked, problems: Problems): Selection {
  const { workspace = [], collection = [], exclude = [], changes = 'auto' } = values;
  refuseBadGlobs({ collection, exclude }, given, problems);
  return { workspaces: workspace, collection, exclude, kinds: resolveKinds(values), changes };
}

export function resolveRules(asked: Asked, problems: Problems): Rules {
  const { values } = asked;
  const filename = resolveFilename(asked, problems);
  const author = parseAuthor(asked, problems);
  const maxRemovals = values['max-removals'];
  return {
    ...(values.branch === undefined ? {} : { branch: checkBranch('branch', values.branch, asked, problems) }),
    directory: resolveDirectory(asked, problems),
    layout: values.layout ?? 'json',
    ...(filename === undefined ? {} : { filename }),
    removed: values.removed ?? 'keep',
    ...(maxRemovals === undefined ? {} : { maxRemovals }),
    secrets: values.secrets ?? 'redact',
    allowSecrets: resolveAllowSecrets(asked, problems),
    // A merge request is there to be looked at, also by its pipeline.
    skipCi: values['skip-ci'] ?? values.mode !== 'merge-request',
    commitPrefix: printable(values['commit-prefix'] ?? ''),
    ...(author === undefined ? {} : { author }),
  };
}

export function refuseBadGlobs(
  patterns: Readonly<Partial<Record<SettingName, readonly string[]>>>,
  given: Layer,
  problems: Problems,
): void {
  for (const name of settingNames) {
    for (const [index, pattern] of (patterns[name] ?? []).entries()) {
      const problem = describeBadGlob(pattern);
      if (problem !== undefined) {
        problems.add(located(placeOf(given, name, index), `\`${name}\`: ${problem}`));
      }
    }
  }
}

export function resolveAllowSecrets({ values, given }: Asked, problems: Problems): readonly AllowedSecret[] {
  const allowed = (values['allow-secrets'] ?? []).map((entry) => {
    const divider = entry.lastIndexOf('#');
    return { resource: entry.slice(0, divider).trim(), what: entry.slice(divider + 1).trim() };
  });
  refuseBadGlobs({ 'allow-secrets': allowed.map(({ resource }) => resource) }, given, problems);
  return allowed;
}

export function resolveDirectory({ values, given }: Asked, problems: Problems): string {
  const directory = values.directory ?? String(settings.directory.fallback);
  if (!isFolder(directory)) {
    const problem = `\`directory\` must be a folder inside the repository, not "${printable(directory)}".`;
    problems.add(located(placeOf(given, 'directory'), problem));
  }
  const normalized = posix.normalize(directory).replace(/\/+$/, '');
  return normalized === '.' ? '' : normalized;
}

/** Whether it names a folder inside the repository, or the repository's root. */
export function isFolder(directory: string): boolean {
  const isUnsafe =
    /^\/|^[A-Za-z]:|\\/.test(directory) || directory === '' || printable(directory) !== directory;
  return !isUnsafe && !directory.split('/').some((segment) => /^(\.\.|\.git|git~\d+)$/i.test(segment));
}

function parseAuthor({ values: { author }, given }: Asked, problems: Problems): CommitAuthor | undefined {
  if (author === undefined) {
    return undefined;
  }
  const match = /^([^<>\p{Cc}]+?)\s*<([^<>\s\p{Cc}]+@[^<>\s\p{Cc}]+)>$/u.exec(author.trim());
  const [, name, email] = match ?? [];
  if (name === undefined || email === undefined) {
    problems.add(located(placeOf(given, 'author'), '`author` must look like "Name <mail@example.com>".'));
    return undefined;
  }
  return { name, email };
}
