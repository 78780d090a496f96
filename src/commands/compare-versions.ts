/** Compares two versions of one resource: what a commit writes, or what a branch holds, with what was there before. */
import { KnownError } from '../errors.ts';
import type { Difference, Kind, Outcome } from '../model.ts';
import { boundDifferences, mapTexts, textsOf } from '../plan/compare/bound-differences.ts';
import { compareResources } from '../plan/compare/compare-resources.ts';
import { parseResource } from '../snapshot/parse-resource.ts';
import type { Repository } from './ports.ts';
import { redactTexts } from './redact-names.ts';
import { endsRun } from './run-error.ts';

export type Compared = Pick<Outcome, 'differences' | 'moreDifferences' | 'notCompared'>;

export type CompareTools = {
  readonly repository: Pick<Repository, 'readBlob'>;
  /** Hears every secret value that was found. */
  readonly onSecret: (value: string) => void;
  readonly maskText: (text: string) => string;
};

type Versions = {
  readonly kind: Kind;
  /** Path below the resource's own → blob id; empty when there is no older version. */
  readonly old: ReadonlyMap<string, string>;
  readonly now: ReadonlyMap<string, string>;
  /** Blob id → what need not be read. */
  readonly atHand: ReadonlyMap<string, Buffer>;
};

type Files = ReadonlyMap<string, Buffer>;

/** A parsed version takes many times this in memory. */
export const MAX_BYTES = 4 * 1024 * 1024;

/**
 * @param redacts whether names are cleaned: the older version may be of a time when secrets were kept.
 * @returns a function that throws only when the run is to stop.
 */
export function createCompare({ repository, onSecret, maskText }: CompareTools, redacts: boolean) {
  let isUnavailable = false;

  /** @returns nothing when it is too large. */
  async function read(
    ids: ReadonlyMap<string, string>,
    { atHand }: Pick<Versions, 'atHand'>,
  ): Promise<Files | undefined> {
    const files = new Map<string, Buffer>();
    let bytes = 0;
    for (const [path, id] of ids) {
      const content = atHand.get(id) ?? (await repository.readBlob(id));
      bytes += content.length;
      if (bytes > MAX_BYTES) {
        return undefined;
      }
      files.set(path, content);
    }
    return files;
  }

  async function clean(differences: readonly Difference[]): Promise<readonly Difference[]> {
    const texts = [...new Set(differences.flatMap(textsOf))];
    const redacted = redacts ? (await redactTexts(texts, onSecret)).clean : new Map<string, string>();
    return differences.map((one) => mapTexts(one, (text) => maskText(redacted.get(text) ?? text)));
  }

  async function compare(kind: Kind, old: Files, now: Files): Promise<Compared> {
    const isNew = old.size === 0;
    const before = isNew ? undefined : parseResource(kind, old);
    if (before === undefined && !isNew) {
      return { notCompared: 'unreadable' };
    }
    const all = compareResources(kind, before, parseResource(kind, now));
    const { differences, more } = boundDifferences(all);
    return {
      differences: await clean(differences),
      ...(more === 0 ? {} : { moreDifferences: more }),
    };
  }

  return async (versions: Versions): Promise<Compared> => {
    const { kind, old, now, atHand } = versions;
    if (isUnavailable && [...old.values(), ...now.values()].some((id) => !atHand.has(id))) {
      return { notCompared: 'unreadable' };
    }
    try {
      const before = await read(old, versions);
      const after = before === undefined ? undefined : await read(now, versions);
      return before === undefined || after === undefined
        ? { notCompared: 'size' }
        : await compare(kind, before, after);
    } catch (error) {
      if (error instanceof KnownError && error.code === 'STOPPED') {
        throw error;
      }
      // Whatever went wrong: a description is not worth a backup, nor is waiting for each file of a host that is down.
      isUnavailable ||= error instanceof KnownError && endsRun(error);
      return { notCompared: 'unreadable' };
    }
  };
}
