/** Loads a configuration from values, with a file system that is a record. */
import type { BackupConfig, Config } from '../../../src/config/config.ts';
import { type LoadInput, loadConfig } from '../../../src/config/load.ts';
import { KnownError } from '../../../src/errors.ts';

export type Given = {
  readonly flags?: LoadInput['flags'];
  readonly env?: LoadInput['env'];
  /** Path → content. */
  readonly files?: Readonly<Record<string, string>>;
  /** Content of `.postman-gitlab.yml`. */
  readonly file?: string;
};

/** A job in GitLab CI that may push with its job token. */
export const inCi = {
  GITLAB_CI: 'true',
  CI_API_V4_URL: 'https://gitlab.example/api/v4',
  CI_SERVER_URL: 'https://gitlab.example',
  CI_PROJECT_ID: '7',
  CI_PROJECT_PATH: 'platform/backups',
  CI_JOB_TOKEN: 'sample-job-token',
};

/** Nothing but a key and a place to commit to. */
const minimal = { POSTMAN_API_KEY: 'sample-key', POSTMAN_GITLAB_REPOSITORY: './backup.git' };

export function load(given: Given): Config {
  return loadConfig(inputOf(given));
}

export function inputOf({ flags = {}, env = minimal, files = {}, file }: Given): LoadInput {
  const all: Readonly<Record<string, string>> = {
    ...files,
    ...(file === undefined ? {} : { '.postman-gitlab.yml': file }),
  };
  return {
    ...{ flags, env },
    readFile: (path) => {
      const content = all[path];
      if (content === undefined) {
        throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
      }
      return content;
    },
  };
}

/** @returns the first backup, for what has one. */
export function loadBackup(given: Given): BackupConfig {
  const [backup] = load(given).backups;
  if (backup === undefined) {
    throw new Error('There is no backup.');
  }
  return backup;
}

export function refusalOf(given: Given): KnownError {
  try {
    load(given);
  } catch (error) {
    if (error instanceof KnownError) {
      return error;
    }
    throw error;
  }
  throw new Error('The configuration was taken.');
}

/** @returns what is wrong with it, a line each, without the title. */
export function problemsOf(given: Given): string[] {
  const { message } = refusalOf(given);
  const lines = message.split('\n').map((line) => line.trim());
  return lines.length === 1 ? lines : lines.slice(1);
}

export function withFlags(flags: LoadInput['flags']): Given {
  return { flags };
}
