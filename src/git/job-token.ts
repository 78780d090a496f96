/** The token of a GitLab job as a credential of git. */
import type { ConnectionOptions } from './repository.ts';

export function jobTokenCredential(password: string): NonNullable<ConnectionOptions['credential']> {
  return { username: 'gitlab-ci-token', password, refusedCode: 'JOB_TOKEN_PUSH_REFUSED' };
}
