/** Writes a collection part by part: for one that Postman does not take whole. */
import * as z from 'zod';
import { KnownError } from '../../errors.ts';
import { isSameJson, type JsonObject, omit } from '../../json.ts';
import type { ResourceRef } from '../../model.ts';
import { kindEndpoints } from '../kinds/registry.ts';
import { pathSegment } from '../path-segment.ts';
import { type Api, type Done, type Refused, removeAt, type Unclear } from './api.ts';
import { fillShell, writeHead } from './collection-shell.ts';
import { IncompleteWrite, type MissingPart } from './incomplete.ts';
import { allParts, matchSiblings, type Part, partsOf } from './parts.ts';
import { startingOver } from './start-over.ts';

type Job = {
  readonly api: Api;
  readonly ref: ResourceRef;
  /** Of parts that may only have been moved, and so are not to be removed. */
  readonly wantedIds: ReadonlySet<string | undefined>;
  readonly written: Set<Part>;
  /** Why not. */
  readonly refused: Map<Part, string>;
  /** Why what it says of itself was not. */
  headRefused?: string;
};

const Created = z.looseObject({ model_id: z.string() });
const IDENTITY = new Set(['id']);
const HEAD = 'what it says of itself: name, description, variables, auth, scripts';

/**
 * Brings every folder, request and example that is missing or differs, and removes what is too much. What is there stays
 * where it is among its siblings, and what is new comes last: the routes of the parts know no order.
 * @param collection of v2.1, without the nulls that Postman refuses. Parts without an id are told by their names, so
 * that a second run goes on where the first ended.
 * @throws IncompleteWrite with what is in and what is not.
 */
export async function writeItemByItem(api: Api, ref: ResourceRef, collection: JsonObject): Promise<void> {
  const wanted = partsOf(collection);
  const wantedIds = new Set([...allParts(wanted)].map(({ id }) => id));
  const job: Job = { api, ref, wantedIds, written: new Set(), refused: new Map() };
  const failure = await failureOf(async () => {
    const unclear = await startingOver(api, () => writeOnce(job, wanted, collection));
    return unclear?.error;
  });
  const missing = missingParts(job, wanted);
  if (missing.length > 0 || failure !== undefined) {
    const present = [...job.written].map(({ label }) => label);
    throw new IncompleteWrite(ref, { present, missing }, failure);
  }
}

async function failureOf(work: () => Promise<KnownError | undefined>): Promise<KnownError | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof KnownError) {
      return error;
    }
    throw error;
  }
}

function missingParts(
  { written, refused, headRefused }: Job,
  wanted: readonly Part[],
): readonly MissingPart[] {
  const head = headRefused === undefined ? [] : [{ part: HEAD, reason: headRefused }];
  const parts = [...allParts(wanted)].filter((part) => !written.has(part));
  return [
    ...head,
    ...parts.map((part) => {
      const reason = refused.get(part);
      return { part: part.label, ...(reason === undefined ? {} : { reason }) };
    }),
  ];
}

async function writeOnce(
  job: Job,
  wanted: readonly Part[],
  collection: JsonObject,
): Promise<Unclear | undefined> {
  const { api, ref } = job;
  startAgain(job);
  const current = await readFilled(api, ref, collection);
  const head = await writeHead(api, ref, current, collection);
  if (head?.outcome === 'unclear') {
    return head;
  }
  if (head?.outcome === 'refused') {
    job.headRefused = reasonOf(head);
  }
  return writeLevel(job, wanted, partsOf(current), undefined);
}

function startAgain(job: Job): void {
  job.written.clear();
  job.refused.clear();
  delete job.headRefused;
}

/** @returns the collection as it is; an empty one after as much was put into it as goes at once. */
async function readFilled(api: Api, ref: ResourceRef, collection: JsonObject): Promise<unknown> {
  const current = await kindEndpoints.collections.fetch(api.get, ref);
  if (partsOf(current).length > 0) {
    return current;
  }
  await fillShell(api, ref, collection);
  return kindEndpoints.collections.fetch(api.get, ref);
}

async function writeLevel(
  job: Job,
  wanted: readonly Part[],
  present: readonly Part[],
  parent: string | undefined,
): Promise<Unclear | undefined> {
  const { pairs, others } = matchSiblings(wanted, present);
  for (const pair of pairs) {
    const part = pair.wanted;
    const sent = await writePart(job, part, pair.present, parent);
    if (sent?.outcome === 'unclear') {
      return sent;
    }
    if (sent?.outcome === 'refused') {
      job.refused.set(part, reasonOf(sent));
      continue;
    }
    job.written.add(part);
    const id = pair.present?.id ?? Created.safeParse(sent?.answer).data?.model_id;
    const unclear = await writeLevel(job, part.children, pair.present?.children ?? [], id);
    if (unclear !== undefined) {
      return unclear;
    }
  }
  for (const { id, model } of others.filter((part) => !job.wantedIds.has(part.id))) {
    await removeAt(job.api, pathOf(job.ref, model, id));
  }
  return undefined;
}

/** @returns nothing when it is there as it should be. */
async function writePart(
  job: Job,
  part: Part,
  present: Part | undefined,
  parent: string | undefined,
): Promise<Done | Refused | Unclear | undefined> {
  const { api, ref } = job;
  if (present === undefined) {
    return createPart(job, part, parent);
  }
  const [before, after] = [present, part].map(({ fields }) => omit(fields, IDENTITY));
  if (isSameJson(before, after)) {
    return undefined;
  }
  // "Only updates the values that you pass": what is gone has to be passed as nothing.
  const gone = Object.keys(before ?? {}).map((key) => [key, null]);
  const body = { ...Object.fromEntries(gone), ...after };
  return api.send({ method: 'PUT', path: pathOf(ref, part.model, present.id), body });
}

async function createPart(
  { api, ref }: Job,
  part: Part,
  parent: string | undefined,
): Promise<Done | Refused | Unclear> {
  const { model, id, fields } = part;
  const query = { folder: '', request: 'folderId', response: 'request' }[model];
  const inQuery = parent !== undefined && query !== '';
  const inBody = parent !== undefined && query === '';
  const post = {
    method: 'POST',
    path: `${pathOf(ref, model)}${inQuery ? `?${new URLSearchParams({ [query]: parent })}` : ''}`,
    body: inBody ? { ...fields, folder: parent } : fields,
  } as const;
  const sent = await api.send(post);
  // It lies elsewhere in the collection, and no route of its own moves it.
  const isElsewhere = sent.outcome === 'refused' && sent.name === 'instanceFoundError';
  if (!isElsewhere || id === undefined) {
    return sent;
  }
  await removeAt(api, pathOf(ref, model, id));
  return api.send(post);
}

/** "You must pass a collection ID, not a collection UID" (OpenAPI 1.45.0, updateCollectionRequest). */
function pathOf({ uuid }: ResourceRef, model: Part['model'], id?: string): string {
  const path = `collections/${pathSegment(uuid)}/${model}s`;
  return id === undefined ? path : `${path}/${pathSegment(id)}`;
}

/** @throws KnownError when it is not about this part: the key, the quota. */
function reasonOf({ error }: Refused): string {
  if (error.code !== 'POSTMAN_WRITE_REFUSED' && error.code !== 'RESOURCE_NOT_FOUND') {
    throw error;
  }
  return error.message.replace(/^.*?\((.*)\)\.$/s, '$1');
}
