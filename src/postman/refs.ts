/** Reads the entries of a list; one that cannot be read makes the list doubtful and spoils none of the others. */
import * as z from 'zod';
import type { Kind, ResourceRef, Workspace } from '../model.ts';

const ListedResource = z.looseObject({
  id: z.string(),
  uid: z.string().optional(),
  owner: z.union([z.string(), z.number()]).optional(),
  name: z.string(),
  updatedAt: z.string().nullish(),
});

export type ReadRefs = {
  readonly refs: readonly ResourceRef[];
  /** How many entries there were, readable or not. */
  readonly count: number;
  readonly doubt?: string;
};

type About = {
  readonly kind: Kind;
  readonly workspace: Workspace;
  /** Whether an entry is all there is to know of its resource. */
  readonly carriesBody?: (entry: unknown) => boolean;
};

/** @param answer holds the list under the kind's own name. */
export function readRefs(about: About, answer: unknown): ReadRefs {
  const { kind } = about;
  const list = z.looseObject({ [kind]: z.array(z.unknown()) }).safeParse(answer).data?.[kind];
  if (list === undefined) {
    return { refs: [], count: 0, doubt: `the answer has no list of ${kind}` };
  }
  const refs = list.flatMap((entry) => readRef(about, entry) ?? []);
  const unreadable = list.length - refs.length;
  return unreadable === 0
    ? { refs, count: list.length }
    : { refs, count: list.length, doubt: `${unreadable} of ${list.length} entries cannot be read` };
}

function readRef({ kind, workspace, carriesBody }: About, entry: unknown): ResourceRef | undefined {
  const { data } = ListedResource.safeParse(entry);
  // An id stands for the uid in some answers; the uuid is what follows the owner's number.
  const uuid = data?.id.replace(/^\d+-(?=[0-9a-f]{8}-)/i, '');
  if (data === undefined || uuid === undefined || !/^[0-9a-z][\w-]*$/i.test(uuid)) {
    return undefined;
  }
  return {
    kind,
    uid: data.uid ?? (data.owner === undefined ? data.id : `${data.owner}-${uuid}`),
    uuid,
    name: data.name,
    workspace: { id: workspace.id, name: workspace.name },
    ...(data.updatedAt ? { updatedAt: data.updatedAt } : {}),
    ...(carriesBody?.(entry) ? { body: entry } : {}),
  };
}
