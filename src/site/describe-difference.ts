/** One difference between two versions of a resource, as a line for people. */
import type { Difference, PieceCounts } from '../model.ts';

export function describeDifference(difference: Difference): string {
  const { piece, name, within } = difference;
  const place = within.length === 0 ? '' : ` in ${within.join(' / ')}`;
  const what = piece === 'resource' ? 'It' : `${piece[0]?.toUpperCase()}${piece.slice(1)} "${name}"${place}`;
  switch (difference.change) {
    case 'added':
    case 'removed':
      return `${what}: ${difference.change}${describeHeld(difference.holds)}`;
    case 'renamed':
      return `${what}: renamed, was "${difference.previous}"`;
    case 'moved':
      return `${what}: moved, was ${difference.from.length === 0 ? 'at the top' : `in ${difference.from.join(' / ')}`}`;
    case 'reordered':
      return `${what}: ${difference.order} in another order`;
    case 'edited':
      return `${what}: ${difference.fields.join(', ')} edited`;
  }
}

function describeHeld(counts: PieceCounts): string {
  const parts = Object.entries(counts).map(([piece, count]) => `${count} ${piece}${count === 1 ? '' : 's'}`);
  return parts.length === 0 ? '' : `, with ${parts.join(', ')}`;
}
