/** Which parameters of a URL or a form are credentials, by their names. */
import { isRandom } from './made-up.ts';

// Without `-`, `_` and `.`, in lower case. From OAuth 2 (RFC 6749, RFC 7523), the pre-signed URLs of AWS, Google and
// Azure, GitLab, and what APIs call their keys. Names that are more often something else (`code`, `auth`, `session`,
// `nonce`, `pagetoken`) are left out on purpose.
const CREDENTIALS: ReadonlySet<string> = new Set([
  ...['accesstoken', 'refreshtoken', 'idtoken', 'authtoken', 'sessiontoken', 'securitytoken', 'bearertoken'],
  ...['privatetoken', 'jobtoken', 'apitoken', 'usertoken', 'jwt', 'clientassertion'],
  ...['clientsecret', 'consumersecret', 'apisecret', 'appsecret', 'secret', 'secretkey'],
  ...['apikey', 'xapikey', 'accesskey', 'subscriptionkey'],
  ...['password', 'passwd', 'pwd', 'passphrase'],
  ...['sig', 'signature', 'xamzsignature', 'xamzsecuritytoken', 'xgoogsignature'],
]);

// These may be credentials, or the keys and cursors of a list: their values tell.
const PERHAPS: ReadonlySet<string> = new Set(['key', 'token']);

export function isCredentialParameter(name: string, value: string): boolean {
  const plain = name.toLowerCase().replace(/[-_.]/g, '');
  return CREDENTIALS.has(plain) || (PERHAPS.has(plain) && isRandom(value));
}

/** @returns the words of a parameter's name: `client_secret` → `client secret`. */
export function wordsOfParameter(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
