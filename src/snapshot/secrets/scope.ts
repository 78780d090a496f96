/** What a place in a resource is for: the surroundings decide how a string is read. */
import type { JsonObject } from '../../json.ts';
import { credentialLabel, isSecretAttribute } from './auth-attributes.ts';
import { isCredentialParameter, wordsOfParameter } from './parameter-names.ts';
import type { Label } from './span.ts';

export type Scope =
  | { readonly type: 'text' }
  /** The value of a secret variable, of whatever type. */
  | { readonly type: 'variable-value' }
  /** A string that is a credential as a whole. */
  | { readonly type: 'credential'; readonly label: Label }
  | { readonly type: 'auth' }
  /** The attributes of one kind of auth. */
  | { readonly type: 'attributes'; readonly auth: string; readonly isList: boolean }
  | { readonly type: 'headers' }
  | { readonly type: 'header'; readonly name: string }
  | { readonly type: 'cookies' }
  | { readonly type: 'url' }
  | { readonly type: 'url-auth' }
  /** A part of a URL that is kept alone: a segment of its host or path. */
  | { readonly type: 'url-part' }
  | { readonly type: 'parameters'; readonly rule: 'url-parameter' | 'form-parameter' };

export const TEXT: Scope = { type: 'text' };

// The API documents `value`; the app knows a current, an initial and a session value as well.
const VALUE_KEY = /^(\w+v|v)alue$/i;

// The names of these members in the collection formats 1, 2.0, 2.1 and 3 (postman.md §5).
const SCOPES: ReadonlyMap<string, Scope> = new Map<string, Scope>([
  ['auth', { type: 'auth' }],
  ['helperAttributes', { type: 'attributes', auth: 'auth', isList: false }],
  ['certificate', { type: 'attributes', auth: 'certificate', isList: false }],
  ['header', { type: 'headers' }],
  ['headers', { type: 'headers' }],
  ['headerData', { type: 'headers' }],
  ['cookie', { type: 'cookies' }],
  ['cookies', { type: 'cookies' }],
  ['url', { type: 'url' }],
  ['query', { type: 'parameters', rule: 'url-parameter' }],
  ['queryParams', { type: 'parameters', rule: 'url-parameter' }],
  ['urlencoded', { type: 'parameters', rule: 'form-parameter' }],
  ['formdata', { type: 'parameters', rule: 'form-parameter' }],
]);

/** @returns the scope of the member `key` of `object`, which itself stands in `scope`. */
export function scopeOfMember(scope: Scope, object: JsonObject, key: string): Scope {
  if (VALUE_KEY.test(key) && isSecretVariable(object)) {
    return { type: 'variable-value' };
  }
  switch (scope.type) {
    case 'auth':
      return scopeInAuth(object, key);
    case 'attributes':
      return scopeOfAttribute(scope, object, key);
    case 'headers':
      return scopeOfHeader(object, key);
    case 'cookies':
      return key === 'value'
        ? { type: 'credential', label: { rule: 'cookie', what: 'cookie', inUrl: false } }
        : TEXT;
    case 'url':
      return scopeInUrl(key);
    case 'url-auth':
      return key === 'password'
        ? { type: 'credential', label: { rule: 'url-password', what: 'url password', inUrl: true } }
        : TEXT;
    case 'parameters':
      return scopeOfParameter(scope.rule, object, key);
    case 'text':
    case 'url-part':
    case 'header':
    case 'credential':
    case 'variable-value':
      return SCOPES.get(key) ?? TEXT;
  }
}

function isSecretVariable({ type, secret }: JsonObject): boolean {
  return type === 'secret' || secret === true;
}

/** `{type: 'basic', basic: …}`; format 3 calls the attributes of each type `credentials`. */
function scopeInAuth(object: JsonObject, key: string): Scope {
  if (typeof object['type'] !== 'string') {
    return scopeOfAttribute({ auth: 'auth', isList: false }, object, key);
  }
  const auth = key === 'credentials' ? object['type'] : key;
  return key === 'type' ? TEXT : { type: 'attributes', auth, isList: Array.isArray(object[key]) };
}

/** Attributes are members by their names (format 2.0), or a list of `key` and `value` (2.1); they may nest. */
function scopeOfAttribute(
  { auth, isList }: { readonly auth: string; readonly isList: boolean },
  object: JsonObject,
  key: string,
): Scope {
  if (isList && key !== 'value') {
    return TEXT;
  }
  if (typeof object[key] !== 'string') {
    return { type: 'attributes', auth, isList: Array.isArray(object[key]) };
  }
  const attribute = isList ? String(object['key']) : key;
  return isSecretAttribute(auth, attribute)
    ? { type: 'credential', label: credentialLabel(auth, attribute) }
    : TEXT;
}

function scopeOfHeader(object: JsonObject, key: string): Scope {
  const name = object['key'] ?? object['name'];
  if (Object.hasOwn(object, 'value')) {
    return key === 'value' && typeof name === 'string' ? { type: 'header', name } : TEXT;
  }
  return { type: 'header', name: key };
}

function scopeInUrl(key: string): Scope {
  if (key === 'raw') {
    return { type: 'url' };
  }
  if (key === 'auth') {
    return { type: 'url-auth' };
  }
  if (key === 'query') {
    return { type: 'parameters', rule: 'url-parameter' };
  }
  return { type: 'url-part' };
}

function scopeOfParameter(rule: 'url-parameter' | 'form-parameter', object: JsonObject, key: string): Scope {
  const { key: name, value } = object;
  const isCredential =
    key === 'value' &&
    typeof name === 'string' &&
    typeof value === 'string' &&
    isCredentialParameter(name, value);
  if (!isCredential) {
    return TEXT;
  }
  return { type: 'credential', label: { rule, what: wordsOfParameter(name), inUrl: true } };
}

/** @returns whether a string in this scope is a part of a URL as a whole. */
export function isUrlScope(scope: Scope): boolean {
  return scope.type === 'url' || scope.type === 'url-part';
}
