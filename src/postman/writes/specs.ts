/** Spec Hub: `POST /specs` creates a spec with all its files; what changes later is written file by file. */
import * as z from 'zod';
import type { KnownError } from '../../errors.ts';
import type { JsonObject } from '../../json.ts';
import type { ResourceRef } from '../../model.ts';
import { kindEndpoints } from '../kinds/registry.ts';
import { pathSegment } from '../path-segment.ts';
import { type Api, removeAt, type Unclear } from './api.ts';
import { createResource } from './create-resource.ts';
import { IncompleteWrite } from './incomplete.ts';
import type { KindWrites } from './kind-writes.ts';
import { nameOf } from './name-of.ts';
import { pick } from './pick.ts';
import { planSpecSteps, type SpecFile, type SpecStep } from './spec-steps.ts';
import { startingOver } from './start-over.ts';

const Files = z.looseObject({
  files: z.array(z.looseObject({ path: z.string(), content: z.string(), type: z.string().optional() })),
});

export const specs: KindWrites = {
  async create(api, workspace, body) {
    return createResource(api, {
      kind: 'specs',
      workspace,
      path: `specs?${new URLSearchParams({ workspaceId: workspace.id })}`,
      body: newSpec(body),
      name: nameOf(body),
      sketch: (spec) =>
        filesIn(spec)
          .map(({ path }) => path)
          .sort(),
      settle: (ref) => specs.replace(api, ref, body),
    });
  },
  /** Its type stays: there is no way to set it. @throws IncompleteWrite when some of the steps were refused. */
  async replace(api, ref, body) {
    const wanted = { name: nameOf(body), files: filesIn(body) };
    const path = `specs/${pathSegment(ref.uuid)}`;
    const unclear = await startingOver(api, async () => {
      const current = await kindEndpoints.specs.fetch(api.get, ref);
      const steps = planSpecSteps(path, { name: nameOf(current), files: filesIn(current) }, wanted);
      return runSteps(api, ref, steps);
    });
    if (unclear !== undefined) {
      throw unclear.error;
    }
  },
  remove: (api, ref) => removeAt(api, `specs/${pathSegment(ref.uuid)}`),
};

async function runSteps(
  api: Api,
  ref: ResourceRef,
  steps: readonly SpecStep[],
): Promise<Unclear | undefined> {
  for (const [index, { write }] of steps.entries()) {
    const sent = await api.send(write);
    if (sent.outcome === 'unclear') {
      return sent;
    }
    const isGone =
      sent.outcome === 'refused' && write.method === 'DELETE' && sent.error.code === 'RESOURCE_NOT_FOUND';
    if (sent.outcome === 'refused' && !isGone) {
      throw index === 0 ? sent.error : partly(ref, steps, index, sent.error);
    }
  }
  return undefined;
}

function partly(
  ref: ResourceRef,
  steps: readonly SpecStep[],
  failed: number,
  error: KnownError,
): IncompleteWrite {
  const parts = steps.map(({ part }) => part);
  const missing = parts.slice(failed).map((part) => ({ part }));
  return new IncompleteWrite(ref, { present: parts.slice(0, failed), missing }, error);
}

/** "Multi-file specifications can only have one root file", and a single one is it without saying so (createSpec). */
function newSpec(body: JsonObject): JsonObject {
  const files = filesIn(body);
  const isSingle = files.length === 1;
  return {
    ...pick(body, ['name', 'type']),
    files: files.map(({ path, content, type }) => (isSingle ? { path, content } : { path, content, type })),
  };
}

function filesIn(spec: unknown): readonly SpecFile[] {
  return Files.safeParse(spec).data?.files ?? [];
}
