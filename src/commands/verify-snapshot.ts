/** Verifies one backup in one commit: each resource, its age, what came before, and a drill when it is asked for. */

import type { VerifyConfig, VerifyTarget } from '../config/verify.ts';
import { KnownError } from '../errors.ts';
import type { GitHistory } from '../git/history.ts';
import { isOverdue } from '../plan/verify/is-overdue.ts';
import type { VerifiedBackup, VerifiedResource } from '../verified.ts';
import type { createConnections } from './connect.ts';
import { drill } from './drill.ts';
import { openTarget } from './open-target.ts';
import { PUSH_RUN } from './push-run.ts';
import type { Snapshot } from './read-snapshot.ts';
import type { RunInput } from './run-backups.ts';
import { verifyPast } from './verify-past.ts';
import { verifyResources } from './verify-resources.ts';

export type VerifyTools = RunInput & { readonly connections: ReturnType<typeof createConnections> };

type Order = {
  readonly target: VerifyTarget;
  readonly config: VerifyConfig;
  readonly tools: VerifyTools;
};

type VerifiedSnapshot = {
  readonly backup: VerifiedBackup;
  /** What kept a part of it from being verified, as it was caught. */
  readonly error?: unknown;
};

/** @throws KnownError when the repository cannot be read. */
export async function verifySnapshot(
  snapshot: Snapshot,
  history: GitHistory,
  { target, config, tools }: Order,
): Promise<VerifiedSnapshot> {
  const { ref, commit, directory, isIndexed } = snapshot;
  const { postman, allowSecrets } = target;
  const { progress, mask, connections, now } = tools;
  const source = postman === undefined ? undefined : connections.openSource({ postman });
  const { resources, error } = await verifyResources(snapshot, {
    ...{ allowSecrets, onSecret: mask.add, progress },
    ...(source === undefined ? {} : { source }),
  });
  const newest = await findNewest(snapshot, history);
  const past =
    config.since === undefined
      ? undefined
      : await verifyPast(snapshot, history, { since: config.since, progress });
  const isCompared = source !== undefined && error === undefined;
  const { maxAge } = config;
  const age = { newest, resources, isCompared, now: now() };
  const drilled = isCompared && config.drill ? await tryDrill(snapshot, resources, { target, tools }) : {};
  const backup: VerifiedBackup = {
    ...{ repository: history.label, ref, commit, directory, isIndexed },
    ...(newest === undefined ? {} : { newest: newest.toISOString() }),
    isOverdue: maxAge !== undefined && isOverdue({ ...age, maxAge }),
    resources: drilled.resources ?? resources,
    ...(isCompared ? {} : { notCompared: error === undefined ? NO_KEY : 'Postman could not be asked' }),
    ...(past === undefined ? {} : { past }),
  };
  const failure = error ?? drilled.error;
  return { backup, ...(failure === undefined ? {} : { error: failure }) };
}

const NO_KEY = 'there is no Postman API key';

/** Who edits by hand makes no backup, nor does a push; but when nobody tells which commits are backups, all are. */
async function findNewest(snapshot: Snapshot, history: GitHistory): Promise<Date | undefined> {
  const commits = await history.listHeadlines(snapshot, [snapshot.directory]);
  return (commits.find(({ runId }) => runId?.startsWith(PUSH_RUN) === false) ?? commits[0])?.date;
}

async function tryDrill(
  snapshot: Snapshot,
  resources: readonly VerifiedResource[],
  { target: { postman }, tools }: Pick<Order, 'target' | 'tools'>,
): Promise<{ readonly resources?: readonly VerifiedResource[]; readonly error?: unknown }> {
  if (postman === undefined) {
    return {};
  }
  const { connections, progress, now } = tools;
  const readable = snapshot.resources.filter((_, index) => resources[index]?.state !== 'broken');
  try {
    const results = await drill(snapshot, readable, {
      source: connections.openSource({ postman }),
      target: openTarget(tools.connections, postman, tools),
      progress,
      name: `postman-gitlab drill of ${now().toISOString()}`,
    });
    return {
      resources: resources.map((one, index) => {
        const resource = snapshot.resources[index];
        const result = resource === undefined ? undefined : results.get(resource);
        return result === undefined ? one : { ...one, drill: result };
      }),
    };
  } catch (error) {
    if (!(error instanceof KnownError)) {
      throw error;
    }
    return { error };
  }
}
