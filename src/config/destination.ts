/** Where commits go, and with which credential (design §11). */
import { KnownError } from '../errors.ts';
import { printable } from '../printable.ts';
import { checkUrl } from './check-url.ts';
import type { Destination } from './config.ts';
import type { ResolveContext } from './context.ts';
import { readCredential } from './credentials.ts';
import { placeOf } from './layer.ts';
import { located } from './problems.ts';
import { isOwnProject } from './target.ts';
import type { Asked } from './values.ts';

const DEFAULT_TOKEN_VARIABLE = 'GITLAB_TOKEN';
// What a destination is when it could not be resolved: the problem is recorded, and nothing will use it.
const NONE: Destination = { type: 'git', url: '' };

export function resolveDestination(asked: Asked, context: ResolveContext): Destination {
  return context.problems.attempt(() => chooseDestination(asked, context)) ?? NONE;
}

function chooseDestination(asked: Asked, context: ResolveContext): Destination {
  const { repository, destination = 'auto' } = context.run.values;
  if (repository !== undefined) {
    return toRepository(repository, context);
  }
  const token = readToken(context);
  switch (destination) {
    case 'api':
      return throughApi(asked, token, context);
    case 'git':
      return throughJobToken(asked, context);
    case 'auto':
      return token === undefined ? throughJobToken(asked, context) : throughApi(asked, token, context);
  }
}

function toRepository(repository: string, { run, problems }: ResolveContext): Destination {
  const complain = (problem: string) => problems.add(located(placeOf(run.given, 'repository'), problem));
  if (run.values.destination === 'api') {
    complain('`destination: api` needs a GitLab project; leave `repository` out.');
  }
  if (holdsCredential(repository)) {
    complain(
      '`repository` holds a user, a password or a query. Leave it out of the URL: git asks its credential helper.',
    );
  }
  if (repository === '' || repository.startsWith('-')) {
    complain('`repository` must be a path or a URL.');
  }
  return { type: 'git', url: repository };
}

/** Over HTTP the user alone may be a token; over ssh it is part of the address, and a password is none. */
function holdsCredential(repository: string): boolean {
  return (
    /^https?:\/\/(?:[^/]*@|.*[?#])/i.test(repository) ||
    /^[a-z][a-z0-9+.-]*:\/\/[^/@]*:[^/]*@/i.test(repository)
  );
}

/** A variable that is named explicitly and empty is an error, never a silent switch to another credential. */
function readToken({ run, env, readFile }: ResolveContext): string | undefined {
  const named = run.values['token-variable'];
  const token = readCredential(named ?? DEFAULT_TOKEN_VARIABLE, env, readFile);
  if (token === undefined && named !== undefined) {
    const problem = `\`token-variable\` names ${named}, which is empty.`;
    throw new KnownError('TOKEN_MISSING', located(placeOf(run.given, 'token-variable'), problem));
  }
  return token;
}

function throughApi({ values }: Asked, token: string | undefined, { ci, run }: ResolveContext): Destination {
  const project = values.project ?? ci.projectId;
  const missing = [
    token === undefined ? `a token in ${DEFAULT_TOKEN_VARIABLE}` : '',
    project === undefined ? '`project`' : '',
    ci.serverUrl === undefined ? "GitLab's address in CI_SERVER_URL" : '',
  ].filter((what) => what !== '');
  if (token === undefined || project === undefined || ci.serverUrl === undefined) {
    throw new KnownError(
      'DESTINATION_MISSING',
      located(
        placeOf(run.given, 'destination'),
        `To commit through GitLab's API, ${missing.join(' and ')} is missing.`,
      ),
    );
  }
  return { type: 'api', serverUrl: checkServerUrl(ci.serverUrl), project, token };
}

/** The job token may push to its own project only, and goes to no other host than GitLab's. */
function throughJobToken({ values: { project }, given }: Asked, { ci, run }: ResolveContext): Destination {
  const { serverUrl, projectPath, jobToken } = ci;
  if (jobToken === undefined || serverUrl === undefined || projectPath === undefined) {
    const tokens = run.values.destination === 'git' ? 'no job token' : 'no GitLab token, no job token';
    throw new KnownError(
      'DESTINATION_MISSING',
      located(
        placeOf(run.given, 'destination'),
        `Nowhere to commit to: there is ${tokens} and no \`repository\`.`,
      ),
    );
  }
  if (project !== undefined && !isOwnProject(project, ci)) {
    const problem = `The job token can push only to the job's own project, not to "${printable(project)}".`;
    throw new KnownError('DESTINATION_MISSING', located(placeOf(given, 'project'), problem), {
      hint: 'Set GITLAB_TOKEN to an access token of that project, with the scope `api`.',
    });
  }
  const webUrl = `${checkServerUrl(serverUrl)}/${projectPath}`;
  return { type: 'git', url: `${webUrl}.git`, jobToken, webUrl };
}

function checkServerUrl(serverUrl: string): string {
  return checkUrl('CI_SERVER_URL (or CI_API_V4_URL)', serverUrl);
}
