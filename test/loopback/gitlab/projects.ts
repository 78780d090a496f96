/** `GET /version`, `/user`, `/personal_access_tokens/self` and `/projects/:id`. */
import { basename, dirname } from 'node:path/posix';
import { type Call, type Endpoint, readScopes, userScopes, visibleProject } from './endpoint.ts';
import { json, type Reply, refuse } from './reply.ts';
import { defaultBranch, isEmpty } from './repository.ts';
import { accessLevel, type Token } from './state.ts';

export const projectEndpoints: readonly Endpoint[] = [
  { route: 'GET /version', scopes: userScopes, handle: getVersion },
  { route: 'GET /user', scopes: userScopes, handle: getUser },
  // A token may always look at itself: GitLab gives this endpoint every scope there is.
  { route: 'GET /personal_access_tokens/self', handle: getOwnToken },
  { route: 'GET /projects/:id', scopes: readScopes, handle: getProject },
];

function getVersion(call: Call): Reply {
  requireToken(call);
  return json(200, { version: '18.9.0-ee', revision: '0a1b2c3d4e5' });
}

function getUser(call: Call): Reply {
  const { user } = requireToken(call);
  const username = user.email.split('@')[0];
  return json(200, { id: user.id, username, name: user.name, email: user.email, state: 'active', bot: true });
}

function getOwnToken(call: Call): Reply {
  const token = requireToken(call);
  return json(200, {
    id: token.user.id,
    name: token.user.name,
    revoked: false,
    active: true,
    scopes: token.scopes,
    user_id: token.user.id,
    expires_at: token.expiresAt,
  });
}

async function getProject(call: Call): Promise<Reply> {
  const project = visibleProject(call);
  const level = accessLevel(call.caller, project);
  return json(200, {
    id: project.id,
    name: basename(project.path),
    path: basename(project.path),
    path_with_namespace: project.path,
    namespace: { full_path: dirname(project.path) },
    web_url: `${call.state.url}/${project.path}`,
    http_url_to_repo: project.httpUrl,
    default_branch: await defaultBranch(project),
    empty_repo: await isEmpty(project),
    archived: project.archived,
    visibility: project.visibility,
    repository_object_format: 'sha1',
    ci_push_repository_for_job_token_allowed: project.jobTokenPushAllowed,
    permissions: {
      project_access: level > 0 ? { access_level: level, notification_level: 3 } : null,
      group_access: null,
    },
  });
}

function requireToken(call: Call): Token {
  return call.caller.kind === 'token' ? call.caller.token : refuse(401, '401 Unauthorized');
}
