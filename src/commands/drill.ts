/** The drill: restores a backup into a workspace of its own, fetches it again, compares, and removes the workspace. */
import { KnownError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Kind, ResourceRef, Workspace } from '../model.ts';
import { boundDifferences } from '../plan/compare/bound-differences.ts';
import { compareResources } from '../plan/compare/compare-resources.ts';
import type { Progress } from '../report/progress.ts';
import { compareCopy } from '../snapshot/rebuild/compare-copy.ts';
import { rebuildCopy } from '../snapshot/rebuild.ts';
import { normalizeResource } from '../snapshot/render.ts';
import type { Drilled } from '../verified.ts';
import type { Source, Target } from './ports.ts';
import type { Snapshot, SnapshotResource } from './read-snapshot.ts';
import { endsRun } from './run-error.ts';

type DrillOptions = {
  readonly source: Source;
  /** Not ended by SIGTERM: the workspace is removed all the same. */
  readonly target: Target;
  readonly progress: Progress;
  /** Of the workspace; nobody else's has it. */
  readonly name: string;
};

const LEFT_OUT: Readonly<Partial<Record<Kind, string>>> = {
  apis: 'no API takes it back',
  workspaces: 'it is the description of a workspace',
  mocks: 'a mock server would be reachable from outside',
  monitors: 'a monitor would run, and send requests',
};

/**
 * @returns what became of each resource that can be read.
 * @throws KnownError when Postman cannot be asked, or DRILL_NOT_REMOVED.
 */
export async function drill(
  snapshot: Snapshot,
  readable: readonly SnapshotResource[],
  options: DrillOptions,
): Promise<ReadonlyMap<SnapshotResource, Drilled>> {
  const { target, name } = options;
  const description = 'Made by postman-gitlab to try a restore. It removes it by itself.';
  const workspace = await target.createWorkspace({ name, description });
  const results = await drillAll(readable, { ...options, snapshot, workspace }).catch(
    async (error: unknown) => {
      await removeWorkspace(workspace, target, error);
      throw error;
    },
  );
  await removeWorkspace(workspace, target);
  return results;
}

async function drillAll(
  readable: readonly SnapshotResource[],
  options: OneDrill,
): Promise<ReadonlyMap<SnapshotResource, Drilled>> {
  const { progress } = options;
  const results = new Map<SnapshotResource, Drilled>();
  progress.start('drilling', readable.length);
  try {
    for (const resource of readable) {
      results.set(resource, await drillOne(resource, options));
      progress.step(resource.name);
    }
  } finally {
    progress.stop();
  }
  return results;
}

async function removeWorkspace({ id, name }: Workspace, target: Target, failure?: unknown): Promise<void> {
  try {
    await target.removeWorkspace(id);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const before = failure instanceof Error ? ` Before that: ${failure.message}` : '';
    throw new KnownError(
      'DRILL_NOT_REMOVED',
      `The workspace "${name}" (${id}) of the drill is still in Postman: ${why}${before}`,
      { cause: error },
    );
  }
}

type OneDrill = DrillOptions & { readonly snapshot: Snapshot; readonly workspace: Workspace };

async function drillOne(resource: SnapshotResource, options: OneDrill): Promise<Drilled> {
  const { kind } = resource;
  const why = LEFT_OUT[kind];
  if (why !== undefined) {
    return { state: 'left-out', why };
  }
  try {
    const value = await options.snapshot.read(resource);
    const ref = await create(kind, value, options);
    const there = normalizeResource(ref, await options.source.fetch(ref));
    return compareCopy(kind, value, there) === 'same'
      ? { state: 'same' }
      : { state: 'different', differences: differencesOf(kind, value, there) };
  } catch (error) {
    // What Postman refuses is a finding; that it is not there, or takes no key, says nothing about the backup.
    if (!(error instanceof KnownError) || endsRun(error) || error.code === 'POSTMAN_KEY_REFUSED') {
      throw error;
    }
    return { state: 'failed', code: error.code, problem: error.message };
  }
}

/** Every workspace has global variables: they are replaced, and known by the id of the workspace. */
async function create(kind: Kind, value: JsonObject, { target, workspace }: OneDrill): Promise<ResourceRef> {
  const { body } = rebuildCopy(kind, value, {});
  if (kind !== 'globals') {
    return target.create(kind, workspace, body);
  }
  const { id, name } = workspace;
  const ref = { kind, uid: id, uuid: id, name, workspace };
  await target.replace(ref, body);
  return ref;
}

/** Both as Postman takes them: a spec, whose files are a list there, as it is read. */
function differencesOf(kind: Kind, value: JsonObject, there: JsonObject) {
  const [before, after] =
    kind === 'specs' ? [value, there] : [value, there].map((one) => rebuildCopy(kind, one, {}).body);
  return boundDifferences(compareResources(kind, before, after)).differences;
}
