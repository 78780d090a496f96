/** Tells what the commits of a resource did to it. */
import { describeRest, listDifferences } from '../describe-differences.ts';
import type { Difference, Kind } from '../model.ts';
import { boundDifferences, mapTexts, textsOf } from '../plan/compare/bound-differences.ts';
import { compareResources } from '../plan/compare/compare-resources.ts';
import { printable } from '../printable.ts';
import type { Change, Commit, Read } from '../site/model.ts';
import { readVersion } from './read-version.ts';
import { redactTexts } from './redact-names.ts';

export type Past = {
  readonly kind: Kind;
  /** Newest first. */
  readonly commits: readonly Commit[];
  /** Before each of the first commits: path below the resource's own → blob id. */
  readonly earlier: readonly ReadonlyMap<string, string>[];
  readonly head: Read;
};

/** The pairs are compared as they come: two versions are in memory at a time. */
export async function readChanges(
  { kind, commits, earlier, head }: Past,
  blobs: AsyncGenerator<Buffer, void>,
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  let after = head;
  for (const [index, files] of earlier.entries()) {
    const before = await readVersion(kind, files, blobs);
    const commit = commits[index];
    if (commit !== undefined) {
      changes.push({ commit, differences: await describeChange(kind, before, after) });
    }
    after = before;
  }
  return changes;
}

async function describeChange(kind: Kind, before: Read, after: Read): Promise<readonly string[]> {
  if (before.state === 'unreadable' || after.state === 'unreadable') {
    return ['What changed cannot be told: a version of it cannot be read.'];
  }
  try {
    const all = compareResources(kind, contentOf(before), contentOf(after));
    const bounded = boundDifferences(all);
    const compared = {
      kind,
      differences: await withoutSecrets(bounded.differences),
      moreDifferences: bounded.more,
    };
    return [
      ...wordFor(before, after),
      ...listDifferences(compared, (name) => `"${printable(name)}"`),
      ...describeRest(compared),
    ];
  } catch (error) {
    if (error instanceof RangeError) {
      return ['It is nested too deeply to be compared.'];
    }
    throw error;
  }
}

function wordFor(before: Read, after: Read): readonly string[] {
  if (before.state === after.state) {
    return [];
  }
  return [before.state === 'absent' ? 'added' : 'removed'];
}

/** An older version may be of a time when secrets were kept. */
async function withoutSecrets(differences: readonly Difference[]): Promise<readonly Difference[]> {
  const texts = [...new Set(differences.flatMap(textsOf))];
  const { clean } = await redactTexts(texts, () => undefined);
  return differences.map((one) => mapTexts(one, (text) => clean.get(text) ?? text));
}

function contentOf(version: Read): unknown {
  return version.state === 'read' ? version.value : undefined;
}
