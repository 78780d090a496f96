/** Finds the credentials in headers and cookies. */
import { onlyRefersToSecrets } from './authorization-parameters.ts';
import { isStandIn } from './placeholder.ts';
import { type Span, shiftSpans, wholeSpan } from './span.ts';

const HEADER = 'header-credential';
const COOKIE = 'cookie';

/**
 * Headers that carry a key or a token, by the end of their names: `X-Api-Key`, `Ocp-Apim-Subscription-Key`,
 * `X-Amz-Security-Token`. Not in here, because they carry no credential: `Postman-Token` (marks a request),
 * `Idempotency-Key`, `Sec-WebSocket-Key`, CSRF tokens (worth nothing without their cookie; SAP's say `Fetch`).
 */
const SECRET_ENDINGS = [
  ...['api-key', 'apikey', 'api-token', 'api-secret', 'auth-key', 'auth-token', 'authtoken'],
  ...['access-token', 'accesstoken', 'refresh-token', 'session-token', 'security-token', 'secret-token'],
  ...['service-token', 'subject-token', 'user-token', 'account-token', 'server-token', 'private-token'],
  ...['job-token', 'deploy-token', 'gitlab-token', 'github-token', 'vault-token', 'circle-token'],
  ...['client-secret', 'app-secret', 'secret-key', 'application-key', 'subscription-key', 'functions-key'],
  ...['rapidapi-key', 'mashape-key', 'master-key', 'insert-key', 'license-key'],
];
const SECRET_NAMES: ReadonlySet<string> = new Set(['token', 'x-token', 'secret', 'x-secret', 'password']);

// Schemes of the IANA registry, and of APIs that made their own.
const SCHEME =
  /^\s*(?:basic|bearer|digest|dpop|gnap|hoba|mutual|negotiate|ntlm|oauth|privatetoken|scram-sha-\d+|vapid|apikey|api-key|api_key|token|key|jwt|hawk|sso-key|ssws|geniekey|splunk|sharedkey(?:lite)?|aws|aws4-hmac-sha256|eg1-hmac-sha256|googlelogin|klaviyo-api-key|discogs|bot)(?:\s+|$)/i;

// RFC 6265 and its successor draft.
const COOKIE_ATTRIBUTES =
  /^(?:path|domain|expires|max-age|secure|httponly|samesite|priority|partitioned|version|comment)$/i;

/** @returns the credentials in the value of the header `name`. */
export function readHeader(name: string, value: string): readonly Span[] {
  const plain = name.trim().toLowerCase().replaceAll('_', '-');
  switch (plain) {
    case 'authorization':
      return readAuthorization(value, 'Authorization header');
    case 'proxy-authorization':
      return readAuthorization(value, 'Proxy-Authorization header');
    case 'cookie':
      return readCookies(value, 'request');
    case 'set-cookie':
    case 'set-cookie2':
      return readCookies(value, 'response');
    default:
      return isSecretHeader(plain)
        ? wholeSpan(value, { rule: HEADER, what: 'API key header', inUrl: false })
        : [];
  }
}

/** @param text lines of `Name: value`, as the older formats keep headers. */
export function readHeaderLines(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const { 0: line, index, groups } of text.matchAll(/^(?<name>[\w-]+)[ \t]*:(?<value>.*)$/gm)) {
    const value = groups?.['value'] ?? '';
    spans.push(...shiftSpans(readHeader(groups?.['name'] ?? '', value), index + line.length - value.length));
  }
  return spans;
}

function isSecretHeader(name: string): boolean {
  return (
    SECRET_NAMES.has(name) || SECRET_ENDINGS.some((ending) => name === ending || name.endsWith(`-${ending}`))
  );
}

/** The scheme stays: `Bearer abc` is still a bearer token when its token is gone. */
function readAuthorization(value: string, what: string): readonly Span[] {
  const scheme = SCHEME.exec(value)?.[0] ?? /^\s*/.exec(value)?.[0] ?? '';
  const credentials = value.slice(scheme.length).trimEnd();
  const password = /^basic$/i.test(scheme.trim()) ? passwordIn(credentials) : undefined;
  if (isStandIn(password ?? credentials) || onlyRefersToSecrets(credentials)) {
    return [];
  }
  const start = scheme.length;
  const end = start + credentials.length;
  return [
    { rule: HEADER, what, inUrl: false, start, end, alsoSecret: password === undefined ? [] : [password] },
  ];
}

/** Basic credentials are the base64 of `user:password` (RFC 7617). */
function passwordIn(credentials: string): string | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(credentials)) {
    return undefined;
  }
  const decoded = Buffer.from(credentials, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon === -1 ? undefined : decoded.slice(colon + 1);
}

/** The name of a cookie stays, and so do the attributes of one that a response sets. */
function readCookies(header: string, side: 'request' | 'response'): readonly Span[] {
  const spans: Span[] = [];
  let from = 0;
  // Several `Set-Cookie` may have been folded into one, with commas; the comma of a date is not followed by a name.
  for (const piece of header.split(/;|,(?=\s*[^;,=\s]+=)/)) {
    const equals = piece.indexOf('=');
    const name = piece.slice(0, equals === -1 ? undefined : equals).trim();
    const value = piece.slice(equals + 1);
    if (!isStandIn(value) && !(side === 'response' && COOKIE_ATTRIBUTES.test(name))) {
      const start = from + equals + 1 + (value.length - value.trimStart().length);
      spans.push({ rule: COOKIE, what: 'cookie', inUrl: false, start, end: start + value.trim().length });
    }
    from += piece.length + 1;
  }
  return spans;
}
