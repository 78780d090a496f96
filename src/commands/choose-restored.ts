/** What of the backups in a commit is to be restored, in the order in which it has to be. */
import type { RestoreSelection } from '../config/restore.ts';
import { chooseResources } from '../plan/restore/choose-resources.ts';
import { inOrder } from '../plan/restore/steps.ts';
import { chooseItems } from './choose-items.ts';
import type { Snapshot } from './read-snapshot.ts';
import type { Chosen } from './restore-way.ts';

/** @throws KnownError when something that was named is not there. */
export async function chooseRestored(
  snapshots: readonly Snapshot[],
  selection: RestoreSelection,
): Promise<readonly Chosen[]> {
  const owners = new Map(
    snapshots.flatMap((snapshot) => snapshot.resources.map((resource) => [resource, snapshot] as const)),
  );
  const resources = chooseResources([...owners.keys()], selection);
  for (const snapshot of snapshots) {
    await snapshot.prefetch(resources.filter((resource) => owners.get(resource) === snapshot));
  }
  const chosen = resources.flatMap((resource): Chosen[] => {
    const snapshot = owners.get(resource);
    return snapshot === undefined
      ? []
      : [{ resource, directory: snapshot.directory, read: () => snapshot.read(resource) }];
  });
  if (selection.item.length === 0) {
    return inOrder(chosen);
  }
  const isCollection = ({ resource }: Chosen) => resource.kind === 'collections';
  const items = await chooseItems(chosen.filter(isCollection), selection.item);
  return inOrder([...chosen.filter((one) => !isCollection(one)), ...items]);
}
