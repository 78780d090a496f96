/** Writes one planned step to Postman, if Postman is still what the plan saw. */
import type { ResourceRef } from '../model.ts';
import type { PushOutcome } from '../report/push-report.ts';
import { fetchVersion, type Version, type VersionTools } from './fetch-version.ts';
import { type PushStep, type PushWrite, refuse } from './plan-push.ts';
import type { Target } from './ports.ts';

export type Written = {
  readonly outcome: PushOutcome;
  /** What Postman has now; absent when it was removed, or nothing was written. */
  readonly now?: { readonly ref: ResourceRef; readonly version: Version };
};

export type WriteTools = VersionTools & { readonly target: Target };

/** @throws KnownError */
export async function writeStep(
  { outcome }: PushStep,
  write: PushWrite,
  tools: WriteTools,
): Promise<Written> {
  if (write.action === 'create') {
    const ref = await tools.target.create(write.kind, write.workspace, write.body);
    return { outcome, now: { ref, version: await fetchVersion(ref, tools) } };
  }
  const { ref, seen } = write;
  if ((await fetchVersion(ref, tools)).exactId !== seen) {
    return { outcome: refuse(outcome, 'it was changed in Postman while this push was under way') };
  }
  if (write.action === 'remove') {
    await tools.target.remove(ref);
    return { outcome };
  }
  await tools.target.replace(ref, write.body);
  return { outcome, now: { ref, version: await fetchVersion(ref, tools) } };
}
