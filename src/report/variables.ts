/** report.env: what later jobs of the pipeline learn of the run, as variables. */

import { webAddress } from '../web-address.ts';
import type { Report } from './report.ts';

type Variables = Readonly<Record<string, string>>;

/**
 * @param report passed through `maskReport`.
 * @returns name → value; a commit that does not exist, or a merge request that is not open, has no variable. Of several it is the last.
 */
export function describeVariables({ backups }: Report): Variables {
  const commits = backups.flatMap((backup) => backup.commits);
  const commit = commits.map(({ id }) => id).findLast((id) => /^[0-9a-f]{40,64}$/u.test(id));
  const request = backups
    .map(({ mergeRequest }) => (mergeRequest?.state === 'closed' ? undefined : webAddress(mergeRequest?.url)))
    .findLast((url) => url !== undefined);
  return {
    POSTMAN_BACKUP_CHANGED: String(commits.length > 0),
    ...(commit === undefined ? {} : { POSTMAN_BACKUP_COMMIT_SHA: commit }),
    // GitLab would put the value of a variable in its place (`raw: false` in its ParseDotenvArtifactService).
    ...(request === undefined ? {} : { POSTMAN_BACKUP_MR_URL: request.replaceAll('$', '%24') }),
  };
}

/** @param variables no value has a line break. */
export function renderVariables(variables: Variables): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
