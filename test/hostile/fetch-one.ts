/** One resource whose body a test made up, on its way through fetching, normalizing, redacting and writing. */
import { fetchResources } from '../../src/commands/fetch-resources.ts';
import type { Kind, Outcome, RenderedResource } from '../../src/model.ts';
import { keyTo, refTo } from '../unit/plan/samples.ts';

export const UUID = 'aaaaaaaa-0000-4000-8000-000000000001';

export type FetchedOne = { readonly rendered?: RenderedResource; readonly outcome?: Outcome };

/** @returns its files, or the outcome `failed`; a bug of ours rejects. */
export async function fetchOne(kind: Kind, body: unknown): Promise<FetchedOne> {
  const source = {
    list: async () => ({ workspaces: [], listings: [] }),
    fetch: async () => body,
    quota: async () => undefined,
  };
  const due = { key: keyTo(UUID, kind), ref: refTo(UUID, { kind }), reason: 'added' } as const;
  const settings = { layout: 'json', secrets: 'redact', allowSecrets: [] } as const;
  for await (const fetched of fetchResources(source, [due], { settings, onSecret: () => undefined })) {
    return fetched;
  }
  throw new Error('nothing was fetched');
}
