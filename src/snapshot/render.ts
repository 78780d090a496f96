/** One resource becomes one file, or the files of a folder: normalize, redact, serialize. */
import { KnownError } from '../errors.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import type { Finding, Kind, Layout, RenderedResource, ResourceFile, ResourceRef } from '../model.ts';
import { treeId } from '../object-id.ts';
import type { KindFormat } from './kinds/kind-format.ts';
import { formatAt, formatOf } from './kinds/registry.ts';
import { redactSecrets } from './secrets/redact.ts';
import { serialize, textFile } from './serialize.ts';

export type RenderRules = {
  readonly layout: Layout;
  readonly mode: 'redact' | 'keep' | 'fail';
  /** Whether a person has said that this is no secret. */
  readonly isAllowed: (finding: Finding) => boolean;
};

export type Rendered = {
  readonly resource: RenderedResource;
  /** The secret values that were found: for the mask, and for nothing else. */
  readonly secrets: readonly string[];
};

/**
 * @param ref which resource was asked for.
 * @param body what the API gave for it, without the envelope.
 * @returns the bytes to commit and the secrets that were found (also when `mode` keeps them).
 * @throws KnownError RESOURCE_INVALID when the body is no such resource, or another one.
 */
export async function renderResource(
  ref: Pick<ResourceRef, 'kind' | 'uuid' | 'name'>,
  body: unknown,
  rules: RenderRules,
): Promise<Rendered> {
  return renderNormalized(ref.kind, normalizeResource(ref, body), rules);
}

/** @param normalized what `normalizeResource` gave, or what was read back from its files. */
export async function renderNormalized(
  kind: Kind,
  normalized: JsonObject,
  { layout, mode, isAllowed }: RenderRules,
): Promise<Rendered> {
  const format = formatOf(kind, layout);
  const { value, findings, secrets } = await redactSecrets(normalized, { isAllowed });
  const files = renderFiles(mode === 'redact' && isObject(value) ? value : normalized, format);
  const items = format.countItems?.(normalized);
  const resource = { id: objectId(files), files, findings, ...(items === undefined ? {} : { items }) };
  return { resource, secrets };
}

/**
 * @returns the body in canonical form, its secrets in it.
 * @throws KnownError RESOURCE_INVALID when the body is no such resource, or another one.
 */
export function normalizeResource(
  ref: Pick<ResourceRef, 'kind' | 'uuid' | 'name'>,
  body: unknown,
): JsonObject {
  const format = formatOf(ref.kind, 'json');
  if (!isObject(body) || !format.isBody(body)) {
    throw new KnownError('RESOURCE_INVALID', 'Postman answered without its content');
  }
  const uuid = format.uuidOf(body);
  if (uuid !== undefined && uuid.toLowerCase() !== ref.uuid.toLowerCase()) {
    throw new KnownError(
      'RESOURCE_INVALID',
      `Postman answered with another one's body (id ${uuid.slice(0, 36)})`,
    );
  }
  return format.normalize(body, ref);
}

function renderFiles(normalized: JsonObject, { folder }: KindFormat): readonly ResourceFile[] {
  if (folder === undefined) {
    return [{ path: '', ...serialize(normalized) }];
  }
  return folder.filesOf(normalized).map(({ path, content }) => {
    const file = typeof content === 'string' ? textFile(content) : serialize(content);
    return { path, ...file };
  });
}

function objectId(files: readonly ResourceFile[]): string {
  const [first] = files;
  return first?.path === '' ? first.id : treeId(new Map(files.map(({ path, id }) => [path, id])));
}

/** Where a resource lies: which says in which form. */
type Place = { readonly kind: Kind; readonly path: string };

/**
 * Reads which resource a file holds, for files that no manifest names.
 * @param content of the resource's one file, or of the index of its folder.
 * @returns nothing when the bytes are not a resource of this kind with an id in it.
 */
export function identifyFile(
  { kind, path }: Place,
  content: Buffer,
): { uuid: string; name: string } | undefined {
  const body = parseJson(content);
  const format = formatAt(kind, path);
  if (format === undefined || !isObject(body) || !format.isBody(body)) {
    return undefined;
  }
  const uuid = format.uuidOf(body);
  return uuid === undefined ? undefined : { uuid, name: format.nameOf(body) ?? '' };
}

/** @returns the name of the file that says what the folder of a resource holds; nothing when it is a file. */
export function indexNameOf({ kind, path }: Place): string | undefined {
  return formatAt(kind, path)?.folder?.indexName;
}

/**
 * @param index bytes of a folder's index.
 * @returns the files of the folder that are the resource's own; nothing when the bytes are no such index.
 */
export function ownPaths(place: Place, index: Buffer): ReadonlySet<string> | undefined {
  const folder = formatAt(place.kind, place.path)?.folder;
  const body = parseJson(index);
  return folder === undefined || identifyFile(place, index) === undefined || !isObject(body)
    ? undefined
    : new Set([folder.indexName, ...folder.pathsIn(body)]);
}
