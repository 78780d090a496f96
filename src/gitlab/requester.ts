/**
 * Sends gitbeaker's requests through our post room. Gitbeaker's own layer is out of the game: it retries ten times
 * in 0.3 s, replays POSTs, ignores Retry-After, and its errors print the token.
 */
import { createRequesterFn, type FormattedResponse } from '@gitbeaker/requester-utils';
import * as z from 'zod';
import { KnownError } from '../errors.ts';
import type { HttpClient } from '../http/client.ts';

const Options = z.looseObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  searchParams: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.string().optional(),
});

/**
 * For one list of many pages: gitbeaker follows their links for as long as there are any, also in a circle, and takes
 * each for an array.
 */
export function createPageRequester(client: HttpClient) {
  const asked = new Set<string>();
  return createRequester({
    async request(request) {
      if (asked.has(request.path)) {
        throw new KnownError('GITLAB_UNAVAILABLE', "The pages of GitLab's list of files lead in a circle.");
      }
      asked.add(request.path);
      const response = await client.request(request);
      return { ...response, json: Rows.parse(response.json) };
    },
  });
}

/** @param client carries the token: gitbeaker never sees it. */
export function createRequester(client: Pick<HttpClient, 'request'>) {
  return createRequesterFn(
    async (_resource, options) => options,
    async (endpoint, options): Promise<FormattedResponse> => {
      const { method, searchParams, headers, body } = Options.parse(options);
      // Not any `/raw`: a branch may be named so.
      const isRaw = /\/blobs\/[^/]+\/raw$/.test(endpoint);
      const path = searchParams === undefined ? endpoint : `${endpoint}?${searchParams}`;
      const response = await client.request({
        method,
        path,
        expect: isRaw ? 'bytes' : 'json',
        ...(headers === undefined ? {} : { headers }),
        ...(body === undefined ? {} : { body }),
      });
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: isRaw ? new Blob([new Uint8Array(response.bytes)]) : Json.parse(response.json),
      };
    },
  );
}

const Rows = z.array(z.record(z.string(), z.unknown()));
const Json = z.union([z.record(z.string(), z.unknown()), Rows]);
