/** A restore of given resources into a fake team: what it plans, and what became of it. */
import { carryOutSteps } from '../../src/commands/carry-out-steps.ts';
import { chooseItems } from '../../src/commands/choose-items.ts';
import { openCopies } from '../../src/commands/restore-copies.ts';
import { openInPlace } from '../../src/commands/restore-in-place.ts';
import type { Chosen, RestoreWay } from '../../src/commands/restore-way.ts';
import type { RestoreDestination } from '../../src/config/restore.ts';
import type { JsonObject } from '../../src/json.ts';
import type { Kind, ResourceKey, ResourceRef, Workspace } from '../../src/model.ts';
import { inOrder, namesOfCopies } from '../../src/plan/restore/steps.ts';
import { keyOf } from '../../src/resource-key.ts';
import type { RestoreStep, StepResult } from '../../src/restore-step.ts';
import { normalizeResource } from '../../src/snapshot/render.ts';
import { redactSecrets } from '../../src/snapshot/secrets/redact.ts';
import type { FakeTeam } from './fake-team.ts';

const DAY = new Date('2026-11-01T03:00:00Z');

/** @returns what the backup holds of a resource: normalized, secrets taken out. */
export async function backedUp(
  kind: Kind,
  workspace: Workspace,
  uuid: string,
  body: JsonObject,
): Promise<Chosen> {
  const info = body['info'];
  const named = typeof info === 'object' && info !== null && 'name' in info ? info : body;
  const name = String('name' in named ? named['name'] : workspace.name);
  const normalized = normalizeResource({ kind, uuid, name }, body);
  const { value } = await redactSecrets(normalized, { isAllowed: () => false });
  const path = `postman/${name}`;
  const entry = { uid: `42-${uuid}`, name, workspace: workspace.id, path, id: '0' };
  return {
    resource: { kind, uuid, uid: entry.uid, name, workspace, path, entry, files: new Map() },
    directory: 'postman',
    read: async () => value as JsonObject,
  };
}

type Restored = { readonly plan: readonly RestoreStep[]; readonly results: readonly StepResult[] };

export async function restoreCopies(
  team: FakeTeam,
  given: readonly Chosen[],
  to: Extract<RestoreDestination, { name: string }>,
): Promise<Restored> {
  const chosen = inOrder(given);
  const items = chosen.map(({ resource, item }) => ({
    ...resource,
    ...(item === undefined ? {} : { item: item.path }),
  }));
  const names = namesOfCopies(items, DAY);
  const way = await openCopies({
    ...team,
    to,
    names: new Map(chosen.map((one, at) => [one, names[at] ?? ''])),
  });
  return run(chosen, way);
}

type InPlaceOptions = {
  /** Called with what is about to be overwritten; returns what could be backed up. */
  readonly backUp?: (refs: readonly ResourceRef[]) => ReadonlySet<ResourceKey>;
  /** Called between the plan and its end. */
  readonly meanwhile?: () => void;
  readonly holds?: (step: RestoreStep) => boolean;
};

export async function restoreInPlace(
  team: FakeTeam,
  chosen: readonly Chosen[],
  { backUp = (refs) => new Set(refs.map(keyOf)), ...options }: InPlaceOptions = {},
): Promise<Restored> {
  const silent = () => undefined;
  const way = await openInPlace({
    ...team,
    chosen,
    backUp: async (refs) => backUp(refs),
    onSecret: silent,
    warn: silent,
  });
  return run(chosen, way, options);
}

async function run(
  chosen: readonly Chosen[],
  way: RestoreWay,
  { meanwhile = () => undefined, holds = () => true }: InPlaceOptions = {},
): Promise<Restored> {
  const planned = [];
  for (const one of chosen) {
    planned.push({ chosen: one, step: await way.plan(one) });
  }
  meanwhile();
  const progress = { start: () => undefined, step: () => undefined, stop: () => undefined };
  const { steps: results } = await carryOutSteps(planned, way, { holds, progress });
  return { plan: planned.map(({ step }) => step), results };
}

export async function oneItem(collection: Chosen, selector: string): Promise<Chosen> {
  const [chosen] = await chooseItems([collection], [selector]);
  if (chosen === undefined) {
    throw new Error(`no item ${selector}`);
  }
  return chosen;
}
