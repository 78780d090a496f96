/** Which repository holds the backups that are to be read, and with which credential. */
import type { Destination } from './config.ts';
import type { ResolveContext } from './context.ts';
import { resolveDestination } from './destination.ts';
import { placeOf } from './layer.ts';
import { located } from './problems.ts';
import type { Asked } from './values.ts';

/** @returns where a backup goes; a project by its full path: git knows it by that alone. */
export function resolveBackupRepository(asked: Asked, context: ResolveContext): Destination {
  const destination = resolveDestination(asked, context);
  if (destination.type === 'git' || !/^\d+$/.test(destination.project)) {
    return destination;
  }
  const { projectId, projectPath } = context.ci;
  if (destination.project === projectId && projectPath !== undefined) {
    return { ...destination, project: projectPath };
  }
  const problem = '`project` must be the full path (group/name) of the project that holds the backup.';
  context.problems.add(located(placeOf(asked.given, 'project'), problem));
  return destination;
}
