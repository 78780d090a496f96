/** Restores as new copies in one workspace: nothing that is there is touched. */
import type { RestoreDestination } from '../config/restore.ts';
import { KnownError } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Inventory, ResourceRef, Workspace } from '../model.ts';
import { onlyItem } from '../plan/restore/pick-item.ts';
import { writes } from '../plan/restore/steps.ts';
import type { RestoreStep } from '../restore-step.ts';
import { linksOf } from '../snapshot/rebuild/bodies.ts';
import { compareCopy } from '../snapshot/rebuild/compare-copy.ts';
import { type Rebuilt, rebuildCopy } from '../snapshot/rebuild.ts';
import { normalizeResource } from '../snapshot/render.ts';
import type { Source, Target } from './ports.ts';
import { aboutStep, assertComplete, type Chosen, type RestoreWay } from './restore-way.ts';

type CopyOptions = {
  readonly to: Extract<RestoreDestination, { name: string }>;
  readonly source: Source;
  readonly target: Target;
  /** What is restored, each with the name of its copy. */
  readonly names: ReadonlyMap<Chosen, string>;
};

type Copying = CopyOptions & {
  /** What the workspace holds already. */
  readonly existing: readonly ResourceRef[];
  /** Uuid in the backup → uid of its copy. */
  readonly newIds: Map<string, string>;
  /** Absent: it is to be created. */
  workspace: Workspace | undefined;
};

type Judged = Pick<RestoreStep, 'action' | 'note' | 'as' | 'toFillIn'>;

const BACKUP_ONLY = 'no API writes to the API Builder: backup only';
const OLD_FORMAT = 'its format is older than those that the API takes: import its file in Postman';
const NOT_LINKED =
  'left out, because the collection or environment that it refers to is not restored with it';
const OTHER_CONTENT = 'there is something of this name already, with other content';
const OTHER_GLOBALS = 'the workspace has global variables of its own';
const ONE_SET_OF_GLOBALS =
  'a workspace has one set of global variables, and those of another are restored there';
const SWITCHED_OFF = 'switched off: turn it on when the one that it was copied from is gone';

/** @throws KnownError when the workspace cannot be found. */
export async function openCopies(options: CopyOptions): Promise<RestoreWay> {
  const inventory = await listWorkspace(options);
  const copying: Copying = {
    ...options,
    existing: inventory?.listings.flatMap(({ refs }) => refs) ?? [],
    newIds: new Map(),
    workspace: inventory?.workspaces[0],
  };
  return {
    plan: async (chosen) => ({ ...aboutStep(chosen), ...(await judge(chosen, copying)) }),
    begin: async () => undefined,
    carryOut: (chosen, step) => carryOut(chosen, step, copying),
    end: async () => undefined,
  };
}

/** @returns nothing when the workspace is to be created. */
async function listWorkspace({ to, source, names }: CopyOptions): Promise<Inventory | undefined> {
  const kinds = new Set([...names.keys()].map(({ resource }) => resource.kind));
  try {
    return assertComplete(await source.list({ workspaces: [to.name], kinds: [...kinds] }));
  } catch (error) {
    if (error instanceof KnownError && error.code === 'WORKSPACE_NOT_FOUND') {
      if (to.type === 'new-workspace') {
        return undefined;
      }
      const hint = 'Correct `to-workspace`, or let the restore create one with `new-workspace`.';
      throw new KnownError('WORKSPACE_NOT_FOUND', error.message, { hint });
    }
    throw error;
  }
}

async function judge(chosen: Chosen, copying: Copying): Promise<Judged> {
  const { kind } = chosen.resource;
  if (kind === 'apis') {
    return { action: 'skip', note: BACKUP_ONLY, toFillIn: [] };
  }
  if (kind === 'workspaces') {
    const note = copying.workspace === undefined ? 'the new workspace is described like it' : 'not touched';
    return { action: 'leave', note, toFillIn: [] };
  }
  if (kind === 'globals' && chosen !== firstGlobals(copying)) {
    return { action: 'skip', note: ONE_SET_OF_GLOBALS, toFillIn: [] };
  }
  const value = await readContent(chosen);
  if (kind === 'collections' && !isObject(value['info'])) {
    return { action: 'skip', note: OLD_FORMAT, toFillIn: [] };
  }
  if (linksOf(kind, value).some((id) => !isRestored(id, copying))) {
    return { action: 'skip', note: NOT_LINKED, toFillIn: [] };
  }
  const ref = existingCopy(chosen, copying);
  const { toFillIn } = rebuild(chosen, value, copying);
  if (ref === undefined) {
    return {
      ...{ action: 'create', toFillIn, ...asName(chosen, copying) },
      ...(kind === 'monitors' ? { note: SWITCHED_OFF } : {}),
    };
  }
  return { ...(await judgeExisting(ref, value, toFillIn, copying)), ...asName(chosen, copying) };
}

