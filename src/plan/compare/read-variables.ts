/** Variables of an environment, of the globals or of a collection, as pieces. */
import type { JsonObject } from '../../json.ts';
import {
  createNode,
  type LabelledValue,
  labelValues,
  OTHER_FIELDS,
  type PieceNode,
  readList,
  takeName,
} from './piece-tree.ts';

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

function readVariable(variable: JsonObject): PieceNode {
  const { name, rest } = takeName(variable, 'key');
  return createNode({ piece: 'variable', id: variable['id'], name }, rest, labelVariable);
}

function labelVariable(variable: JsonObject): readonly LabelledValue[] {
  return labelValues(variable, (key) => LABELS.get(key) ?? OTHER_FIELDS);
}
