/** Takes secret values out of a resource and says where they were, never what they were. */
import type { Finding } from '../model.ts';
import { isObject, type JsonObject } from './json.ts';

export type Redacted = {
  readonly value: unknown;
  readonly findings: readonly Finding[];
};

const SECRET_VARIABLE = 'secret-variable';
// The API documents `value`; the app knows a current, an initial and a session value as well.
const VALUE_KEY = /^(\w+v|v)alue$/i;

/** Stands where the value of a secret variable was. Stable, and not a bit of the value is in it. */
export const SECRET_VARIABLE_PLACEHOLDER = '[redacted: secret variable]';

/**
 * Redacts the variables that Postman types as secret, at whatever depth and under whatever name a schema version
 * keeps its lists of variables. That type only hides the value on Postman's screen: the API gives it in clear
 * (https://learning.postman.com/docs/sending-requests/variables/). A value that only names another variable stays.
 */
export function redactSecretVariables(resource: unknown): Redacted {
  const findings: Finding[] = [];
  return { value: redactValue(resource, '$', findings), findings };
}

function redactValue(value: unknown, path: string, findings: Finding[]): unknown {
  if (Array.isArray(value)) {
    return value.map((entry, index) => redactValue(entry, `${path}[${index}]`, findings));
  }
  if (!isObject(value)) {
    return value;
  }
  const entries = Object.entries(value).map(([key, entry]): [string, unknown] => {
    const place = `${path}${member(key)}`;
    if (VALUE_KEY.test(key) && isSecretVariable(value) && isLiteral(entry)) {
      findings.push({ rule: SECRET_VARIABLE, path: place });
      return [key, SECRET_VARIABLE_PLACEHOLDER];
    }
    return [key, redactValue(entry, place, findings)];
  });
  return Object.fromEntries(entries);
}

function isSecretVariable({ type, secret }: JsonObject): boolean {
  return type === 'secret' || secret === true;
}

function isLiteral(value: unknown): boolean {
  return !isEmpty(value) && !isVariableReference(value) && value !== SECRET_VARIABLE_PLACEHOLDER;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function isVariableReference(value: unknown): boolean {
  return typeof value === 'string' && /^\{\{[^{}]+\}\}$/.test(value.trim());
}

function member(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
