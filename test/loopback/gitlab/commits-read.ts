/** `GET repository/commits`, `GET repository/commits/:sha` and `GET repository/merge_base`. */
import { readCommit, readCommits } from './commit-json.ts';
import { type Call, type Endpoint, param, readableProject, readScopes } from './endpoint.ts';
import { tryGit } from './git.ts';
import { nextLink, pageOf } from './paging.ts';
import { badRequest, json, notFound, type Reply } from './reply.ts';
import { isEmpty, resolveCommit } from './repository.ts';
import type { Project } from './state.ts';

export const commitReadEndpoints: readonly Endpoint[] = [
  { route: 'GET /projects/:id/repository/commits', scopes: readScopes, handle: listCommits },
  { route: 'GET /projects/:id/repository/merge_base', scopes: readScopes, handle: mergeBase },
  {
    route: 'GET /projects/:id/repository/commits/:sha',
    scopes: readScopes,
    jobToken: true,
    handle: getCommit,
  },
];

async function listCommits(call: Call): Promise<Reply> {
  const project = readableProject(call);
  const { query, state } = call;
  const start = await resolveRange(project, query.get('ref_name') ?? 'HEAD');
  if (start === undefined) {
    return (await isEmpty(project)) ? json(200, []) : notFound('Commit');
  }
  const { page, perPage } = pageOf(query);
  const args = [
    ...timeLimit('--since', query.get('since')),
    ...timeLimit('--until', query.get('until')),
    `--skip=${(page - 1) * perPage}`,
    // One more than the page holds tells whether there is a next one.
    `--max-count=${perPage + 1}`,
    start,
    ...(query.get('path') === null ? [] : ['--', query.get('path') ?? '']),
  ];
  const trailers = query.get('trailers') === 'true';
  const commits = await readCommits({ state, project, args, trailers });
  const next = commits.length > perPage ? String(page + 1) : '';
  return json(200, commits.slice(0, perPage), {
    'x-page': String(page),
    'x-per-page': String(perPage),
    'x-next-page': next,
    'x-prev-page': page > 1 ? String(page - 1) : '',
    ...(next === '' ? {} : { link: nextLink(call, { page: next, per_page: String(perPage) }) }),
  });
}

/** GitLab takes "the name of a repository branch, tag or revision range" (docs.gitlab.com/api/commits). */
async function resolveRange(project: Project, ref: string): Promise<string | undefined> {
  const ends = await Promise.all(ref.split('..').map((end) => resolveCommit(project, end)));
  return ends.includes(undefined) ? undefined : ends.join('..');
}

async function getCommit(call: Call): Promise<Reply> {
  const project = readableProject(call);
  const id = await resolveCommit(project, param(call, 'sha'));
  return id === undefined ? notFound('Commit') : json(200, await readCommit(call.state, project, id));
}

async function mergeBase(call: Call): Promise<Reply> {
  const project = readableProject(call);
  const refs = call.query.getAll('refs[]');
  const commits = await Promise.all(refs.map((ref) => resolveCommit(project, ref)));
  const known = commits.flatMap((commit) => commit ?? []);
  if (known.length < 2 || known.length < refs.length) {
    return badRequest('Could not find ref, or too few of them');
  }
  const base = await tryGit(['merge-base', ...known], { cwd: project.repositoryDir });
  return base === undefined
    ? notFound('Merge Base')
    : json(200, await readCommit(call.state, project, base.toString().trim()));
}

/** In seconds: git would read a date of its own choice out of a text that it cannot parse. */
function timeLimit(flag: string, value: string | null): string[] {
  return value === null ? [] : [`${flag}=${Math.floor(Date.parse(value) / 1000)}`];
}
