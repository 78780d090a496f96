/** The steps of a restore: their order, what they do not bring back, and the names of copies. */
import { nameOfKind } from '../../kind-name.ts';
import type { Kind, ResourceRef } from '../../model.ts';
import type { RestoreStep } from '../../restore-step.ts';

/** Mocks and monitors refer to collections and environments. */
const ORDER: readonly Kind[] = [
  ...(['workspaces', 'globals', 'environments', 'collections'] as const),
  ...(['specs', 'mocks', 'monitors', 'apis'] as const),
];

/** What the API does not let anybody put back. */
const LOST: Readonly<Partial<Record<Kind, string>>> = {
  collections: 'comments, forks and pull requests, roles, published documentation',
  mocks: 'the address of a mock server and its settings (delay, matching): a new one has others',
  monitors: 'the history of runs',
  specs: 'version tags, and the links to generated collections',
};

/** @returns the same, what others refer to first. */
export function inOrder<T extends { readonly resource: Pick<ResourceRef, 'kind'> }>(
  chosen: readonly T[],
): readonly T[] {
  return [...chosen].sort((a, b) => ORDER.indexOf(a.resource.kind) - ORDER.indexOf(b.resource.kind));
}

/** @returns what does not come back with these steps, a line for each kind. */
export function describeLosses(steps: readonly RestoreStep[]): readonly string[] {
  const kinds = new Set(steps.filter(writes).map(({ kind }) => kind));
  return ORDER.flatMap((kind) => {
    const lost = kinds.has(kind) ? LOST[kind] : undefined;
    return lost === undefined ? [] : [`${nameOfKind(kind)}: ${lost}`];
  });
}

export function writes({ action }: RestoreStep): boolean {
  return action === 'create' || action === 'finish' || action === 'replace';
}

/**
 * @param chosen what is to be restored.
 * @param date of what is restored.
 * @returns a name for each, no two alike, and the same each time: so a second run finds what a first one made.
 */
export function namesOfCopies(
  chosen: readonly (Pick<ResourceRef, 'kind' | 'uuid' | 'name'> & { readonly item?: string })[],
  date: Date,
): readonly string[] {
  const day = date.toISOString().slice(0, 10);
  const names = chosen.map(({ name, item }) => (item === undefined ? name : `${name}: ${item}`));
  const isTaken = (index: number) =>
    names.some(
      (name, other) =>
        other !== index && name === names[index] && chosen[other]?.kind === chosen[index]?.kind,
    );
  return chosen.map(({ uuid }, index) => {
    const which = isTaken(index) ? `, ${uuid.slice(0, 8)}` : '';
    return `${names[index]} (restored ${day}${which})`;
  });
}
