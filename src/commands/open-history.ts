/** Opens the history of a repository that holds backups, with the credential that the configuration found for it. */
import type { Destination } from '../config/config.ts';
import { accessTokenCredential, jobTokenCredential } from '../git/credentials.ts';
import { type GitHistory, openGitHistory } from '../git/history.ts';
import type { RunInput } from './run-backups.ts';

export function openHistory(
  repository: Destination,
  { env, temporaryDirectory, signal, patience }: RunInput,
): GitHistory {
  const retryDelays = patience?.git?.retryDelays;
  return openGitHistory({
    ...{ env, temporaryDirectory, signal },
    ...(retryDelays === undefined ? {} : { retryDelays }),
    ...accessTo(repository),
  });
}

function accessTo(repository: Destination) {
  if (repository.type === 'api') {
    const { serverUrl, project, token } = repository;
    return { url: `${serverUrl}/${project}.git`, credential: accessTokenCredential(token) };
  }
  const { url, jobToken } = repository;
  return { url, ...(jobToken === undefined ? {} : { credential: jobTokenCredential(jobToken) }) };
}
