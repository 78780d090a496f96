/** Compares what a commit writes of one resource with what the branch holds of it. */
import { KnownError } from '../errors.ts';
import type { Difference, Outcome } from '../model.ts';
import { boundDifferences, mapTexts, textsOf } from '../plan/compare/bound-differences.ts';
import { compareResources } from '../plan/compare/compare-resources.ts';
import type { FetchedResource } from '../plan/plan-files.ts';
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

type Files = ReadonlyMap<string, Buffer>;

/** A parsed version takes many times this in memory. */
export const MAX_BYTES = 4 * 1024 * 1024;

/**
 * @param redacts whether names are cleaned: the older version may be of a time when secrets were kept.
 * @returns a function that throws only when the run is to stop. Its `old`: path below the resource's own → blob id.
 */
export function createCompare({ repository, onSecret, maskText }: CompareTools, redacts: boolean) {
  let isUnavailable = false;

  /** @returns nothing when it is too large. */
  async function readOld(
    old: ReadonlyMap<string, string>,
    { rendered }: FetchedResource,
  ): Promise<Files | undefined> {
    const atHand = new Map(rendered.files.map(({ id, content }) => [id, content]));
    const files = new Map<string, Buffer>();
    let bytes = 0;
    for (const [path, id] of old) {
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

  async function compare({ ref, rendered }: FetchedResource, old: Files): Promise<Compared> {
    const isNew = old.size === 0;
    const before = isNew ? undefined : parseResource(ref.kind, old);
    if (before === undefined && !isNew) {
      return { notCompared: 'unreadable' };
    }
    const now = new Map(rendered.files.map(({ path, content }) => [path, content]));
    const all = compareResources(ref.kind, before, parseResource(ref.kind, now));
    const { differences, more } = boundDifferences(all);
    return {
      differences: await clean(differences),
      ...(more === 0 ? {} : { moreDifferences: more }),
    };
  }

  return async (resource: FetchedResource, old: ReadonlyMap<string, string>): Promise<Compared> => {
    if (isUnavailable && old.size > 0) {
      return { notCompared: 'unreadable' };
    }
    try {
      const files = await readOld(old, resource);
      return files === undefined ? { notCompared: 'size' } : await compare(resource, files);
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
