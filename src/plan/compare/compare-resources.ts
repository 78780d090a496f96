/** Says what differs between two versions of one resource: by ids and not by lines, and by names, never by values. */
import { isSameJson } from '../../json.ts';
import type { Difference, Kind } from '../../model.ts';
import { comparePair } from './compare-pair.ts';
import { matchPieces } from './match-pieces.ts';
import { OTHER_FIELDS, type PieceNode } from './piece-tree.ts';
import { countPieces, placesIn, withinOf } from './places.ts';
import { readResource } from './read-resource.ts';

/**
 * @param before the older version, as its normalized files are parsed; nothing when there is none.
 * @param after the newer one, likewise.
 * @returns no difference for equal values, and at least one for others.
 * @throws RangeError when the values are nested too deeply.
 */
export function compareResources(kind: Kind, before: unknown, after: unknown): readonly Difference[] {
  if (before === undefined || after === undefined) {
    return before === after ? [] : describeWhole(kind, before, after);
  }
  const old = readResource(kind, before);
  const now = readResource(kind, after);
  const differences = compareTrees(old, now);
  return differences.length > 0 || isSameJson(before, after)
    ? differences
    : [{ piece: 'resource', name: now.name, within: [], change: 'edited', fields: [OTHER_FIELDS] }];
}

function describeWhole(kind: Kind, before: unknown, after: unknown): readonly Difference[] {
  const root = readResource(kind, after ?? before);
  const holds = countPieces(root, () => true);
  const change = before === undefined ? 'added' : 'removed';
  return [{ piece: 'resource', name: root.name, within: [], change, holds }];
}

function compareTrees(old: PieceNode, now: PieceNode): readonly Difference[] {
  const matches = matchPieces(old, now);
  const before = placesIn(old);
  const after = placesIn(now);
  const differences: Difference[] = [];

  /** What came or went together with what holds it, is counted there. */
  const tellUnmatched = (change: 'added' | 'removed') => {
    const [places, matched] = change === 'added' ? [after, matches.earlier] : [before, matches.later];
    for (const [node, { parent }] of places) {
      if (!matched.has(node) && (parent === undefined || matched.has(parent))) {
        const holds = countPieces(node, (child) => !matched.has(child));
        const { piece, name } = node;
        differences.push({ piece, name, within: withinOf(node, places), change, holds });
      }
    }
  };

  tellUnmatched('added');
  tellUnmatched('removed');
  for (const node of after.keys()) {
    const earlier = matches.earlier.get(node);
    if (earlier !== undefined) {
      differences.push(...comparePair(earlier, node, { before, after, later: matches.later }));
    }
  }
  return differences;
}
