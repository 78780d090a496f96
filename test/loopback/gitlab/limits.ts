/** GitLab's limits: request size (its own and a proxy's), the rate limit, and the throttle of large commits. */
import type { IncomingMessage } from 'node:http';
import { json, Refusal, type Reply, refuse, text } from './reply.ts';

export type RateLimit = { readonly limit: number; readonly windowMs: number };

export type LimitOptions = {
  /** GitLab's own limit of a commit's body: JSON 413. */
  readonly maxBodyBytes?: number;
  /** A reverse proxy's limit of any request: nginx's HTML 413. */
  readonly proxyMaxBodyBytes?: number;
  readonly rateLimit?: RateLimit;
  /** Whether bodies over 20 MB are limited to 3 per 30 s and user. */
  readonly largeCommitThrottle?: boolean;
};

const LARGE_BYTES = 20 * 1024 * 1024;

/** @returns the body, or refuses with GitLab's 413 as soon as it is known to be too large. */
export async function readLimitedBody(request: IncomingMessage, maxBytes = Infinity): Promise<Buffer> {
  refuseTooLarge(Number(request.headers['content-length'] ?? 0), maxBytes);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    refuseTooLarge(size, maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @returns nginx's answer to a request that announces more than the proxy takes. */
export function proxyRefusal(request: IncomingMessage, maxBytes = Infinity): Reply | undefined {
  if (Number(request.headers['content-length'] ?? 0) <= maxBytes) {
    return undefined;
  }
  const title = '413 Request Entity Too Large';
  const html = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
  return { ...text(413, html), headers: { 'content-type': 'text/html', server: 'nginx' } };
}

export type RateLimiter = { check(): { readonly headers: Record<string, string>; readonly refusal?: Reply } };

/** Counts in windows that start with the first request, as Rack::Attack does; also counts what it refuses. */
export function createRateLimiter({ limit, windowMs }: RateLimit): RateLimiter {
  let windowStart = 0;
  let observed = 0;
  return {
    check() {
      const now = Date.now();
      if (now - windowStart >= windowMs) {
        windowStart = now;
        observed = 0;
      }
      observed += 1;
      const reset = new Date(windowStart + windowMs);
      const headers = {
        'ratelimit-limit': String(limit),
        'ratelimit-name': 'throttle_authenticated_api',
        'ratelimit-observed': String(observed),
        'ratelimit-remaining': String(Math.max(0, limit - observed)),
        'ratelimit-reset': String(Math.ceil(reset.getTime() / 1000)),
      };
      if (observed <= limit) {
        return { headers };
      }
      const retryAfter = String(Math.max(1, Math.ceil((reset.getTime() - now) / 1000)));
      const more = { 'ratelimit-resettime': reset.toUTCString(), 'retry-after': retryAfter };
      return { headers, refusal: text(429, 'Retry later\n', { ...headers, ...more }) };
    },
  };
}

/** @returns a check that refuses the fourth body over 20 MB of one user within 30 s: JSON, without rate headers. */
export function createLargeCommitThrottle(): (user: string, bytes: number) => void {
  const timesOf = new Map<string, number[]>();
  return (user, bytes) => {
    if (bytes <= LARGE_BYTES) {
      return;
    }
    const now = Date.now();
    const recent = (timesOf.get(user) ?? []).filter((time) => now - time < 30_000);
    timesOf.set(user, [...recent, now]);
    if (recent.length < 3) {
      return;
    }
    const error = 'This endpoint has been requested too many times. Try again later.';
    throw new Refusal(json(429, { message: { error } }));
  };
}

function refuseTooLarge(size: number, maxBytes: number): void {
  if (size <= maxBytes) {
    return;
  }
  refuse(
    413,
    `RequestBody: upload failed: the upload size ${size} is over maximum of ${maxBytes} bytes: entity is too large`,
  );
}
