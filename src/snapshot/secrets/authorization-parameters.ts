/** Reads the parameters of an `Authorization` header: `Credential={{key}}/x, Signature={{signature}}`. */
import { isStandIn } from './placeholder.ts';

// RFC 9110 §11.4: a list with commas, of tokens and quoted strings.
const PARAMETER =
  /\s*(?<name>[A-Za-z][\w-]{0,40})\s*=\s*(?:"(?<quoted>[^"]*)"|(?<plain>[^\s",{]*(?:\{\{[^{}]{0,100}\}\}[^\s",{]*){0,20}))\s*(?:,|$)/y;

// What only names somebody or something: of AWS (Signature Version 4), Digest (RFC 7616), OAuth 1 (RFC 5849) and Hawk.
const NAMES: ReadonlySet<string> = new Set([
  ...['credential', 'signedheaders'],
  ...['username', 'realm', 'nonce', 'uri', 'algorithm', 'qop', 'nc', 'cnonce', 'opaque'],
  ...['oauth_consumer_key', 'oauth_signature_method', 'oauth_timestamp', 'oauth_nonce', 'oauth_version'],
  ...['id', 'ts', 'app'],
]);

/** @returns whether all of it is a list of parameters in which references to variables stand for what is secret. */
export function onlyRefersToSecrets(credentials: string): boolean {
  let hasReference = false;
  for (let position = 0; position < credentials.length; position = PARAMETER.lastIndex) {
    PARAMETER.lastIndex = position;
    const { name, quoted, plain = '' } = PARAMETER.exec(credentials)?.groups ?? {};
    const value = quoted ?? plain;
    // The end of a base64 looks like a parameter without a value.
    const isReferred = value !== '' && isStandIn(value);
    if (name === undefined || !(isReferred || NAMES.has(name.toLowerCase()))) {
      return false;
    }
    hasReference ||= isReferred;
  }
  return hasReference;
}
