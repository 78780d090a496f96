/** What every outcome says of its resource, whatever became of it. */
import type { Outcome, ResourceRef } from '../model.ts';

export function aboutResource({
  kind,
  uuid,
  name,
  workspace,
}: ResourceRef): Pick<Outcome, 'kind' | 'uuid' | 'name' | 'workspace'> {
  return { kind, uuid, name, workspace: workspace.name };
}
