/** What is secret in an `auth` block, by its type. */
import { AUTH_CREDENTIAL, type Label } from './span.ts';

/**
 * The attributes that are credentials, for each type in Postman's API description (schemas `auth` and `auth-2`), by the
 * names that Postman gives them (https://learning.postman.com/docs/sending-requests/authorization/). User names,
 * client ids, consumer keys, AWS access key ids, realms, nonces and regions only name somebody or something.
 */
const SECRET_ATTRIBUTES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['apikey', new Set(['value'])],
  ['asap', new Set(['privateKey'])],
  ['awsv4', new Set(['secretKey', 'sessionToken'])],
  ['basic', new Set(['password'])],
  ['bearer', new Set(['token'])],
  ['digest', new Set(['password'])],
  ['edgegrid', new Set(['accessToken', 'clientToken', 'clientSecret'])],
  ['hawk', new Set(['authKey'])],
  ['jwt', new Set(['secret', 'privateKey'])],
  ['ntlm', new Set(['password'])],
  ['oauth1', new Set(['consumerSecret', 'token', 'tokenSecret', 'verifier', 'privateKey'])],
  ['oauth2', new Set(['accessToken', 'refreshToken', 'clientSecret', 'password'])],
]);

// For types that are not in the table, and for attributes that Postman adds to those that are.
const SECRET_NAME =
  /(?:password|passwd|passphrase|secret|token|privatekey|secretkey|apikey|signature|assertion)$/;

export function isSecretAttribute(auth: string, attribute: string): boolean {
  return (
    SECRET_ATTRIBUTES.get(auth)?.has(attribute) === true ||
    SECRET_NAME.test(attribute.toLowerCase().replace(/[^a-z]/g, ''))
  );
}

export function credentialLabel(auth: string, attribute: string): Label {
  return { rule: AUTH_CREDENTIAL, what: `${wordsOf(auth)} ${wordsOf(attribute)}`, inUrl: false };
}

/** `clientSecret` → `client secret`; of a name that somebody made up, no more than a few words. */
function wordsOf(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').split(/[^A-Za-z0-9]+/);
  return words.slice(0, 3).join(' ').trim().toLowerCase().slice(0, 40);
}
