/** Plans what is tried: which fault, at which request, for how long. */
import { createHash } from 'node:crypto';
import type { Bench, Pass } from './bench.ts';
import { type Fault, faults, type Server } from './faults.ts';
import type { DestinationName } from './place.ts';
import { type Ambush, addressOf, type Duration } from './proxy.ts';
import type { Sent } from './spoil.ts';

export type Trial = {
  readonly fault: Fault;
  readonly pass: Pass;
  readonly destination: DestinationName;
  readonly server: 'postman' | 'gitlab';
  readonly ambush: Ambush;
  /** For people: where, without ids. */
  readonly place: string;
};

type Request = Sent & {
  readonly server: Server;
  readonly occurrence: number;
  /** What it has in common with requests for other things of its kind. */
  readonly shape: string;
  readonly isNew: boolean;
};

/**
 * @param known addresses of an earlier clean run: what they ask for has been backed up.
 * @returns each fault once at every request; for as long as the run lasts at one request of each shape; and as an
 * outage from a dozen of them on.
 */
export function allTrials(
  bench: Bench,
  destination: DestinationName,
  known: ReadonlySet<string>,
): readonly Trial[] {
  const requests = requestsOf(bench, destination, known);
  return faults.flatMap((fault) => {
    const targets = requests.filter((request) => canHit(fault, request, requests));
    const about = { fault, pass: bench.pass, destination, requests };
    return [
      ...targets.map((request) => trialAt(request, 'once', about)),
      ...(fault.onlyOnce
        ? []
        : firstOfEachShape(targets).map((request) => trialAt(request, 'address', about))),
      ...(fault.lasts ? everyTenth(targets).map((request) => trialAt(request, 'outage', about)) : []),
    ];
  });
}

/** @returns of the trials that differ only in which thing of a kind they hit, the first; none that differ only in how long. */
export function onePerShape(trials: readonly Trial[]): readonly Trial[] {
  const brief = trials.filter(({ ambush }) => ambush.duration !== 'address');
  return atMost(brief, 1, ({ fault, place, ambush }) => `${fault.name} ${place} ${ambush.duration}`);
}

/** @returns so many trials of each fault on each server, always the same ones. */
export function someTrials(trials: readonly Trial[], most: number): readonly Trial[] {
  const mixed = shuffled(trials, ({ fault, ambush }) => `${fault.name} ${ambush.address} ${ambush.duration}`);
  return atMost(mixed, most, ({ fault, server }) => `${fault.name} ${server}`);
}

function atMost(trials: readonly Trial[], most: number, groupOf: (trial: Trial) => string): readonly Trial[] {
  const taken = new Map<string, number>();
  return trials.filter((trial) => {
    const group = groupOf(trial);
    const count = taken.get(group) ?? 0;
    taken.set(group, count + 1);
    return count < most;
  });
}

function requestsOf(
  { asked }: Bench,
  destination: DestinationName,
  known: ReadonlySet<string>,
): readonly Request[] {
  const onBranch: Server = destination === 'git' ? 'git' : 'gitlab';
  return [...numbered(asked.postman, 'postman', known), ...numbered(asked.gitlab, onBranch, known)];
}

/** In an order of their own: several requests are under way at once. */
function numbered(requests: readonly Sent[], server: Server, known: ReadonlySet<string>): Request[] {
  const counts = new Map<string, number>();
  return [...requests]
    .sort((a, b) => (addressOf(a) < addressOf(b) ? -1 : 1))
    .map((sent) => {
      const address = addressOf(sent);
      const occurrence = counts.get(address) ?? 0;
      counts.set(address, occurrence + 1);
      return { ...sent, server, occurrence, shape: shapeOf(sent), isNew: !known.has(address) };
    });
}

function shapeOf(sent: Sent): string {
  return addressOf(sent)
    .replace(/(\d+-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…')
    .replace(/[0-9a-f]{40}/g, '…')
    .replace(/(?<=cursor=)[^&]+/g, '…')
    .replace(/(?<=offset=)[1-9]\d*/g, '…')
    .replace(/(?<=\/files\/)[^?]+/, '…');
}

function canHit(fault: Fault, request: Request, requests: readonly Request[]): boolean {
  const hasSiblings = siblingsOf(request, requests).length > 0;
  return fault.canHit?.({ ...request, hasSiblings }) ?? true;
}

function siblingsOf({ path, shape }: Request, requests: readonly Request[]): readonly string[] {
  return requests.filter((one) => one.shape === shape && one.path !== path).map((one) => one.path);
}

type About = Pick<Trial, 'fault' | 'pass' | 'destination'> & { readonly requests: readonly Request[] };

function trialAt(request: Request, duration: Duration, { requests, ...about }: About): Trial {
  const { server, occurrence, shape } = request;
  return {
    ...about,
    server: server === 'postman' ? 'postman' : 'gitlab',
    place: `${shape}${occurrence === 0 ? '' : ` (${occurrence + 1})`}`,
    ambush: {
      duration,
      occurrence,
      spoil: about.fault.spoil,
      address: addressOf(request),
      siblings: siblingsOf(request, requests),
    },
  };
}

function firstOfEachShape(requests: readonly Request[]): readonly Request[] {
  return [...new Map(requests.map((request) => [request.shape, request])).values()];
}

function everyTenth(requests: readonly Request[]): readonly Request[] {
  return shuffled(requests, addressOf).filter((_, index) => index % 10 === 0);
}

function shuffled<T>(values: readonly T[], nameOf: (value: T) => string): readonly T[] {
  const rank = (value: T) => createHash('sha256').update(nameOf(value)).digest('hex');
  const ranked = values.map((value) => ({ value, rank: rank(value) }));
  return ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1)).map(({ value }) => value);
}
