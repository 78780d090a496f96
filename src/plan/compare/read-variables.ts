/** Variables of an environment, of the globals or of a collection, as pieces. */
import type { JsonObject } from '../../json.ts';
import { createNode, labelValues, OTHER_FIELDS, type PieceNode, readList } from './piece-tree.ts';

const LABELS = new Map([
  ['id', 'id'],
  ['value', 'value'],
  ['type', 'type'],
  ['enabled', 'enabled'],
  // Collections tell the contrary.
  ['disabled', 'enabled'],
  ['description', 'description'],
]);

export function readVariables(list: unknown): readonly PieceNode[] {
  return readList(list, 'variable', readVariable);
}

function readVariable({ key: name, ...rest }: JsonObject): PieceNode {
  const values = labelValues(rest, (key) => LABELS.get(key) ?? OTHER_FIELDS);
  return createNode({ piece: 'variable', id: rest['id'], name }, values);
}
