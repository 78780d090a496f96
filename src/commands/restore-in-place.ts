/** Restores over what is in Postman now, after a backup of it: nothing that was not seen in the plan is overwritten. */
import { KnownError } from '../errors.ts';
import { isSameJson, type JsonObject } from '../json.ts';
import type { Inventory, Kind, ResourceKey, ResourceRef } from '../model.ts';
import { compareResources } from '../plan/compare/compare-resources.ts';
import { putItem } from '../plan/restore/pick-item.ts';
import { keyOf } from '../resource-key.ts';
import type { RestoreStep } from '../restore-step.ts';
import { type Rebuilt, rebuildInPlace } from '../snapshot/rebuild.ts';
import { normalizeResource, renderResource } from '../snapshot/render.ts';
import type { Source, Target } from './ports.ts';
import { aboutStep, assertComplete, type Chosen, type RestoreWay } from './restore-way.ts';

type InPlaceOptions = {
  readonly chosen: readonly Chosen[];
  readonly source: Source;
  readonly target: Target;
  /**
   * Commits what Postman has now of these resources.
   * @returns those that are safe. @throws KnownError when nothing could be committed.
   */
  readonly backUp: (refs: readonly ResourceRef[]) => Promise<ReadonlySet<ResourceKey>>;
  readonly onSecret: (value: string) => void;
  readonly warn: (text: string) => void;
};

type InPlace = InPlaceOptions & {
  readonly refs: ReadonlyMap<ResourceKey, ResourceRef>;
  /** Uuid → uid of everything that is listed. */
  readonly uids: ReadonlyMap<string, string>;
  /** What was backed up before the first write. */
  safe: ReadonlySet<ResourceKey>;
};

type Current = {
  readonly value: JsonObject;
  /** Git object id, secrets taken out. */
  readonly seen: string;
};

const GONE = 'it is not in Postman any more: restore it as a copy';
const BACKUP_ONLY = 'no API writes to the API Builder: backup only';
/** What the API takes of these has the form of their files. */
const COMPARED: ReadonlySet<Kind> = new Set(['collections', 'environments', 'globals']);
const LINKED: readonly Kind[] = ['collections', 'environments'];

/** @throws KnownError when what is in Postman cannot be listed. */
export async function openInPlace(options: InPlaceOptions): Promise<RestoreWay> {
  const refs = (await listNow(options)).listings.flatMap((listing) => listing.refs);
  const inPlace: InPlace = {
    ...options,
    refs: new Map(refs.map((ref) => [keyOf(ref), ref])),
    uids: new Map(refs.map(({ uuid, uid }) => [uuid, uid])),
    safe: new Set(),
  };
  const refsOf = (steps: readonly RestoreStep[]) =>
    steps.flatMap((step) => inPlace.refs.get(keyOf(step)) ?? []);
  return {
    plan: (chosen) => plan(chosen, inPlace),
    begin: async (steps) => {
      inPlace.safe = await options.backUp(refsOf(steps));
    },
    carryOut: (chosen, step) => carryOut(chosen, step, inPlace),
    end: async (written) => {
      try {
        await options.backUp(refsOf(written));
      } catch (error) {
        const problem = error instanceof KnownError ? error.message : 'a bug';
        options.warn(`What was restored is not on the branch yet; the next backup brings it: ${problem}`);
      }
    },
  };
}

async function listNow({ chosen, source }: InPlaceOptions): Promise<Inventory> {
  const ids = new Set(chosen.map(({ resource }) => resource.workspace.id));
  const kinds = new Set([...chosen.map(({ resource }) => resource.kind), ...LINKED]);
  try {
    // An old backup may not say in which workspaces its resources are.
    return assertComplete(await source.list({ workspaces: ids.has('') ? [] : [...ids], kinds: [...kinds] }));
  } catch (error) {
    if (error instanceof KnownError && error.code === 'WORKSPACE_NOT_FOUND') {
      const hint = 'Restore copies into another workspace with `to-workspace` or `new-workspace`.';
      throw new KnownError('WORKSPACE_NOT_FOUND', error.message, { hint });
    }
    throw error;
  }
}

async function plan(chosen: Chosen, inPlace: InPlace): Promise<RestoreStep> {
  const about = { ...aboutStep(chosen), toFillIn: [] };
  const { kind } = chosen.resource;
  const ref = inPlace.refs.get(keyOf(chosen.resource));
  if (ref === undefined || kind === 'apis') {
    return { ...about, action: 'skip', note: kind === 'apis' ? BACKUP_ONLY : GONE };
  }
  const current = await readCurrent(ref, inPlace);
  const { seen, value } = current;
  const { body, toFillIn } = await rebuild(chosen, value, inPlace);
  const { body: now } = rebuildInPlace(kind, value, value, inPlace.uids);
  if (isSameJson(body, now)) {
    return { ...about, action: 'leave', note: 'it is the same in Postman', seen };
  }
  const differences = COMPARED.has(kind) ? { differences: compareResources(kind, now, body) } : {};
  return { ...about, action: 'replace', toFillIn, seen, ...differences };
}

async function carryOut(chosen: Chosen, step: RestoreStep, inPlace: InPlace): Promise<void> {
  const key = keyOf(chosen.resource);
  const ref = inPlace.refs.get(key);
  if (step.action !== 'replace' || ref === undefined) {
    return;
  }
  if (!inPlace.safe.has(key)) {
    throw new KnownError('RESTORE_REFUSED', 'what Postman has now could not be backed up');
  }
  const current = await readCurrent(ref, inPlace);
  if (current.seen !== step.seen) {
    throw new KnownError('RESTORE_REFUSED', 'it was edited in Postman since the plan was made');
  }
  const { body } = await rebuild(chosen, current.value, inPlace);
  await inPlace.target.replace(ref, body);
}

async function readCurrent(ref: ResourceRef, { source, onSecret }: InPlace): Promise<Current> {
  // What the list gave in full may be older than this moment.
  const { body: _listed, ...asked } = ref;
  const body = await source.fetch(asked);
  const rules = { layout: 'json', mode: 'redact', isAllowed: () => false } as const;
  const { resource, secrets } = await renderResource(ref, body, rules);
  for (const secret of secrets) {
    onSecret(secret);
  }
  return { value: normalizeResource(ref, body), seen: resource.id };
}

async function rebuild(
  { resource, read, item }: Chosen,
  current: JsonObject,
  { uids }: InPlace,
): Promise<Rebuilt> {
  const value = await read();
  const picked = item?.pick(value);
  const wanted = picked === undefined ? value : putItem(current, picked);
  return rebuildInPlace(resource.kind, wanted, current, uids);
}
