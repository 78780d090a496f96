/** Decides what becomes of each edited file, and what Postman is to get: nothing is written here. */

import { KnownError } from '../errors.ts';
import { isSameJson, type JsonObject } from '../json.ts';
import type { Kind, ManifestEntry, ResourceKey, ResourceRef, Workspace } from '../model.ts';
import { boundDifferences } from '../plan/compare/bound-differences.ts';
import { compareResources } from '../plan/compare/compare-resources.ts';
import { describeConflict } from '../plan/merge/conflict.ts';
import { mergeResources } from '../plan/merge/merge-resources.ts';
import type { EditedFile, UnknownFile } from '../plan/push/find-edits.ts';
import { printable } from '../printable.ts';
import type { PushOutcome } from '../report/push-report.ts';
import { keyOf, kindOf } from '../resource-key.ts';
import { nameIn, readEdited } from '../snapshot/read-edited.ts';
import { listEmptied } from '../snapshot/rebuild/fill-in.ts';
import { rebuildCopy, rebuildInPlace } from '../snapshot/rebuild.ts';
import { fetchVersion, type Version, type VersionTools } from './fetch-version.ts';
import type { ReadPast } from './read-past.ts';
import { endsRun } from './run-error.ts';

/** Which resource it is about. */
export type About = Pick<PushOutcome, 'kind' | 'name' | 'path'>;

export type PushStep = {
  /** What will have become of it when it is done. */
  readonly outcome: PushOutcome;
  /** Absent: Postman gets nothing. */
  readonly write?: PushWrite;
  /** What Postman has already, to be recorded as it is. */
  readonly known?: { readonly ref: ResourceRef; readonly version: Version };
  /** The entry of the manifest that this is about. */
  readonly key?: ResourceKey;
};

export type PushWrite =
  | {
      readonly action: 'replace';
      readonly ref: ResourceRef;
      readonly body: JsonObject;
      readonly seen: string;
    }
  | {
      readonly action: 'create';
      readonly kind: Kind;
      readonly workspace: Workspace;
      readonly body: JsonObject;
    }
  | { readonly action: 'remove'; readonly ref: ResourceRef; readonly seen: string };

export type PlanTools = VersionTools & {
  /** @returns path below the resource's own → content, as the branch has it now. */
  readonly readFiles: (path: string) => Promise<ReadonlyMap<string, Buffer>>;
  /** @param entry absent: nobody knows under which path and id to look. */
  readonly readPast: (key: ResourceKey, entry: ManifestEntry | undefined) => ReturnType<ReadPast>;
};

const quote = (text: string) => `"${printable(text)}"`;

/** @param ref the resource in Postman; nothing when Postman does not have it any more. */
export async function planEdited(
  { key, entry, path }: EditedFile,
  ref: ResourceRef | undefined,
  tools: PlanTools,
): Promise<PushStep> {
  const about = { kind: kindOf(key), name: entry.name, path };
  if (ref === undefined) {
    return { key, outcome: refuse(about, 'it was edited here, and removed in Postman') };
  }
  const ours = readEdited({ ...about, uuid: ref.uuid }, await tools.readFiles(path));
  const now = await fetchVersion(ref, tools);
  const base = now.rendered.id === entry.id ? now.value : await readBase({ key, entry, path }, ref, tools);
  if (base === undefined) {
    return {
      key,
      outcome: refuse(
        about,
        'it changed here and in Postman, and what it was before is not in the history of the branch',
      ),
    };
  }
  return planMerge({ key, about, ref, now }, { base, ours });
}

type Merging = {
  readonly key?: ResourceKey;
  readonly about: About;
  readonly ref: ResourceRef;
  readonly now: Version;
};

