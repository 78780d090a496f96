/** Takes secret values out of a resource and says where they were, never what they were. */
import type { Finding } from '../model.ts';
import { isObject, type JsonObject } from './json.ts';

export type Redacted = {
  readonly value: unknown;
  readonly findings: readonly Finding[];
};

const SECRET_VARIABLE = 'secret-variable';

/** Stands where the value of a secret variable was. Stable, and not a bit of the value is in it. */
export const SECRET_VARIABLE_PLACEHOLDER = '[redacted: secret variable]';

/**
 * Redacts the variables that Postman types as secret. That type only hides the value on Postman's screen: the
 * API gives it in clear (https://learning.postman.com/docs/sending-requests/variables/). A value that only names another variable stays.
 * @param path JSON path of the list, for the findings.
 */
export function redactVariables(variables: unknown, path: string): Redacted {
  if (!Array.isArray(variables)) {
    return { value: variables, findings: [] };
  }
  const findings: Finding[] = [];
  const value = variables.map((variable: unknown, index) => {
    if (!isObject(variable) || !holdsSecret(variable)) {
      return variable;
    }
    findings.push({ rule: SECRET_VARIABLE, path: `${path}[${index}].value` });
    return { ...variable, value: SECRET_VARIABLE_PLACEHOLDER };
  });
  return { value, findings };
}

function holdsSecret({ type, secret, value }: JsonObject): boolean {
  const isSecret = type === 'secret' || secret === true;
  return isSecret && !isEmpty(value) && !isVariableReference(value) && value !== SECRET_VARIABLE_PLACEHOLDER;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function isVariableReference(value: unknown): boolean {
  return typeof value === 'string' && /^\{\{[^{}]+\}\}$/.test(value.trim());
}
