/** `POST /collections`: whole where Postman takes it so, else an empty collection that is filled. */
import { KnownError } from '../../errors.ts';
import { isObject, type JsonObject } from '../../json.ts';
import type { ResourceRef, Workspace } from '../../model.ts';
import { kindEndpoints } from '../kinds/registry.ts';
import type { Api } from './api.ts';
import { isOfSize, LARGE_BYTES, sizeOf } from './collection-update.ts';
import { tryToCreate } from './create-resource.ts';
import { IncompleteWrite } from './incomplete.ts';
import { nameOf } from './name-of.ts';
import { allParts, partsOf } from './parts.ts';
import { pick } from './pick.ts';

// The schema of POST knows no others; that of PUT knows jwt and asap, too (OpenAPI 1.45.0, `auth` and `auth-2`).
const POSTED_AUTH: ReadonlySet<unknown> = new Set(
  'noauth basic bearer apikey digest oauth1 oauth2 hawk awsv4 ntlm edgegrid'.split(' '),
);

type Means = {
  /** Brings it to what was sent. */
  fill(ref: ResourceRef): Promise<void>;
  remove(ref: ResourceRef): Promise<void>;
};

/**
 * @param collection without ids, and without the nulls that Postman refuses.
 * @throws KnownError POSTMAN_WRITE_REFUSED when nothing is left behind.
 * @throws IncompleteWrite when it is there and not whole.
 */
export async function createCollection(
  api: Api,
  workspace: Workspace,
  collection: JsonObject,
  { fill, remove }: Means,
): Promise<ResourceRef> {
  const bytes = sizeOf(collection);
  const settle = (ref: ResourceRef) => tellingWhatIsMissing(api, ref, collection, () => fill(ref));
  if (bytes <= LARGE_BYTES && hasPostedAuth(collection)) {
    const whole = await tryToCreate(api, { ...newCollection(workspace, collection), settle });
    if (whole.outcome === 'created') {
      return whole.ref;
    }
    if (!isOfSize(whole, bytes)) {
      throw whole.error;
    }
  }
  const shell = await tryToCreate(api, newCollection(workspace, shellOf(collection)));
  if (shell.outcome !== 'created') {
    throw shell.error;
  }
  try {
    await settle(shell.ref);
  } catch (error) {
    const isRefused = error instanceof KnownError && error.code === 'POSTMAN_WRITE_REFUSED';
    if (isRefused && !shell.isFound) {
      await remove(shell.ref);
    }
    throw error;
  }
  return shell.ref;
}

function newCollection(workspace: Workspace, collection: JsonObject) {
  return {
    kind: 'collections',
    workspace,
    path: `collections?${new URLSearchParams({ workspace: workspace.id })}`,
    body: collection,
    envelope: 'collection',
    name: nameOf(collection['info'] ?? collection),
    sketch: labelsOf,
  } as const;
}

function shellOf({ info }: JsonObject): JsonObject {
  return { info: pick(isObject(info) ? info : {}, ['name', 'description', 'schema']), item: [] };
}

/** A refusal says that nothing of the content is there; after any other failure it is looked up. */
async function tellingWhatIsMissing(
  api: Api,
  ref: ResourceRef,
  collection: JsonObject,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const isTold = error instanceof IncompleteWrite || !(error instanceof KnownError);
    if (isTold || error.code === 'POSTMAN_WRITE_REFUSED') {
      throw error;
    }
    const present = await presentLabels(api, ref);
    const missing = labelsOf(collection).filter((label) => !present.includes(label));
    throw new IncompleteWrite(ref, { present, missing: missing.map((part) => ({ part })) }, error);
  }
}

async function presentLabels(api: Api, ref: ResourceRef): Promise<readonly string[]> {
  try {
    return labelsOf(await kindEndpoints.collections.fetch(api.get, ref));
  } catch (error) {
    if (error instanceof KnownError) {
      return [];
    }
    throw error;
  }
}

function labelsOf(collection: unknown): readonly string[] {
  return [...allParts(partsOf(collection))].map(({ label }) => label);
}

function hasPostedAuth(value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.every(hasPostedAuth);
  }
  if (!isObject(value)) {
    return true;
  }
  return Object.entries(value).every(
    ([key, field]) =>
      (key !== 'auth' || !isObject(field) || POSTED_AUTH.has(field['type'])) && hasPostedAuth(field),
  );
}
