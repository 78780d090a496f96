/** Tokens of GitLab as credentials of git over HTTPS. */
import type { ConnectionOptions } from './repository.ts';

type Credential = NonNullable<ConnectionOptions['credential']>;

/** @param password the token of a job. */
export function jobTokenCredential(password: string): Credential {
  return { username: 'gitlab-ci-token', password, refusedCode: 'JOB_TOKEN_PUSH_REFUSED' };
}

/** @param password an access token of a person, a project or a group. GitLab takes any user name with it. */
export function accessTokenCredential(password: string): Credential {
  return { username: 'oauth2', password, refusedCode: 'GITLAB_TOKEN_REFUSED' };
}
