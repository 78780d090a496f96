/** Decides what becomes of all edits of a branch, one after the other. */
import { posix } from 'node:path';
import { KnownError } from '../errors.ts';
import type { Inventory, ManifestEntry, ResourceKey, ResourceRef, Workspace } from '../model.ts';
import type { BranchState } from '../plan/branch-state.ts';
import type { Edits, UnknownFile } from '../plan/push/find-edits.ts';
import { whyNotRemoved } from '../plan/push/guard-removals.ts';
import { filesAt } from '../plan/tree-content.ts';
import { keyOf, kindOf } from '../resource-key.ts';
import { type LayoutOptions, workspaceFolders } from '../snapshot/layout.ts';
import { indexNameOf } from '../snapshot/render.ts';
import {
  type About,
  outcomeOfError,
  type PlanTools,
  type PushStep,
  planAdded,
  planEdited,
  planRemoved,
} from './plan-push.ts';
import type { PushPart, PushTools } from './push-input.ts';

export type Scene = {
  readonly inventory: Inventory;
  readonly layout: LayoutOptions;
  /** The selected resources. */
  readonly refs: ReadonlyMap<ResourceKey, ResourceRef>;
  /** Key of an entry of another workspace → what it is about in this one. */
  readonly counterparts: ReadonlyMap<ResourceKey, ResourceRef>;
};

type Context = { readonly part: PushPart; readonly before: BranchState; readonly tools: PushTools };

/** @throws KnownError when Postman is not there. */
export async function planEdits(
  { edited, removed, added }: Edits,
  scene: Scene,
  context: Context,
): Promise<readonly PushStep[]> {
  const { part, before, tools } = context;
  const planTools = createPlanTools(context);
  const stays = whyNotRemoved(removed.length, part.settings);
  const plans = [
    ...edited.map((edit) => {
      const about = aboutEntry(edit.key, edit.entry, edit.path);
      const plan = () => planEdited(edit, refOf(edit.key, scene), planTools);
      return { about, left: whyLeft(edit.key, edit.entry, scene), plan };
    }),
    ...removed.map((edit) => {
      const about = aboutEntry(edit.key, edit.entry, edit.entry.path);
      const plan = () => planRemoved(edit, refOf(edit.key, scene), planTools);
      return { about, left: stays ?? whyLeft(edit.key, edit.entry, scene), plan };
    }),
    ...added.map((file) => {
      const about = { kind: file.kind, name: file.name, path: file.path };
      return { about, left: undefined, plan: () => planNew(file, { scene, before, planTools }) };
    }),
  ];
  const steps: PushStep[] = [];
  tools.progress.start('planning', plans.length);
  for (const { about, left, plan } of plans) {
    steps.push(left === undefined ? await planOrFail(about, plan) : leave(about, left));
    tools.progress.step(about.name);
  }
  tools.progress.stop();
  return steps;
}

async function planOrFail(about: About, plan: () => Promise<PushStep>): Promise<PushStep> {
  try {
    return await plan();
  } catch (error) {
    return { outcome: outcomeOfError(about, error) };
  }
}

function leave({ kind, name, path }: About, note: string): PushStep {
  return { outcome: { kind, name, path, status: 'left', note } };
}

function aboutEntry(key: ResourceKey, { name }: ManifestEntry, path: string): About {
  return { kind: kindOf(key), name, path };
}

function createPlanTools({ part, before, tools }: Context): PlanTools {
  const { source, settings, repository, readPast } = part;
  return {
    ...{ source, settings, onSecret: tools.onSecret },
    readFiles: async (path) => {
      const files = new Map<string, Buffer>();
      for (const [name, id] of filesAt(before.tree, path)) {
        files.set(name, await repository.readBlob(id));
      }
      return files;
    },
    // A file is found by the id of its content; for a folder the commit has to be found that holds it.
    readPast: async (key, entry) =>
      entry !== undefined && indexNameOf({ kind: kindOf(key), path: entry.path }) === undefined
        ? new Map([['', await repository.readBlob(entry.id)]])
        : readPast(key),
  };
}

function refOf(key: ResourceKey, { refs, counterparts }: Scene): ResourceRef | undefined {
  return refs.get(key) ?? counterparts.get(key);
}

/** @returns why nothing is done about a resource that Postman did not show; nothing when it is shown or certainly gone. */
function whyLeft(key: ResourceKey, { workspace }: ManifestEntry, scene: Scene): string | undefined {
  if (refOf(key, scene) !== undefined) {
    return undefined;
  }
  const listing = scene.inventory.listings.find(
    (one) => one.kind === kindOf(key) && one.workspace.id === workspace,
  );
  if (listing === undefined || listing.refs.some((ref) => keyOf(ref) === key)) {
    return 'not selected';
  }
  return listing.doubt ?? listing.unavailable;
}

async function planNew(
  file: UnknownFile,
  {
    scene,
    before,
    planTools,
  }: { readonly scene: Scene; readonly before: BranchState; readonly planTools: PlanTools },
): Promise<PushStep> {
  const isListed = file.uuid !== undefined && scene.refs.has(`${file.kind}/${file.uuid}`);
  if (isListed && !before.manifest.has(`${file.kind}/${file.uuid ?? ''}`)) {
    return leave(file, 'Postman has it; the next backup puts it into the manifest');
  }
  const workspace = workspaceOf(file.path, scene, before);
  if (workspace === undefined) {
    throw new KnownError(
      'WORKSPACE_AMBIGUOUS',
      'which workspace it is for is not known: it has to lie in the folder of one',
    );
  }
  const isFree = (ref: ResourceRef) =>
    ref.kind === file.kind && ref.workspace.id === workspace.id && !before.manifest.has(keyOf(ref));
  const findNamesake = (name: string) =>
    [...scene.refs.values()].find((ref) => isFree(ref) && ref.name === name);
  return planAdded(file, workspace, { ...planTools, findNamesake });
}

/** The one that is backed up, or the one whose folder it lies in. */
function workspaceOf(
  path: string,
  { inventory, layout }: Scene,
  { manifest }: BranchState,
): Workspace | undefined {
  const [first, ...others] = inventory.workspaces;
  if (others.length === 0) {
    return first;
  }
  const folder = posix.dirname(path);
  const neighbour = [...manifest.values()].find((entry) => posix.dirname(entry.path) === folder);
  return inventory.workspaces.find(({ id, name }) =>
    neighbour === undefined
      ? workspaceFolders({ id, name }, layout.directory).includes(folder)
      : id === neighbour.workspace,
  );
}
