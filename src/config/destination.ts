/** Where commits go, and with which credential (design §11). */
import { KnownError } from '../errors.ts';
import { printable } from '../printable.ts';
import type { Destination } from './config.ts';
import { readCredential } from './credentials.ts';
import type { ResolveContext } from './load.ts';
import type { Values } from './values.ts';

const DEFAULT_TOKEN_VARIABLE = 'GITLAB_TOKEN';
// What a destination is when it could not be resolved: the problem is recorded, and nothing will use it.
const NONE: Destination = { type: 'git', url: '' };

export function resolveDestination(values: Values, context: ResolveContext): Destination {
  const { run } = context;
  if (run.repository !== undefined) {
    return resolveRepository(run.repository, context);
  }
  const token = resolveToken(context);
  switch (run.destination ?? 'auto') {
    case 'api':
      return resolveApi(values, token, context);
    case 'git':
      return resolveJobTokenPush(values, context);
    case 'auto':
      return token === undefined ? resolveJobTokenPush(values, context) : resolveApi(values, token, context);
  }
}

function resolveRepository(repository: string, { run, problems }: ResolveContext): Destination {
  if (run.destination === 'api') {
    problems.add('`destination: api` needs a GitLab project; leave `repository` out.');
  }
  if (/^[a-z+]+:\/\/[^/@]*:[^/@]*@/i.test(repository)) {
    problems.add('`repository` holds a password. Leave it out of the URL: git asks its credential helper.');
  }
  if (repository.startsWith('-')) {
    problems.add(`\`repository\`: "${printable(repository)}" is neither a path nor a URL.`);
  }
  return { type: 'git', url: repository };
}

/** A variable that is named explicitly and empty is an error, never a silent switch to another credential. */
function resolveToken({ run, env, readFile, problems }: ResolveContext): string | undefined {
  const named = run['token-variable'];
  const variable = named ?? DEFAULT_TOKEN_VARIABLE;
  try {
    const token = readCredential(variable, env, readFile);
    if (token === undefined && named !== undefined) {
      problems.addError(
        new KnownError('TOKEN_MISSING', `\`token-variable\` names ${printable(variable)}, which is empty.`),
      );
    }
    return token;
  } catch (error) {
    problems.add(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

function resolveApi(
  values: Values,
  token: string | undefined,
  { ci, problems }: ResolveContext,
): Destination {
  const project = values.project ?? ci.projectId;
  const missing = [
    token === undefined ? `a token in ${DEFAULT_TOKEN_VARIABLE}` : '',
    project === undefined ? '`project`' : '',
    ci.serverUrl === undefined ? "GitLab's address in CI_SERVER_URL" : '',
  ].filter((what) => what !== '');
  if (token === undefined || project === undefined || ci.serverUrl === undefined) {
    problems.addError(
      new KnownError(
        'DESTINATION_MISSING',
        `To commit through GitLab's API, ${missing.join(' and ')} is missing.`,
      ),
    );
    return NONE;
  }
  return { type: 'api', serverUrl: ci.serverUrl, project, token };
}

/** The job token may push to its own project only, and goes to no other host than GitLab's. */
function resolveJobTokenPush({ project }: Values, { ci, problems }: ResolveContext): Destination {
  const { serverUrl, projectPath, projectId, jobToken } = ci;
  if (jobToken === undefined || serverUrl === undefined || projectPath === undefined) {
    problems.addError(
      new KnownError(
        'DESTINATION_MISSING',
        'Nowhere to commit to: there is no GitLab token, no job token and no `repository`.',
      ),
    );
    return NONE;
  }
  if (project !== undefined && project !== projectId && project !== projectPath) {
    problems.addError(
      new KnownError(
        'DESTINATION_MISSING',
        `The job token can push only to the job's own project, not to "${printable(project)}".`,
        { hint: 'Set GITLAB_TOKEN to an access token of that project, with the scope `api`.' },
      ),
    );
  }
  const webUrl = `${serverUrl}/${projectPath}`;
  return { type: 'git', url: `${webUrl}.git`, jobToken, webUrl };
}
