/** Lists one kind of one workspace, and holds the list against what the workspace says of itself. */
import { KnownError } from '../errors.ts';
import type { Kind, Listing } from '../model.ts';
import { isOfOneAnswer, type NotOffered, reasonNotOffered } from './errors.ts';
import type { KindEndpoints, Listed } from './kinds/kind-endpoints.ts';
import { kindEndpoints } from './kinds/registry.ts';
import { readRefs } from './refs.ts';
import type { Get } from './source.ts';
import type { ResolvedWorkspace } from './workspaces.ts';

/**
 * A list may come short: an unknown workspace answers with an empty one, and lost access looks the same. What the
 * workspace names and the list does not is added, without a timestamp, so that it is fetched.
 * @throws KnownError only for what concerns all lists: the key, the quota.
 */
export async function listResources(
  get: Get,
  { kind, workspace }: { readonly kind: Kind; readonly workspace: ResolvedWorkspace },
): Promise<Listing> {
  const about = { kind, workspace: { id: workspace.id, name: workspace.name } };
  const named = readRefs(about, workspace.content);
  const listed = await listOrReason(get, kind, workspace);
  const { notOffered } = listed;
  const { ended }: KindEndpoints = kindEndpoints[kind];
  const isContradicted = notOffered?.isGuess === true && named.refs.length > 0 && ended !== true;
  if (notOffered !== undefined && !isContradicted) {
    const { reason: unavailable, isGuess } = notOffered;
    return { ...about, refs: [], unavailable, ...(isGuess ? { unconfirmed: true } : {}) };
  }
  const known = new Set(listed.refs.map(({ uuid }) => uuid));
  const missing = named.refs
    .filter(({ uuid }) => !known.has(uuid))
    .map((ref) => ({ ...ref, unlisted: true as const }));
  const refs = [...listed.refs, ...missing];
  const doubt = workspace.doubt ?? listed.doubt ?? notOffered?.reason;
  const isUnconfirmed = refs.length === 0 && named.doubt !== undefined;
  return {
    ...about,
    refs,
    ...(doubt === undefined ? {} : { doubt }),
    ...(isUnconfirmed ? { unconfirmed: true } : {}),
  };
}

async function listOrReason(
  get: Get,
  kind: Kind,
  workspace: ResolvedWorkspace,
): Promise<Listed & { readonly notOffered?: NotOffered }> {
  const endpoints: KindEndpoints = kindEndpoints[kind];
  try {
    return await endpoints.list(get, workspace);
  } catch (error) {
    if (!(error instanceof KnownError) || !isOfOneAnswer(error)) {
      throw error;
    }
    const notOffered = endpoints.optional === true ? reasonNotOffered(error, workspace.id) : undefined;
    return notOffered === undefined ? { refs: [], doubt: error.message } : { refs: [], notOffered };
  }
}
