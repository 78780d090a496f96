/** The two ways of a restore, as copies and in place, have this in common. */
import { KnownError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Inventory } from '../model.ts';
import type { PickedItem } from '../plan/restore/pick-item.ts';
import type { RestoreStep } from '../restore-step.ts';
import type { SnapshotResource } from './read-snapshot.ts';

/** What is to be restored: a resource of a backup, or one item of a collection. */
export type Chosen = {
  readonly resource: SnapshotResource;
  /** The directory of its backup. */
  readonly directory: string;
  /** @returns its normalized value. @throws KnownError when its files are no such resource. */
  readonly read: () => Promise<JsonObject>;
  readonly item?: {
    /** By the names of what it lies in and its own. */
    readonly path: string;
    readonly pick: (collection: JsonObject) => PickedItem | undefined;
  };
};

export type RestoreWay = {
  /** @returns what would be done; nothing is written. @throws KnownError */
  readonly plan: (chosen: Chosen) => Promise<RestoreStep>;
  /** Called once, before the first write, with the steps that write. @throws KnownError when nothing may be written. */
  readonly begin: (steps: readonly RestoreStep[]) => Promise<void>;
  /** Does what a step says. @throws KnownError */
  readonly carryOut: (chosen: Chosen, step: RestoreStep) => Promise<void>;
  /** Called once after the last write, with what was written. */
  readonly end: (written: readonly RestoreStep[]) => Promise<void>;
};

export function aboutStep({ resource, item }: Chosen) {
  const { kind, uuid, name, workspace } = resource;
  return {
    ...{ kind, uuid, name, workspace: workspace.name },
    ...(item === undefined ? {} : { item: item.path }),
  };
}

/** Of a list that may be short nothing follows: what it does not show would be made a second time. */
export function assertComplete(inventory: Inventory): Inventory {
  const short = inventory.listings.find(({ doubt }) => doubt !== undefined);
  if (short !== undefined) {
    const { kind, workspace, doubt } = short;
    throw new KnownError('LISTING_INCOMPLETE', `The list of ${kind} in "${workspace.name}": ${doubt}`, {
      hint: 'Nothing was written. Run the restore again.',
    });
  }
  return inventory;
}
