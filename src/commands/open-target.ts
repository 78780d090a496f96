/** Opens Postman to be written to: apart from `connect.ts`, so that a program which only backs up does not carry it. */
import type { BackupConfig } from '../config/config.ts';
import { createPostmanTarget } from '../postman/target.ts';
import type { createConnections, Surroundings } from './connect.ts';
import type { Target } from './ports.ts';
import { createStoppable } from './stoppable.ts';

/** @returns a target that shares its pace and its meter with the source of the same key. */
export function openTarget(
  connections: Pick<ReturnType<typeof createConnections>, 'openPostmanClient'>,
  postman: BackupConfig['postman'],
  { signal, patience = {} }: Pick<Surroundings, 'signal' | 'patience'>,
): Target {
  const { region } = postman;
  const client = connections.openPostmanClient(postman);
  return createStoppable(signal).target(
    createPostmanTarget(client, { region, patience: patience.writes ?? {} }),
  );
}
