/** What Postman has of a resource now: as a backup would write it, and with the secrets in it. */
import type { BackupConfig } from '../config/config.ts';
import { KnownError } from '../errors.ts';
import type { RenderedResource, ResourceRef } from '../model.ts';
import { parseResource } from '../snapshot/parse-resource.ts';
import { renderResource } from '../snapshot/render.ts';
import { allowanceFor } from '../snapshot/secrets/allowance.ts';
import type { Source } from './ports.ts';

export type Version = {
  readonly rendered: RenderedResource;
  /** Normalized, as it is rendered. */
  readonly value: unknown;
  /** Normalized, with the secrets in it. */
  readonly exact: unknown;
  /** Object id of the files with the secrets in them: the same as long as nothing at all changed. */
  readonly exactId: string;
};

export type VersionTools = {
  readonly source: Source;
  readonly settings: BackupConfig;
  /** Hears every secret value that was found. */
  readonly onSecret: (value: string) => void;
};

/** @throws KnownError */
export async function fetchVersion(
  { body: _, ...ref }: ResourceRef,
  { source, settings, onSecret }: VersionTools,
): Promise<Version> {
  const { layout, secrets: mode } = settings;
  const body = await source.fetch(ref);
  const rules = { layout, mode, isAllowed: allowanceFor(ref, settings.allowSecrets) };
  const { resource: rendered, secrets } = await renderResource(ref, body, rules);
  for (const secret of secrets) {
    onSecret(secret);
  }
  if (mode === 'fail' && rendered.findings.length > 0) {
    throw new KnownError('SECRETS_FOUND', 'there are secrets in it, and `secrets` is `fail`');
  }
  const exact =
    secrets.length === 0 && rendered.findings.length === 0
      ? rendered
      : (await renderResource(ref, body, { ...rules, mode: 'keep' })).resource;
  return {
    rendered,
    value: parseRendered(ref, rendered),
    exact: parseRendered(ref, exact),
    exactId: exact.id,
  };
}

function parseRendered({ kind }: ResourceRef, { files }: RenderedResource): unknown {
  return parseResource(kind, new Map(files.map(({ path, content }) => [path, content])));
}
