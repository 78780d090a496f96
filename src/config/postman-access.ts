/** Which Postman API, and with which key. */
import { KnownError } from '../errors.ts';
import { checkUrl } from './check-url.ts';
import type { BackupConfig } from './config.ts';
import type { ResolveContext } from './context.ts';
import { readCredential } from './credentials.ts';
import { placeOf } from './layer.ts';
import { located } from './problems.ts';
import type { Asked } from './values.ts';

const HOSTS = { us: 'https://api.postman.com', eu: 'https://api.eu.postman.com' } as const;

export function resolvePostman(asked: Asked, context: ResolveContext): BackupConfig['postman'] {
  const { env, run, problems } = context;
  const region = run.values.region ?? 'us';
  const override = env['POSTMAN_API_URL']?.trim();
  const url = override ? problems.attempt(() => checkUrl('POSTMAN_API_URL', override)) : undefined;
  const apiKey = problems.attempt(() => readApiKey(asked, context));
  return { url: url ?? HOSTS[region], region, apiKey: apiKey ?? '' };
}

function readApiKey({ values, given }: Asked, { env, readFile }: ResolveContext): string {
  const variable = values['api-key-variable'] ?? 'POSTMAN_API_KEY';
  const apiKey = readCredential(variable, env, readFile);
  if (apiKey === undefined) {
    const problem = `There is no Postman API key: ${variable} is empty.`;
    throw new KnownError('POSTMAN_KEY_MISSING', located(placeOf(given, 'api-key-variable'), problem));
  }
  return apiKey;
}
