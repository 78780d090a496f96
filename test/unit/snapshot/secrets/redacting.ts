/** What the tests of the redaction share. Keys are put together from parts, so that no scanner takes them for real. */
import type { Finding } from '../../../../src/model.ts';
import { type Redacted, redactSecrets } from '../../../../src/snapshot/secrets/redact.ts';

export function redact(
  resource: unknown,
  isAllowed: (finding: Finding) => boolean = () => false,
): Promise<Redacted> {
  return redactSecrets(resource, { isAllowed });
}

export async function redactedValue(resource: unknown): Promise<unknown> {
  return (await redact(resource)).value;
}

/** `rule path` of each finding. */
export async function foundIn(resource: unknown): Promise<readonly string[]> {
  return (await redact(resource)).findings.map(({ rule, path }) => `${rule} ${path}`);
}

export const POSTMAN_KEY = `PMAK-${'0a1b'.repeat(6)}-${'c2'.repeat(17)}`;
export const GITHUB_TOKEN = `ghp_${'a1B2'.repeat(9)}`;
export const AWS_SECRET_KEY = `${'aB3/'.repeat(9)}aB34`;
export const SLACK_TOKEN = ['xoxb', '1234567890', 'abCD12efGH34'].join('-');
export const PRIVATE_KEY_LINES = [
  ['-----BEGIN', 'PRIVATE', 'KEY-----'].join(' '),
  `MIIE${'vQ1B'.repeat(15)}`,
  'a9Zk'.repeat(16),
  'b8Yj'.repeat(10),
  ['-----END', 'PRIVATE', 'KEY-----'].join(' '),
];
