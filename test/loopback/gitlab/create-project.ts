/** Creates a project: a bare repository on disk with GitLab's settings, and its first commit. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { basename } from 'node:path/posix';
import { moveBranch, writeCommit } from './commit-write.ts';
import { git } from './git.ts';
import { createLookUp } from './look-up.ts';
import { openObjectNames } from './object-names.ts';
import type { Project, ProtectedBranch, PushRules, State, StoredProject } from './state.ts';

export type ProjectOptions = {
  /** Path with namespace: `group/project`. */
  readonly path: string;
  /** The first commit's files; without them it has a README.md, like a project that GitLab initializes. */
  readonly files?: Readonly<Record<string, string>>;
  readonly defaultBranch?: string;
  /** No commit and no branch at all. */
  readonly empty?: boolean;
  readonly archived?: boolean;
  readonly visibility?: 'private' | 'public';
  readonly protectedBranches?: readonly ProtectedBranch[];
  readonly pushRules?: PushRules;
  /** The setting "Allow Git push requests to the repository". */
  readonly jobTokenPushAllowed?: boolean;
  /** Whether a pipeline runs for what is pushed. */
  readonly pipelines?: boolean;
};

export async function createProject(
  state: State,
  options: ProjectOptions,
  hooksDirectory: string,
): Promise<Project> {
  const { path, defaultBranch = 'main' } = options;
  const repositoryDir = join(state.root, 'repositories', `${path}.git`);
  await initRepository(repositoryDir, defaultBranch, hooksDirectory);
  const project: StoredProject = {
    id: state.projects.length + 1,
    path,
    repositoryDir,
    httpUrl: `${state.url}/${path}.git`,
    objects: openObjectNames(repositoryDir),
    lookUp: createLookUp(repositoryDir),
    git: async (...args) => (await git(args, { cwd: repositoryDir })).toString(),
    archived: options.archived ?? false,
    visibility: options.visibility ?? 'private',
    protectedBranches: options.protectedBranches ?? [],
    pushRules: options.pushRules ?? {},
    jobTokenPushAllowed: options.jobTokenPushAllowed ?? false,
    pipelines: options.pipelines ?? false,
    mergeRequests: [],
  };
  state.projects.push(project);
  if (options.empty !== true) {
    const files = options.files ?? { 'README.md': `# ${basename(path)}\n` };
    await commitFiles(project, defaultBranch, files);
  }
  return project;
}

/** As `git init --bare` leaves it: tests make hundreds of projects, and a process takes longer than the files. */
async function initRepository(directory: string, branch: string, hooksDirectory: string): Promise<void> {
  const settings = [
    `[core]\n\trepositoryformatversion = 0\n\tbare = true\n\thooksPath = "${hooksDirectory}"`,
    '[http]\n\treceivepack = true',
    '[uploadpack]\n\tallowFilter = true\n\tallowAnySHA1InWant = true',
    // Commits that no branch has yet are kept there.
    '[transfer]\n\thideRefs = refs/loopback',
    '[gc]\n\tauto = 0',
  ];
  await mkdir(join(directory, 'objects'), { recursive: true });
  await mkdir(join(directory, 'refs', 'heads'), { recursive: true });
  await writeFile(join(directory, 'config'), `${settings.join('\n')}\n`);
  await writeFile(join(directory, 'HEAD'), `ref: refs/heads/${branch}\n`);
}

async function commitFiles(
  project: Project,
  branch: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const administrator = { name: 'Administrator', email: 'admin@gitlab.loopback.test' };
  const entries = Object.entries(files).map(
    ([path, content]) => [path, { mode: '100644', content: Buffer.from(content) }] as const,
  );
  const commit = await writeCommit(project, {
    before: new Map(),
    after: new Map(entries),
    message: 'Initial commit',
    author: administrator,
    committer: administrator,
  });
  await moveBranch(project, branch, { commit, expected: undefined });
}
