/** Finds the workspaces that a backup is about, and what each says it holds. */
import * as z from 'zod';
import { KnownError } from '../errors.ts';
import type { Workspace } from '../model.ts';
import { didYouMean } from '../nearest.ts';
import { printable } from '../printable.ts';
import { readPages } from './cursor-pages.ts';
import { isOfOneAnswer, translateAnswer } from './errors.ts';
import { pathSegment } from './path-segment.ts';
import type { Get, Scope } from './source.ts';

export type ResolvedWorkspace = Workspace & {
  /** Complete lists by kind, as `GET /workspaces/{id}` gives them. */
  readonly content: unknown;
  /** Why `content` is missing. */
  readonly doubt?: string;
};

const PAGE_SIZE = 100;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
// "Personal ones only when named"; a partner workspace is somebody else's.
const ONLY_WHEN_NAMED = new Set(['personal', 'partner']);

const ListedWorkspace = z.looseObject({
  id: z.string(),
  name: z.string(),
  type: z.string().optional(),
  visibility: z.string().optional(),
});
type ListedWorkspace = z.infer<typeof ListedWorkspace>;
const WorkspaceList = z.looseObject({ workspaces: z.array(ListedWorkspace) });
const WorkspaceDetail = z.looseObject({ workspace: ListedWorkspace });

/**
 * @param scope.workspaces ids or exact names; none: every team, private and public workspace that the key can see.
 * @returns each workspace once, in the order of the selectors.
 * @throws KnownError WORKSPACE_NOT_FOUND with the nearest names or when there is none at all, WORKSPACE_AMBIGUOUS
 * with the ids.
 */
export async function resolveWorkspaces(
  get: Get,
  { workspaces: selectors, kinds }: Scope,
): Promise<readonly ResolvedWorkspace[]> {
  // Deactivated mock servers are in no list but this one, and there only when they are asked for.
  const query = kinds.includes('mocks') ? `?${new URLSearchParams({ include: 'mocks:deactivated' })}` : '';
  const getDetail = async (id: string) => detailOf(await get(`workspaces/${pathSegment(id)}${query}`), id);
  if (selectors.length === 0) {
    const all = (await listWorkspaces(get)).filter((workspace) => !isOnlyForNaming(workspace));
    if (all.length === 0) {
      throw noWorkspace();
    }
    return inSequence(all, (workspace) => readContent(getDetail, workspace));
  }
  const resolved = await inSequence(selectors, async (selector) => {
    // `GET /collections?workspace=` answers 200 with an empty list for an id that does not exist: so look it up.
    const byId = UUID.test(selector) ? await findById(getDetail, selector) : undefined;
    return byId ?? readContent(getDetail, findByName(await listWorkspaces(get), selector));
  });
  return [...new Map(resolved.map((workspace) => [workspace.id, workspace])).values()];
}

/** The `type` of a partner workspace is `team`; its visibility tells (OpenAPI 1.45.0, example getWorkspaces). */
function isOnlyForNaming({ type = '', visibility = '' }: ListedWorkspace): boolean {
  return ONLY_WHEN_NAMED.has(type) || ONLY_WHEN_NAMED.has(visibility);
}

/** A key whose user left the team sees nothing; a backup of nothing must not look like a good one. */
function noWorkspace(): KnownError {
  return new KnownError('WORKSPACE_NOT_FOUND', 'The key sees no team, private or public workspace.', {
    hint: "Give the key's user access to the team's workspaces, or name a personal or partner one with `workspace`.",
  });
}

/** Every workspace that the key can see. @throws KnownError */
export async function listWorkspaces(get: Get): Promise<readonly ListedWorkspace[]> {
  const { answers, end } = await readPages('workspaces', (cursor = '') => {
    const query = new URLSearchParams({ limit: String(PAGE_SIZE), ...(cursor === '' ? {} : { cursor }) });
    return get(`workspaces?${query}`);
  });
  // By id: what moves from one page to the next while they are read would be there twice.
  const workspaces = new Map<string, ListedWorkspace>();
  for (const answer of answers) {
    const page = WorkspaceList.safeParse(answer);
    if (!page.success) {
      const { message } = translateAnswer(answer, 'workspaces');
      throw new KnownError('POSTMAN_ANSWER_UNEXPECTED', `${message}.`);
    }
    for (const workspace of page.data.workspaces) {
      workspaces.set(workspace.id, workspace);
    }
  }
  if (end !== 'last') {
    throw new KnownError(
      'POSTMAN_ANSWER_UNEXPECTED',
      'The pages of the list of workspaces lead in a circle.',
    );
  }
  return [...workspaces.values()];
}

type GetDetail = (id: string) => Promise<ResolvedWorkspace>;

async function findById(getDetail: GetDetail, id: string): Promise<ResolvedWorkspace | undefined> {
  try {
    return await getDetail(id);
  } catch (error) {
    if (error instanceof KnownError && error.code === 'RESOURCE_NOT_FOUND') {
      return undefined;
    }
    if (error instanceof KnownError && isOfOneAnswer(error)) {
      throw new KnownError(error.code, `Workspace ${id}: ${error.message}`);
    }
    throw error;
  }
}

function findByName(workspaces: readonly ListedWorkspace[], selector: string): ListedWorkspace {
  const matches = workspaces.filter(({ id, name }) => id === selector || name === selector);
  const [match] = matches;
  const shown = printable(selector);
  if (match === undefined) {
    const names = workspaces.map(({ name }) => printable(name));
    const message = `There is no workspace "${shown}" that the key can see.${didYouMean(shown, names)}`;
    throw new KnownError('WORKSPACE_NOT_FOUND', message);
  }
  if (matches.length > 1) {
    const ids = matches.map(({ id }) => printable(id)).join(', ');
    throw new KnownError('WORKSPACE_AMBIGUOUS', `${matches.length} workspaces are named "${shown}": ${ids}.`);
  }
  return match;
}

async function readContent(getDetail: GetDetail, { id, name }: ListedWorkspace): Promise<ResolvedWorkspace> {
  try {
    return { ...(await getDetail(id)), id, name };
  } catch (error) {
    if (error instanceof KnownError && isOfOneAnswer(error)) {
      return { id, name, content: {}, doubt: error.message };
    }
    throw error;
  }
}

function detailOf(answer: unknown, asked: string): ResolvedWorkspace {
  const detail = WorkspaceDetail.safeParse(answer);
  if (!detail.success) {
    throw new KnownError('POSTMAN_ANSWER_UNEXPECTED', 'Postman did not answer with a workspace.');
  }
  const { id, name } = detail.data.workspace;
  if (id.toLowerCase() !== asked.toLowerCase()) {
    throw new KnownError(
      'POSTMAN_ANSWER_UNEXPECTED',
      `Postman answered with another workspace (${printable(id)}).`,
    );
  }
  return { id, name, content: detail.data.workspace };
}

async function inSequence<T, R>(values: readonly T[], work: (value: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (const value of values) {
    results.push(await work(value));
  }
  return results;
}
