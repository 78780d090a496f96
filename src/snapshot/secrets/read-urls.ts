/** Finds the credentials in URLs: the password before the host, and parameters that carry a key or a token. */
import { isDistinctive } from './distinctive.ts';
import { ENDS, findParameterLists } from './parameter-lists.ts';
import { isCredentialParameter, wordsOfParameter } from './parameter-names.ts';
import { isStandIn } from './placeholder.ts';
import type { Label, Span } from './span.ts';

// A reference to a variable may hold what else would end a part of a URL. All repetitions are bounded or of one class of
// characters: a text of megabytes must neither cost time nor overflow the stack of the engine.
const REFERENCE = String.raw`(?:\{\{[^{}]{0,100}\}\}|\{(?!\{))`;
const USER_INFO = new RegExp(
  `://(?<user>${mixed(`[^/?#@:,;(){${ENDS}]`, 128)}):(?<password>${mixed(`[^/?#{${ENDS}]`, 256)})@`,
  'g',
);
// After `?` or `&`, or where a form may begin.
const PARAMETER = new RegExp(
  String.raw`(?:[?&](?:amp;)?|(?<![^${ENDS}])(?=[^?&${ENDS}]{1,4000}&))(?<name>[A-Za-z][\w.-]{0,60})=(?<value>${mixed(`[^&#{${ENDS}]`)})`,
  'g',
);
// A string that is a URL as a whole: the last `@` before the path ends the user information (WHATWG URL, authority state).
const WHOLE_USER_INFO = new RegExp(`^(?:[^/?#:@]*://)?(?<user>${mixed('[^/?#:{]')}):(?<password>[^/?#]*)@`);
const WHOLE_PARAMETER = /[?&](?<name>[^=&#]{1,60})=(?<value>[^&#]+)/g;
// `mailto:somebody@example.com` is a URL without user information.
const NO_AUTHORITY = /^(?:mailto|sip|sips|xmpp|acct|urn|tel)$/i;
// What stands in for a password when the user name is the token (GitHub, Bitbucket).
const TOKEN_AS_USER = /^(?:|x-oauth-basic)$/;

/** @param url a string that is a URL as a whole, variables and all. */
export function readUrl(url: string): readonly Span[] {
  const userInfo = WHOLE_USER_INFO.exec(url);
  const isAddress = userInfo !== null && !NO_AUTHORITY.test(userInfo.groups?.['user'] ?? '');
  return [...(isAddress ? readUserInfo(userInfo) : []), ...readParameters(url, WHOLE_PARAMETER)];
}

/** @param text any text in which URLs, or forms in the notation of their queries, may stand. */
export function readUrlsInText(text: string): readonly Span[] {
  const spans: Span[] = [];
  if (text.includes('://')) {
    for (const match of text.matchAll(USER_INFO)) {
      // `http://localhost:8080,mail@example.com` is a port and the next entry of a list.
      if (!/^\d{1,5}[,;|)\]]/.test(match.groups?.['password'] ?? '')) {
        spans.push(...readUserInfo(match));
      }
    }
  }
  return text.includes('=') ? [...spans, ...readParametersInText(text)] : spans;
}

function readUserInfo({ 0: match, index, groups }: RegExpMatchArray): readonly Span[] {
  const user = groups?.['user'] ?? '';
  const password = groups?.['password'] ?? '';
  const label = { rule: 'url-password', what: 'url password', inUrl: true };
  const end = (index ?? 0) + match.length - 1;
  if (TOKEN_AS_USER.test(password)) {
    return isDistinctive(user) ? [spanOf(label, user, end - password.length - 1)] : [];
  }
  return isStandIn(password) ? [] : [spanOf(label, password, end)];
}

/** `&password=b` is a parameter only in a list of parameters: in a script, it may be a condition. */
function readParametersInText(text: string): readonly Span[] {
  const spans = readParameters(text, PARAMETER);
  if (spans.length === 0) {
    return [];
  }
  const isInList = findParameterLists(text);
  return spans.filter(({ start }) => isInList(start));
}

function readParameters(text: string, pattern: RegExp): readonly Span[] {
  const spans: Span[] = [];
  for (const { 0: match, index, groups } of text.matchAll(pattern)) {
    const name = groups?.['name'] ?? '';
    const value = groups?.['value'] ?? '';
    if (isCredentialParameter(name, value) && !isStandIn(value)) {
      const label = { rule: 'url-parameter', what: wordsOfParameter(name), inUrl: true };
      spans.push(spanOf(label, value, index + match.length));
    }
  }
  return spans;
}

/** @param end where `value` ends. */
function spanOf({ rule, what, inUrl }: Label, value: string, end: number): Span {
  return { rule, what, inUrl, start: end - value.length, end, alsoSecret: [decoded(value)] };
}

/** @returns the pattern of characters of one class with references to variables among them. */
function mixed(characters: string, maxLength?: number): string {
  const run = `${characters}${maxLength === undefined ? '*' : `{0,${maxLength}}`}`;
  return `${run}(?:${REFERENCE}${run}){0,20}`;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
