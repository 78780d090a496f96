/** One address that answers each key as its own team, as Postman's does. */
import { createServer } from 'node:http';
import { atEnd } from './program.ts';

/** @param teams key → address of the stand-in that has it. */
export async function startHost(teams: Readonly<Record<string, string>>): Promise<string> {
  const server = createServer((request, response) => {
    const key = String(request.headers['x-api-key']);
    const { accept = '*/*' } = request.headers;
    void fetch(`${teams[key]}${request.url}`, { headers: { accept, 'x-api-key': key } }).then(
      async (answer) => {
        response.writeHead(answer.status, { 'content-type': 'application/json' });
        response.end(await answer.text());
      },
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  atEnd(async () => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}
