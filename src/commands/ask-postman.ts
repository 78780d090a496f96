/** Asks Postman for what a backup holds, and says of each resource what it answered. */

import { KnownError } from '../errors.ts';
import type { AllowedSecret, Inventory, Kind, Outcome, RenderedResource, ResourceRef } from '../model.ts';
import { findKnownCode } from '../report/known-code.ts';
import { keyOf } from '../resource-key.ts';
import { fetchResources } from './fetch-resources.ts';
import type { Source } from './ports.ts';
import type { SnapshotResource } from './read-snapshot.ts';

export type Answer =
  | { readonly state: 'there'; readonly ref: ResourceRef; readonly rendered: RenderedResource }
  | { readonly state: 'gone' }
  | { readonly state: 'unknown'; readonly why: string };

type AskOptions = {
  readonly source: Source;
  readonly allowSecrets: readonly AllowedSecret[];
  /** Hears every secret value that was found. */
  readonly onSecret: (value: string) => void;
};

type Located = { readonly ref: ResourceRef } | Exclude<Answer, { state: 'there' }>;

/**
 * Yields an answer for each resource, in their order; what is there is rendered in the layout `json`, secrets taken out.
 * @throws KnownError when Postman cannot be asked at all.
 */
export async function* askPostman(
  resources: readonly SnapshotResource[],
  { source, allowSecrets, onSecret }: AskOptions,
): AsyncGenerator<Answer, void> {
  const located = await locate(resources, source);
  const refs = resources.flatMap((one) => {
    const place = located.get(one);
    return place !== undefined && 'ref' in place
      ? [{ key: keyOf(one), ref: place.ref, entry: one.entry, reason: undefined }]
      : [];
  });
  const settings = { layout: 'json', secrets: 'redact', allowSecrets } as const;
  const fetched = fetchResources(source, refs, { settings, onSecret });
  const failures: Outcome[] = [];
  try {
    for (const resource of resources) {
      const place = located.get(resource) ?? { state: 'gone' };
      if (!('ref' in place)) {
        yield place;
        continue;
      }
      const { value } = await fetched.next();
      if (value?.rendered !== undefined) {
        yield { state: 'there', ref: place.ref, rendered: value.rendered };
      } else {
        failures.push(...(value === undefined ? [] : [value.outcome]));
        yield { state: 'unknown', why: value?.outcome.note ?? 'Postman does not give it' };
      }
    }
  } finally {
    await fetched.return(undefined);
  }
  throwIfAllFailed(failures, refs.length);
}

/** One that cannot be fetched says nothing of Postman; all of them do. */
function throwIfAllFailed(failures: readonly Outcome[], asked: number): void {
  const [first] = failures;
  const known = findKnownCode(first?.code);
  if (known !== undefined && failures.length === asked) {
    throw new KnownError(known.code, first?.note ?? '');
  }
}

async function locate(
  resources: readonly SnapshotResource[],
  source: Source,
): Promise<ReadonlyMap<SnapshotResource, Located>> {
  const located = new Map<SnapshotResource, Located>();
  for (const workspace of new Set(resources.map((one) => one.workspace.id))) {
    const its = resources.filter((one) => one.workspace.id === workspace);
    const find = await listWorkspace(workspace, [...new Set(its.map(({ kind }) => kind))], source);
    for (const one of its) {
      located.set(one, find(one));
    }
  }
  return located;
}

async function listWorkspace(
  workspace: string,
  kinds: readonly Kind[],
  source: Source,
): Promise<(resource: SnapshotResource) => Located> {
  if (workspace === '') {
    return () => ({ state: 'unknown', why: 'the manifest does not say in which workspace it is' });
  }
  try {
    const inventory = await source.list({ workspaces: [workspace], kinds });
    return (resource) => findIn(inventory, resource);
  } catch (error) {
    if (error instanceof KnownError && error.code === 'WORKSPACE_NOT_FOUND') {
      return () => ({ state: 'unknown', why: 'the key cannot see its workspace, or there is none any more' });
    }
    throw error;
  }
}

/** Of a list that may be short, or that nothing confirms, it does not follow that something is gone. */
function findIn({ listings }: Inventory, { kind, uuid }: SnapshotResource): Located {
  const its = listings.filter((listing) => listing.kind === kind);
  const ref = its.flatMap(({ refs }) => refs).find((one) => one.uuid === uuid);
  if (ref !== undefined) {
    return { ref };
  }
  const doubtful = its.find((listing) => listing.unavailable ?? listing.doubt ?? listing.unconfirmed);
  return doubtful === undefined
    ? { state: 'gone' }
    : {
        state: 'unknown',
        why: doubtful.unavailable ?? doubtful.doubt ?? 'its list is empty, which nothing confirms',
      };
}
