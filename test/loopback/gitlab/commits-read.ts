/** `GET repository/commits`, `GET repository/commits/:sha` and `GET repository/compare`. */
import { readCommit, readCommits } from './commit-json.ts';
import { type Call, type Endpoint, param, readableProject, readScopes } from './endpoint.ts';
import { nextLink, pageOf } from './paging.ts';
import { json, notFound, type Reply } from './reply.ts';
import { isEmpty, resolveCommit } from './repository.ts';
import type { Project } from './state.ts';

export const commitReadEndpoints: readonly Endpoint[] = [
  { route: 'GET /projects/:id/repository/commits', scopes: readScopes, handle: listCommits },
  { route: 'GET /projects/:id/repository/compare', scopes: readScopes, handle: compare },
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

/** From where the two parted, as GitLab compares unless `straight` is asked for; of each file only its path. */
async function compare(call: Call): Promise<Reply> {
  const project = readableProject(call);
  const { state, query } = call;
  const from = await resolveCommit(project, query.get('from') ?? '');
  const to = await resolveCommit(project, query.get('to') ?? '');
  if (from === undefined || to === undefined) {
    return notFound('Ref');
  }
  const paths = (await project.git('diff', '--name-only', '-z', `${from}...${to}`)).split('\0');
  const commits = await readCommits({ state, project, args: [`${from}..${to}`], trailers: false });
  const diffs = paths.filter(Boolean).map((path) => ({ old_path: path, new_path: path }));
  return json(200, { commits, diffs, compare_timeout: false, compare_same_ref: from === to });
}

/** In seconds: git would read a date of its own choice out of a text that it cannot parse. */
function timeLimit(flag: string, value: string | null): string[] {
  return value === null ? [] : [`${flag}=${Math.floor(Date.parse(value) / 1000)}`];
}