/** What an earlier run of this restore made is found by its name, and told from others by its content. */
async function judgeExisting(
  ref: ResourceRef,
  value: JsonObject,
  toFillIn: readonly string[],
  { source }: Copying,
): Promise<Judged> {
  const there = normalizeResource(ref, await source.fetch(ref));
  if (ref.kind === 'globals' && Array.isArray(there['values']) && there['values'].length === 0) {
    return { action: 'create', toFillIn };
  }
  switch (compareCopy(ref.kind, value, there)) {
    case 'same':
      return { action: 'leave', note: 'restored already', toFillIn: [] };
    case 'begun':
      return { action: 'finish', note: 'an earlier run made a part of it', toFillIn };
    case 'other':
      return { action: 'skip', note: ref.kind === 'globals' ? OTHER_GLOBALS : OTHER_CONTENT, toFillIn: [] };
  }
}

async function carryOut(chosen: Chosen, step: RestoreStep, copying: Copying): Promise<void> {
  const { target, newIds } = copying;
  const { kind, uuid } = chosen.resource;
  const ref = existingCopy(chosen, copying);
  if (step.action === 'leave' && ref !== undefined) {
    newIds.set(uuid, ref.uid);
  }
  if (!writes(step)) {
    return;
  }
  const value = await readContent(chosen);
  if (linksOf(kind, value).some((id) => !newIds.has(id))) {
    const problem = 'the collection or environment that it refers to could not be restored';
    throw new KnownError('RESTORE_REFUSED', problem);
  }
  const { body } = rebuild(chosen, value, copying);
  const workspace = await openWorkspace(copying);
  if (kind === 'globals') {
    await target.replace(
      { kind, uid: workspace.id, uuid: workspace.id, name: workspace.name, workspace },
      body,
    );
  } else if (ref !== undefined) {
    await target.replace(ref, body);
    newIds.set(uuid, ref.uid);
  } else {
    newIds.set(uuid, (await target.create(kind, workspace, body)).uid);
  }
}

async function openWorkspace(copying: Copying): Promise<Workspace> {
  if (copying.workspace === undefined) {
    const isDescription = ({ resource }: Chosen) => resource.kind === 'workspaces';
    const [only, ...others] = [...copying.names.keys()].filter(isDescription);
    const content = only === undefined || others.length > 0 ? {} : await only.read();
    const { description } = rebuildCopy('workspaces', content, {}).body;
    copying.workspace = await copying.target.createWorkspace({
      name: copying.to.name,
      ...(typeof description === 'string' ? { description } : {}),
    });
  }
  return copying.workspace;
}

function firstGlobals({ names }: Copying): Chosen | undefined {
  return [...names.keys()].find(({ resource }) => resource.kind === 'globals');
}

async function readContent(chosen: Chosen): Promise<JsonObject> {
  const value = await chosen.read();
  const picked = chosen.item?.pick(value);
  return picked === undefined ? value : onlyItem(value, picked);
}

function rebuild(chosen: Chosen, value: JsonObject, { newIds, names }: Copying): Rebuilt {
  const name = names.get(chosen);
  return rebuildCopy(chosen.resource.kind, value, { newIds, ...(name === undefined ? {} : { name }) });
}

function isRestored(uuid: string, { names }: Copying): boolean {
  return [...names.keys()].some(({ resource }) => resource.uuid === uuid);
}

function existingCopy(chosen: Chosen, { existing, names }: Copying): ResourceRef | undefined {
  const { kind } = chosen.resource;
  return existing.find((ref) => ref.kind === kind && (kind === 'globals' || ref.name === names.get(chosen)));
}

/** Globals have no name. */
function asName(chosen: Chosen, { names }: Copying): Pick<RestoreStep, 'as'> {
  const as = chosen.resource.kind === 'globals' ? undefined : names.get(chosen);
  return as === undefined ? {} : { as };
}
