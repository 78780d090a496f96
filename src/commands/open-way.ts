/** Opens the way of a restore: as copies, or in place. */

import { readCiEnvironment } from '../config/ci-environment.ts';
import { loadBackupConfig, type RestoreConfig } from '../config/restore.ts';
import { isObject } from '../json.ts';
import { namesOfCopies } from '../plan/restore/steps.ts';
import { fillIn } from '../snapshot/rebuild/fill-in.ts';
import { backUpFirst } from './back-up-first.ts';
import { createConnections } from './connect.ts';
import { createMeter } from './meter.ts';
import { openTarget } from './open-target.ts';
import { openCopies } from './restore-copies.ts';
import { openInPlace } from './restore-in-place.ts';
import type { Chosen, RestoreWay } from './restore-way.ts';
import { nameRun, type RunInput } from './run-backups.ts';

type WayOptions = {
  readonly config: RestoreConfig;
  readonly input: RunInput;
  /** For the names of copies. */
  readonly date: Date;
};

/** @throws KnownError when Postman cannot be asked, or the current state could not be backed up. */
export async function openWay(
  chosen: readonly Chosen[],
  { config: { to, postman, branch }, input, date }: WayOptions,
): Promise<RestoreWay> {
  const ci = readCiEnvironment(input.env);
  const surroundings = { ...input, ci };
  const connections = createConnections({ ...surroundings, meter: createMeter() });
  const ends = {
    source: connections.openSource({ postman }),
    target: openTarget(connections, postman, input),
  };
  if (to.type !== 'in-place') {
    const names = namesOfCopies(
      chosen.map(({ resource, item }) => ({
        ...{ ...resource, name: withoutPlaceholders(resource.name) },
        ...(item === undefined ? {} : { item: withoutPlaceholders(item.path) }),
      })),
      date,
    );
    return openCopies({ ...ends, to, names: new Map(chosen.map((one, index) => [one, names[index] ?? ''])) });
  }
  const config = loadBackupConfig(input);
  const runId = nameRun(ci);
  let backups = 0;
  return openInPlace({
    ...ends,
    chosen,
    onSecret: input.mask.add,
    warn: input.log.warn,
    backUp: (refs) => {
      backups += 1;
      const context = { ...input, runId: `${runId}-${backups === 1 ? 'before' : 'after'}-restore` };
      return backUpFirst(refs, {
        config,
        chosen,
        surroundings,
        context,
        ...(branch === undefined ? {} : { branch }),
      });
    },
  });
}

/** A secret in a name was redacted, too, and no placeholder goes to Postman. */
function withoutPlaceholders(name: string): string {
  const { value } = fillIn({ name }, undefined);
  return isObject(value) && typeof value['name'] === 'string' ? value['name'] : name;
}
