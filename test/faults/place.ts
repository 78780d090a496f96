/** Where commits go: a repository, and what the program has to be told to find it. */
import { join } from 'node:path';
import { git } from '../loopback/gitlab/git.ts';
import type { GitLabHost } from './gitlab-host.ts';

let places = 0;

export type DestinationName = 'api' | 'git' | 'local';

type Place = {
  readonly repository: string;
  readonly credential: string;
  readonly env: Readonly<Record<string, string>>;
  readonly flags: Readonly<Record<string, string>>;
};

export async function createPlace(
  gitlab: GitLabHost,
  { destination, folder, proxyUrl }: { destination: DestinationName; folder: string; proxyUrl: string },
): Promise<Place> {
  if (destination === 'local') {
    const repository = join(folder, 'backup.git');
    await createLocal(folder, repository);
    return { repository, credential: 'none-needed-here', env: { CI_JOB_ID: '4711' }, flags: { repository } };
  }
  const path = `harbour/backup-${++places}`;
  const { id, repository } = await gitlab.createProject(path);
  const isApi = destination === 'api';
  const credential = await (isApi ? gitlab.createToken(path) : gitlab.createJobToken(path));
  const env = { ...jobEnv({ id, path }, proxyUrl), [isApi ? 'GITLAB_TOKEN' : 'CI_JOB_TOKEN']: credential };
  return { repository, credential, env, flags: {} };
}

function jobEnv({ id, path }: { id: number; path: string }, serverUrl: string): Record<string, string> {
  return {
    GITLAB_CI: 'true',
    CI_API_V4_URL: `${serverUrl}/api/v4`,
    CI_SERVER_URL: serverUrl,
    CI_PROJECT_ID: String(id),
    CI_PROJECT_PATH: path,
    CI_DEFAULT_BRANCH: 'main',
    CI_JOB_ID: '4711',
    GITLAB_USER_NAME: 'Mara Lindqvist',
    GITLAB_USER_EMAIL: 'mara.lindqvist@example.com',
  };
}

async function createLocal(folder: string, repository: string): Promise<void> {
  await git(['init', '--quiet', '--bare', '--initial-branch=main', repository], { cwd: folder });
  const commit = [
    'commit refs/heads/main',
    'committer Mara <mara@example.com> 1767225600 +0000',
    'data 15\nInitial commit\n',
    'M 100644 inline README.md',
    'data 7\n# apis\n',
    '',
  ];
  await git(['fast-import', '--quiet'], { cwd: repository, input: Buffer.from(commit.join('\n')) });
}
