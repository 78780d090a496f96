/** The three ways to a repository: GitLab's API with a token, git with the job token, git with a local path. */
import { join } from 'node:path';
import type { ProjectOptions } from '../loopback/gitlab/create-project.ts';
import { git } from '../loopback/gitlab/git.ts';
import type { LoopbackGitLab } from '../loopback/gitlab/server.ts';
import type { Project } from '../loopback/gitlab/state.ts';
import type { Env } from './program.ts';

export type Destination = {
  readonly flags: readonly string[];
  readonly env: Env;
  git(...args: string[]): Promise<string>;
};

export type DestinationOptions = {
  readonly gitlab: LoopbackGitLab;
  readonly folder: string;
  /** No commit and no branch: a local repository is not even there. */
  readonly empty?: boolean;
};

export const destinations = {
  'through the API, with a token': async ({ gitlab, empty }: DestinationOptions) => {
    const project = await createProject(gitlab, empty === true ? { empty: true } : {});
    const token = gitlab.createToken({ scopes: ['api'], role: 'developer', projects: [project.path] });
    return { flags: [], env: { ...jobEnv(gitlab, project), GITLAB_TOKEN: token }, git: project.git };
  },
  'by git push, with the job token': async ({ gitlab, empty }: DestinationOptions) => {
    const project = await createProject(gitlab, {
      jobTokenPushAllowed: true,
      ...(empty === true ? { empty: true } : {}),
    });
    const token = gitlab.createJobToken({ project: project.path });
    return { flags: [], env: { ...jobEnv(gitlab, project), CI_JOB_TOKEN: token }, git: project.git };
  },
  'by git, to a local path': async ({ folder, empty }: DestinationOptions) => {
    const directory = join(folder, 'backup.git');
    const ask = async (...args: string[]) => (await git(args, { cwd: directory })).toString();
    if (empty !== true) {
      await createLocal(directory);
    }
    return { flags: ['--repository', 'backup.git'], env: { CI_JOB_ID: '4711' }, git: ask };
  },
} satisfies Record<string, (options: DestinationOptions) => Promise<Destination>>;

export type DestinationName = keyof typeof destinations;

export const destinationNames = Object.keys(destinations) as DestinationName[];

let projects = 0;

export function createProject(
  gitlab: LoopbackGitLab,
  options: Partial<ProjectOptions> = {},
): Promise<Project> {
  return gitlab.createProject({ path: `platform/apis-${++projects}`, ...options });
}

/** What GitLab sets for each job, without its token. */
export function jobEnv(gitlab: LoopbackGitLab, project: Project): Env {
  return {
    GITLAB_CI: 'true',
    CI_API_V4_URL: gitlab.apiUrl,
    CI_SERVER_URL: gitlab.url,
    CI_PROJECT_ID: String(project.id),
    CI_PROJECT_PATH: project.path,
    CI_DEFAULT_BRANCH: 'main',
    CI_JOB_ID: '4711',
    GITLAB_USER_NAME: 'Mara Lindqvist',
    GITLAB_USER_EMAIL: 'mara.lindqvist@example.com',
  };
}

async function createLocal(directory: string): Promise<void> {
  const cwd = join(directory, '..');
  await git(['init', '--quiet', '--bare', '--initial-branch=main', directory], { cwd });
  const commit = [
    'commit refs/heads/main',
    'committer Mara <mara@example.com> 1767225600 +0000',
    'data 15\nInitial commit\n',
    'M 100644 inline README.md',
    'data 7\n# apis\n',
    '',
  ];
  await git(['fast-import', '--quiet'], { cwd: directory, input: Buffer.from(commit.join('\n')) });
}
