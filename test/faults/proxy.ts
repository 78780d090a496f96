/** Stands before a server and can do anything to a request: the n-th of its kind, all to its address, or all from then on. */
import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { give, spoilAnswer } from './deliver.ts';
import { passOn, readAll, type Upstream } from './pass-on.ts';
import type { Answer, Sent, Spoil } from './spoil.ts';

/** `address`: the same method and path, however often; `outage`: everything from this request on. */
export type Duration = 'once' | 'address' | 'outage';

export type Ambush = {
  readonly spoil: Spoil;
  /** As in `addressOf`. */
  readonly address: string;
  /** Which of the requests to this address, from 0. */
  readonly occurrence: number;
  readonly duration: Duration;
  readonly siblings: readonly string[];
};

export type FaultyProxy = {
  readonly url: string;
  /** What came since the last `arm`. */
  readonly seen: readonly Sent[];
  /** Whether more came than any run could need: somebody asks without end. */
  isEndless(): boolean;
  /** Waits until whatever was passed on has been answered, whether somebody still hears it or not. */
  settle(): Promise<void>;
  /** Whether the ambush was come upon. */
  hasStruck(): boolean;
  /** Begins a new run. @param target where requests go. */
  arm(target: string, ambush?: Ambush): Promise<void>;
  close(): Promise<void>;
};

const ENDLESS = 1_000;
const OUT_OF_ORDER_MS = 15;
// Below the ports that systems give to clients: while nobody listens on it, nobody else gets it.
const LOWEST_PORT = 12_000;
const PORTS = 18_000;

/** The same for every bench: without the project's number, and without what depends on a commit's id. */
export function addressOf({ method, path }: Sent): string {
  const general = path
    .replace(/(?<=\/projects\/)\d+/, '…')
    .replace(/(?<=\/backup-)\d+/, '…')
    .replace(/(?<=[?&](ref|page_token)=)[^&]+/g, '…');
  return `${method} ${general}`;
}

/** @param remembers what a read was answered with, for servers of which nothing changes: thousands of runs ask the same. */
export async function startProxy({ remembers }: { readonly remembers: boolean }): Promise<FaultyProxy> {
  const memory = new Map<string, Answer>();
  const agent = new Agent({ keepAlive: true });
  const seen: Sent[] = [];
  const counts = new Map<string, number>();
  const underWay = new Set<Promise<unknown>>();
  let target = '';
  let ambush: Ambush | undefined;
  let struck = false;
  let reopening: Promise<void> | undefined;

  function strikes(sent: Sent): boolean {
    if (ambush === undefined) {
      return false;
    }
    const address = addressOf(sent);
    const occurrence = counts.get(address) ?? 0;
    counts.set(address, occurrence + 1);
    const isIts = address === ambush.address && occurrence >= ambush.occurrence;
    const isAgain = struck && (ambush.duration === 'outage' || (ambush.duration === 'address' && isIts));
    const isFirst = !struck && isIts;
    struck ||= isFirst;
    return isFirst || isAgain;
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = { method: incoming.method ?? 'GET', path: incoming.url ?? '/' };
    seen.push(sent);
    if (seen.length > ENDLESS) {
      return give(response, { status: 401, headers: {}, body: Buffer.from('{}') });
    }
    const spoil = strikes(sent) ? ambush?.spoil : undefined;
    const siblings = ambush?.siblings ?? [];
    const body = await readAll(incoming);
    const { headers } = incoming;
    const upstream: Upstream = { agent, target, headers };
    const pass = async () => {
      const key = [target, addressOf(sent), headers.accept, headers['x-api-key']].join(' ');
      const answer = memory.get(key) ?? (await track(passOn(upstream, sent, body)));
      if (remembers) {
        memory.set(key, answer);
      }
      return answer;
    };
    if (spoil === undefined) {
      return give(response, await pass());
    }
    if (spoil.type === 'refuse') {
      return refuse();
    }
    const ask = (path: string) => passOn(upstream, { method: 'GET', path }, Buffer.alloc(0));
    await spoilAnswer(response, spoil, { pass, about: { sent, ask, siblings } });
  }

  function track<T>(work: Promise<T>): Promise<T> {
    underWay.add(work);
    return work.finally(() => underWay.delete(work));
  }

  async function refuse(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    const { duration } = ambush ?? {};
    reopening ??= closed.then(async () => {
      if (duration === 'once') {
        await wait(OUT_OF_ORDER_MS);
        await open();
      }
    });
    await reopening;
  }

  const open = () => listenOn(server, port);
  const server = createServer((incoming, response) => {
    // Whoever hung up does not hear it.
    serve(incoming, response).catch(() => response.destroy());
  });
  const port = await findPort(server);

  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    isEndless: () => seen.length > ENDLESS,
    hasStruck: () => struck,
    settle: async () => {
      while (underWay.size > 0) {
        await Promise.allSettled(underWay);
      }
    },
    async arm(next, planned) {
      await reopening;
      reopening = undefined;
      if (!server.listening) {
        await open();
      }
      seen.length = 0;
      counts.clear();
      struck = false;
      target = next;
      ambush = planned;
    },
    async close() {
      await reopening;
      agent.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}

type Server = ReturnType<typeof createServer>;

async function findPort(server: Server): Promise<number> {
  for (;;) {
    const port = LOWEST_PORT + Math.floor(Math.random() * PORTS);
    try {
      await listenOn(server, port);
      return port;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) {
        throw error;
      }
    }
  }
}

function listenOn(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
