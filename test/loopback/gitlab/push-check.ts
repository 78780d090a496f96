/** What GitLab checks before a branch moves, for git pushes and API commits alike: protection, push rules. */
import { git, tryGit } from './git.ts';
import {
  canPushToBranch,
  type PushRules,
  type PushTicket,
  protectionOf,
  type StoredProject,
} from './state.ts';

export type RefUpdate = { readonly oldId: string; readonly newId: string; readonly ref: string };

/** The variables with which git lets a hook see the objects of a push before they are accepted. */
export type Quarantine = Readonly<Record<string, string>>;

const ZERO = '0'.repeat(40);

/** @returns GitLab's words of refusal; `undefined` when the update may happen. */
export async function refusalOfPush(
  { project, caller }: PushTicket,
  update: RefUpdate,
  quarantine: Quarantine,
): Promise<string | undefined> {
  const branch = update.ref.replace(/^refs\/heads\//, '');
  if (branch === update.ref) {
    return undefined;
  }
  if (!canPushToBranch(caller, project, branch)) {
    return update.oldId === ZERO
      ? 'You are not allowed to create protected branches on this project.'
      : 'You are not allowed to push code to protected branches on this project.';
  }
  if (update.newId === ZERO) {
    return undefined;
  }
  if (protectionOf(project, branch) !== undefined && (await isForced(project, update, quarantine))) {
    return 'You are not allowed to force push code to a protected branch on this project.';
  }
  return await refusalByPushRules(project, update.newId, quarantine);
}

/** @returns the words of the first push rule that the commits new to the repository break. */
export async function refusalByPushRules(
  project: StoredProject,
  newId: string,
  quarantine: Quarantine,
): Promise<string | undefined> {
  const rules = project.pushRules;
  if (Object.keys(rules).length === 0) {
    return undefined;
  }
  const options = { cwd: project.repositoryDir, env: quarantine };
  const log = await git(['log', '-z', '--format=%ae%x1f%B', newId, '--not', '--branches'], options);
  for (const record of log.toString().split('\0').filter(Boolean)) {
    const [email = '', message = ''] = record.split('\x1f');
    const refusal = refusalOfCommit(rules, email, message);
    if (refusal !== undefined) {
      return refusal;
    }
  }
  return await refusalBySize(rules, newId, options);
}

function refusalOfCommit(rules: PushRules, email: string, message: string): string | undefined {
  const { commitMessageRegex: wanted, forbiddenMessageRegex: forbidden, authorEmailRegex } = rules;
  if (wanted !== undefined && !new RegExp(wanted, 'm').test(message)) {
    return `Commit message does not follow the pattern '${wanted}'`;
  }
  if (forbidden !== undefined && new RegExp(forbidden, 'm').test(message)) {
    return `Commit message contains the forbidden pattern '${forbidden}'`;
  }
  if (authorEmailRegex !== undefined && !new RegExp(authorEmailRegex).test(email)) {
    return `Author's email '${email}' does not follow the pattern '${authorEmailRegex}'`;
  }
  return undefined;
}

async function refusalBySize(
  { maxFileSize }: PushRules,
  newId: string,
  options: { cwd: string; env: Quarantine },
): Promise<string | undefined> {
  if (maxFileSize === undefined) {
    return undefined;
  }
  const objects = await git(
    ['rev-list', '--objects', '--no-object-names', newId, '--not', '--branches'],
    options,
  );
  const format = '--batch-check=%(objecttype) %(objectname) %(objectsize)';
  const details = await git(['cat-file', format], { ...options, input: objects });
  const tooLarge = details
    .toString()
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([type, , size]) => type === 'blob' && Number(size) > maxFileSize * 1024 * 1024)
    .map(([, id, size]) => `- ${id} (${(Number(size) / 1024 / 1024).toFixed(1)} MiB)`);
  if (tooLarge.length === 0) {
    return undefined;
  }
  const list = tooLarge.join('\n');
  return `You are attempting to check in one or more blobs which exceed the ${maxFileSize}MiB limit:\n\n${list}`;
}

async function isForced(project: StoredProject, update: RefUpdate, quarantine: Quarantine): Promise<boolean> {
  if (update.oldId === ZERO) {
    return false;
  }
  const args = ['merge-base', '--is-ancestor', update.oldId, update.newId];
  return (await tryGit(args, { cwd: project.repositoryDir, env: quarantine })) === undefined;
}
