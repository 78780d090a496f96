/** Which Postman API, and with which key. */
import { KnownError } from '../errors.ts';
import { printable } from '../printable.ts';
import type { BackupConfig } from './config.ts';
import { readCredential } from './credentials.ts';
import type { ResolveContext } from './load.ts';
import type { Values } from './values.ts';

const HOSTS = { us: 'https://api.postman.com', eu: 'https://api.eu.postman.com' } as const;

export function resolvePostman(
  values: Values,
  { env, readFile, run, problems }: ResolveContext,
): BackupConfig['postman'] {
  const region = run.region ?? 'us';
  const variable = values['api-key-variable'] ?? 'POSTMAN_API_KEY';
  const override = env['POSTMAN_API_URL']?.trim();
  const url = override ? checkUrl(override, problems) : HOSTS[region];
  let apiKey: string | undefined;
  try {
    apiKey = readCredential(variable, env, readFile);
    if (apiKey === undefined) {
      const message = `There is no Postman API key: ${printable(variable)} is empty.`;
      problems.addError(new KnownError('POSTMAN_KEY_MISSING', message));
    }
  } catch (error) {
    problems.add(error instanceof Error ? error.message : String(error));
  }
  return { url, region, apiKey: apiKey ?? '' };
}

function checkUrl(text: string, problems: ResolveContext['problems']): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    problems.add('POSTMAN_API_URL must be an http(s) URL without a user or password in it.');
  }
  return text.replace(/\/+$/, '');
}
