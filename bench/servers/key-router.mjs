/** One address for several keys: passes each request on to the stand-in that knows its key. */

import { createServer, request as send } from 'node:http';
import { pipeline } from 'node:stream';

/** @param {Record<string, string>} targets API key → address */
export async function startKeyRouter(targets) {
  const server = createServer((request, response) => {
    const target = targets[request.headers['x-api-key']];
    const onward = send(new URL(request.url, target), { method: request.method, headers: request.headers });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      pipeline(answer, response, () => undefined);
    });
    pipeline(request, onward, () => undefined);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
