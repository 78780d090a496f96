/** `GET /me`: the key's user, and what is used up of the plan. */

/** @import { Answer, RouteContext } from './types.mjs' */

import { UNLIMITED } from './limits.mjs';

/** @param {RouteContext} context @returns {Answer} */
export function getMe({ estate, options, monthlyUsage }) {
  const { id, username, email, fullName, teamName } = estate.user;
  const user = {
    id,
    username,
    email,
    fullName,
    avatar: null,
    isPublic: false,
    emailVerified: true,
    teamId: 7731,
    teamName,
    teamDomain: teamName.toLowerCase(),
    roles: ['user'],
  };
  const limit = options.limits?.monthlyQuota ?? UNLIMITED;
  const operations = [
    { name: 'mock_usage', limit: 1_000_000, usage: 412, overage: 0 },
    { name: 'monitor_request_runs', limit: 1_000_000, usage: 20_160, overage: 0 },
    { name: 'api_usage', limit, usage: monthlyUsage, overage: 0 },
  ];
  return { status: 200, json: { user, operations } };
}
