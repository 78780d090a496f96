/** A project that includes the component, cloned from the loopback GitLab, and gitlab-ci-local to run it. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { LoopbackGitLab } from '../loopback/gitlab/server.ts';
import type { Project } from '../loopback/gitlab/state.ts';

const gitlabCiLocal = createRequire(import.meta.url).resolve('gitlab-ci-local/dist/index.js');

type Finished = { readonly exitCode: number; readonly output: string };

export type Consumer = {
  readonly project: Project;
  /** The clone on disk. */
  readonly folder: string;
  /** @param variables what GitLab would set for the pipeline */
  run(args: readonly string[], variables: Readonly<Record<string, string>>): Promise<Finished>;
  remove(): Promise<void>;
};

/** Publishes the built components, and nothing else, as `platform/tools/postman-gitlab` with the tag 1.0.0. */
export async function publishComponent(gitlab: LoopbackGitLab): Promise<void> {
  const read = (name: string) => readFile(new URL(`../../${name}`, import.meta.url), 'utf8');
  const names = ['backup', 'pages', 'verify'].map((name) => `templates/${name}.yml`);
  const templates = await Promise.all(names.map(async (name) => [name, await read(name)] as const));
  const component = await gitlab.createProject({
    path: 'platform/tools/postman-gitlab',
    files: Object.fromEntries(templates),
    visibility: 'public', // gitlab-ci-local fetches without credentials
  });
  await component.git('tag', '1.0.0', 'HEAD');
}

export type Pipeline = {
  /** Default: `backup`. */
  readonly component?: 'backup' | 'pages' | 'verify';
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** What the project adds to its own `.gitlab-ci.yml`. */
  readonly jobs?: Readonly<Record<string, unknown>>;
};

export async function createConsumer(
  gitlab: LoopbackGitLab,
  path: string,
  { component: name = 'backup', inputs = {}, jobs = {} }: Pipeline,
): Promise<Consumer> {
  const component = `$CI_SERVER_FQDN/platform/tools/postman-gitlab/${name}@1.0.0`;
  const project = await gitlab.createProject({
    path,
    files: { '.gitlab-ci.yml': stringify({ include: [{ component, inputs }], ...jobs }) },
    visibility: 'public',
    jobTokenPushAllowed: true,
  });
  const root = await mkdtemp(join(tmpdir(), 'consumer-'));
  const folder = join(root, 'clone');
  const cloned = await runCommand('git', ['clone', '--quiet', project.httpUrl, folder], {
    cwd: root,
    home: root,
  });
  if (cloned.exitCode !== 0) {
    throw new Error(cloned.output);
  }

  return {
    project,
    folder,
    run: (args, variables) => {
      const settings = Object.entries({ CI_PROJECT_ID: String(project.id), ...variables });
      return runCommand(
        process.execPath,
        [
          gitlabCiLocal,
          `--home=${root}`,
          '--force-shell-executor',
          '--shell-isolation', // in a copy of what is committed, with artifacts and cache, as on a runner
          // GitLab takes an empty list of tags, the schema of its editor does not.
          '--ignore-schema-paths=#/definitions/tags/minItems',
          ...settings.flatMap(([name, value]) => ['--variable', `${name}=${value}`]),
          ...args,
        ],
        { cwd: folder, home: root },
      );
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** Only what a runner would have: nothing of a pipeline, a proxy or a git that these tests may run in. */
function runCommand(
  command: string,
  args: readonly string[],
  { cwd, home }: { readonly cwd: string; readonly home: string },
): Promise<Finished> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, GIT_CONFIG_NOSYSTEM: '1' };
  return new Promise((resolve) => {
    execFile(command, args, { cwd, env, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ exitCode, output: `${stdout}${stderr}` });
    });
  });
}
