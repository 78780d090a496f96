/** Postman as a case has it: one address, and behind it a team for each key. */
import { createServer, type RequestListener, request } from 'node:http';
import { startPostmanApi } from '../../demo/postman-api/server.mjs';
import type { Estate, PostmanApi } from '../../demo/postman-api/types.d.mts';
import { faultHook } from './faults.ts';
import type { Team } from './postman-file.ts';
import { fakePostmanKey } from './stand-ins.ts';

export type Postman = {
  /** Its address and the keys, for the program. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
};

/** @param teams by the name of the variable that holds their key. */
export async function startPostman(
  teams: ReadonlyMap<string, Team>,
  estateOf: (team: Team) => Estate,
): Promise<Postman> {
  const apis: PostmanApi[] = [];
  const keys: [string, string][] = [];
  for (const [variable, team] of teams) {
    const api = await startTeam(team, { estate: estateOf(team), apiKey: fakePostmanKey(variable) });
    apis.push(api);
    keys.push([variable, api.apiKey]);
  }
  const door = await openDoor((key) => apis.find(({ apiKey }) => apiKey === key) ?? apis[0]);
  return {
    env: { ...Object.fromEntries(keys), POSTMAN_API_URL: door.url },
    async close() {
      await door.close();
      await Promise.all(apis.map((api) => api.close()));
    },
  };
}

async function startTeam(
  { unavailable = [], faults = [] }: Team,
  { estate, apiKey }: { readonly estate: Estate; readonly apiKey: string },
): Promise<PostmanApi> {
  const limits = { lists: { limit: 1000, windowMs: 1000 }, perMinute: 100_000 };
  const api = await startPostmanApi({ estate, apiKey, unavailable, noisy: true, limits });
  api.onRequest(faultHook(faults));
  return api;
}

/** All teams of Postman have one address: the key tells whose answer it is. */
async function openDoor(apiFor: (key: unknown) => PostmanApi | undefined) {
  const serve: RequestListener = (incoming, answer) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const target = new URL(url, apiFor(headers['x-api-key'])?.url);
    const onward = request(target, { method, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    onward.once('error', () => answer.destroy());
    incoming.pipe(onward);
  };
  const server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
