/** One resource becomes one file: normalize, redact, serialize. */
import { KnownError } from '../errors.ts';
import type { Finding, Kind, RenderedFile } from '../model.ts';
import { isObject, parseJson } from './json.ts';
import { kindFormats } from './kinds/registry.ts';
import { redactSecretVariables } from './redact.ts';
import { serialize } from './serialize.ts';

export type SecretsMode = 'redact' | 'keep' | 'fail';

export type RenderedResource = RenderedFile & {
  readonly findings: readonly Finding[];
};

/**
 * @param resource which one was asked for.
 * @param body what the API gave for it, without the envelope.
 * @returns the bytes to commit and the secrets that were found (also when `secrets` keeps them).
 * @throws KnownError RESOURCE_INVALID when the body is no such resource, or another one.
 */
export function renderResource(
  resource: { readonly kind: Kind; readonly uuid: string },
  body: unknown,
  secrets: SecretsMode,
): RenderedResource {
  const format = kindFormats[resource.kind];
  if (!isObject(body) || !format.isBody(body)) {
    throw new KnownError('RESOURCE_INVALID', 'Postman answered without its content');
  }
  const uuid = format.uuidOf(body);
  if (uuid !== undefined && uuid.toLowerCase() !== resource.uuid.toLowerCase()) {
    throw new KnownError(
      'RESOURCE_INVALID',
      `Postman answered with another one's body (id ${uuid.slice(0, 36)})`,
    );
  }
  const normalized = format.normalize(body, resource.uuid);
  const redacted = redactSecretVariables(normalized);
  const file = serialize(secrets === 'redact' ? redacted.value : normalized);
  return { ...file, findings: redacted.findings };
}

/**
 * Reads which resource a file holds, for files that no manifest names.
 * @returns nothing when the bytes are not a resource of this kind with an id in it.
 */
export function identifyFile(kind: Kind, content: Buffer): { uuid: string; name: string } | undefined {
  const body = parseJson(content);
  const format = kindFormats[kind];
  if (!isObject(body) || !format.isBody(body)) {
    return undefined;
  }
  const uuid = format.uuidOf(body);
  return uuid === undefined ? undefined : { uuid, name: format.nameOf(body) ?? '' };
}
