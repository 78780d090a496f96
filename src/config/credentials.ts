/** Keys and tokens: from a variable, or from the file that `<variable>_FILE` names. */
import { KnownError } from '../errors.ts';
import type { Env } from './ci-environment.ts';

export type ReadFile = (path: string) => string;

/**
 * @returns the credential, or nothing when neither variable is set.
 * @throws KnownError CONFIG_INVALID whose message names the variable and never holds a value.
 */
export function readCredential(variable: string, env: Env, readFile: ReadFile): string | undefined {
  // Of the variables only: an object has more names than that.
  const read = (name: string) => (Object.hasOwn(env, name) ? env[name]?.trim() : undefined);
  const direct = read(variable);
  const file = read(`${variable}_FILE`);
  const value = direct || (file ? readCredentialFile(`${variable}_FILE`, file, readFile) : undefined);
  if (value !== undefined && /[^\x21-\x7e]/.test(value)) {
    throw new KnownError(
      'CONFIG_INVALID',
      `${variable}: holds white space or characters that no key has; was it cut or pasted badly?`,
    );
  }
  return value;
}

function readCredentialFile(variable: string, path: string, readFile: ReadFile): string | undefined {
  try {
    return readFile(path).trim() || undefined;
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new KnownError('CONFIG_INVALID', `${variable}: names a file that cannot be read (${reason}).`);
  }
}