function planMerge(
  { key, about, ref, now }: Merging,
  { base, ours }: { readonly base: unknown; readonly ours: JsonObject },
): PushStep {
  const { kind } = about;
  const step = key === undefined ? {} : { key };
  const merge = mergeResources(kind, { base, ours, theirs: now.value });
  if ('conflicts' in merge) {
    const conflicts = merge.conflicts.map((one) => describeConflict(kind, one, quote));
    return { ...step, outcome: { ...refuse(about, 'both sides changed the same'), conflicts } };
  }
  if (isSameJson(merge.value, now.value)) {
    return { ...step, outcome: { ...about, status: 'equal' }, known: { ref, version: now } };
  }
  // What was made on a branch with a workspace of its own never had the secrets of this one.
  const emptied = key !== undefined && keyOf(ref) !== key ? listEmptied(base, merge.value) : [];
  if (emptied.length > 0) {
    const places = emptied.map((place) => printable(place)).join(', ');
    const reason = `the file is empty where a secret was redacted; put back what stood there before: ${places}`;
    return { ...step, outcome: refuse(about, reason) };
  }
  const { body, toFillIn } = rebuildInPlace(kind, merge.value, now.exact);
  if (toFillIn.length > 0) {
    const places = toFillIn.map((place) => printable(place)).join(', ');
    return {
      ...step,
      outcome: refuse(about, `Postman has no secret for what the file calls redacted: ${places}`),
    };
  }
  const isMerged = base !== now.value && !isSameJson(base, now.value);
  const { differences } = boundDifferences(compareResources(kind, now.value, merge.value));
  return {
    ...step,
    outcome: { ...about, status: isMerged ? 'merged' : 'pushed', differences },
    write: { action: 'replace', ref, body, seen: now.exactId },
  };
}

/** What the entry says is of the resource that it is of: of a counterpart, only the history tells. */
async function readBase(
  { key, entry }: EditedFile,
  ref: ResourceRef,
  { readPast }: PlanTools,
): Promise<JsonObject | undefined> {
  const files = await readPast(keyOf(ref), keyOf(ref) === key ? entry : undefined);
  return files === undefined ? undefined : readEdited(ref, files);
}

/**
 * @param workspace where it is to be created.
 * @param findNamesake finds what the workspace has of that kind and name, and no file is about.
 */
export async function planAdded(
  { kind, path, name: nameOfFile, elsewhere }: UnknownFile,
  workspace: Workspace,
  tools: PlanTools & { readonly findNamesake: (name: string) => ResourceRef | undefined },
): Promise<PushStep> {
  const ours = readEdited({ kind, uuid: '', name: nameOfFile }, await tools.readFiles(path));
  const name = nameIn(kind, ours) ?? nameOfFile;
  const about = { kind, name, path };
  const step = elsewhere === undefined ? {} : { key: elsewhere };
  const { body, toFillIn } = rebuildCopy(kind, ours, { name });
  const namesake = tools.findNamesake(name);
  if (namesake !== undefined) {
    const now = await fetchVersion(namesake, tools);
    // An earlier push was stopped after it had created it.
    return isSameJson(rebuildCopy(kind, now.exact, { name }).body, body)
      ? { ...step, outcome: { ...about, status: 'equal' }, known: { ref: namesake, version: now } }
      : { outcome: refuse(about, 'the workspace has another one of that name, which is not backed up yet') };
  }
  return {
    ...step,
    outcome: { ...about, status: 'created', ...(toFillIn.length === 0 ? {} : { toFillIn }) },
    write: { action: 'create', kind, workspace, body },
  };
}

/** What Postman has must be what was backed up: an edit there is not to be lost. */
export async function planRemoved(
  { key, entry }: Pick<EditedFile, 'key' | 'entry'>,
  ref: ResourceRef | undefined,
  tools: PlanTools,
): Promise<PushStep> {
  const about = { kind: kindOf(key), name: entry.name, path: entry.path };
  if (ref === undefined) {
    return { key, outcome: { ...about, status: 'equal' } };
  }
  const now = await fetchVersion(ref, tools);
  return now.rendered.id === entry.id
    ? { key, outcome: { ...about, status: 'removed' }, write: { action: 'remove', ref, seen: now.exactId } }
    : { key, outcome: refuse(about, 'it was removed here, and edited in Postman') };
}

export function refuse({ kind, name, path }: About, note: string): PushOutcome {
  return { kind, name, path, status: 'refused', code: 'PUSH_CONFLICT', note };
}

/** An outage is no matter of one resource: it is thrown again, as is a bug of ours. */
export function outcomeOfError({ kind, name, path }: About, error: unknown): PushOutcome {
  const about = { kind, name, path, status: 'failed' } as const;
  // Nesting too deep for the call stack is the file's fault.
  if (error instanceof RangeError) {
    return { ...about, code: 'RESOURCE_INVALID', note: 'it is nested too deeply' };
  }
  if (!(error instanceof KnownError) || endsRun(error)) {
    throw error;
  }
  return { ...about, code: error.code, note: error.message };
}
