/** Postman's limits that no header announces; the general one, 300 a minute, does (`X-RateLimit-*`). */
import type { PaceRule } from '../http/pace.ts';

// The server counts when a request arrives, not when it was sent: half a second for what travels faster.
const PER_TEN_SECONDS = { limit: 10, windowMs: 10_500 };

/**
 * "Postman Monitors, as well as the GET /collections, GET /workspaces, and GET /workspaces/{id} endpoints" have windows
 * of their own (OpenAPI 1.45.0, rate and usage limits).
 */
export const postmanPaceRules: readonly PaceRule[] = [
  { ...PER_TEN_SECONDS, matches: (path, method) => method === 'GET' && path === 'collections' },
  { ...PER_TEN_SECONDS, matches: (path, method) => method === 'GET' && path === 'workspaces' },
  { ...PER_TEN_SECONDS, matches: (path) => /^monitors(\/[^/]+)?$/.test(path) },
  { ...PER_TEN_SECONDS, matches: (path, method) => method === 'GET' && /^workspaces\/[^/]+$/.test(path) },
];
