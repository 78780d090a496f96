/** What differs between two versions of a resource, in the words that commit, log and report share. */
import { nameOfKind } from './kind-name.ts';
import type { Difference, Kind, Outcome, Piece, PieceCounts } from './model.ts';

/** Makes untrusted text fit for where it is shown, and sets it off from the words around it. */
export type Quote = (text: string) => string;

type DifferenceGroup = {
  /** `requests`, or the kind of the resource for what is about itself. */
  readonly title: string;
  readonly lines: readonly string[];
};

type Compared = Pick<Outcome, 'kind' | 'differences' | 'moreDifferences' | 'notCompared'>;

const MAX_EXAMPLES = 3;

const PIECES: Readonly<Record<Piece, { readonly one: string; readonly several: string }>> = {
  resource: { one: 'resource', several: 'resources' },
  collection: { one: 'collection', several: 'collections' },
  folder: { one: 'folder', several: 'folders' },
  request: { one: 'request', several: 'requests' },
  example: { one: 'example', several: 'examples' },
  variable: { one: 'variable', several: 'variables' },
  schema: { one: 'schema', several: 'schemas' },
  file: { one: 'file', several: 'files' },
};
const ORDER: readonly Piece[] = [
  ...(['resource', 'collection', 'folder', 'request', 'example', 'variable', 'schema', 'file'] as const),
];

/** Of these, an empty one is nothing to tell. */
const WITHOUT_PIECES: ReadonlySet<Kind> = new Set(['mocks', 'monitors', 'workspaces']);

const NOT_COMPARED = {
  limit: 'not compared: enough others were, in this run',
  size: 'not compared: it is too large',
  unreadable: 'not compared: its old content could not be read',
} as const;

/** @returns a line for each difference, by what it is about. */
export function groupDifferences(
  { kind, differences = [] }: Compared,
  quote: Quote,
): readonly DifferenceGroup[] {
  return ORDER.flatMap((piece) => {
    const its = differences.filter((one) => one.piece === piece);
    const title = piece === 'resource' ? nameOfKind(kind) : PIECES[piece].several;
    return its.length === 0 ? [] : { title, lines: its.map((one) => describeDifference(one, kind, quote)) };
  });
}

/** @returns the same, each line with its title. */
export function listDifferences(compared: Compared, quote: Quote): readonly string[] {
  return groupDifferences(compared, quote).flatMap(({ title, lines }) =>
    lines.map((line) => `${title}: ${line}`),
  );
}

/** @returns at most a line for each sort of piece, with the first few of each. */
export function summarizeDifferences(outcome: Compared, quote: Quote): readonly string[] {
  const groups = groupDifferences(outcome, quote).map(({ title, lines }) => {
    const more = lines.length - MAX_EXAMPLES;
    const some = more > 0 ? [...lines.slice(0, MAX_EXAMPLES), `and ${more} more`] : lines;
    return `${title}: ${some.join('; ')}`;
  });
  return [...groups, ...describeRest(outcome)];
}

/** @returns what is to be said beside the differences themselves, or in their place. */
export function describeRest({ differences, moreDifferences = 0, notCompared }: Compared): readonly string[] {
  if (notCompared !== undefined) {
    return [NOT_COMPARED[notCompared]];
  }
  const isOnlyBytes = differences?.length === 0 && moreDifferences === 0;
  return [
    ...(isOnlyBytes ? ['the content is the same; its files are written anew'] : []),
    ...(moreDifferences > 0 ? [`and ${moreDifferences} more that are not listed`] : []),
  ];
}

function describeDifference(difference: Difference, kind: Kind, quote: Quote): string {
  return difference.piece === 'resource'
    ? describeWhole(difference, kind, quote)
    : describePiece(difference, quote);
}

/** Its name stands above. */
function describeWhole(difference: Difference, kind: Kind, quote: Quote): string {
  switch (difference.change) {
    case 'added':
    case 'removed':
      return describeCounts(difference.holds) || (WITHOUT_PIECES.has(kind) ? difference.change : 'empty');
    case 'renamed':
      return `renamed from ${quote(difference.previous)}`;
    case 'moved':
      return 'moved';
    case 'reordered':
      return `order of ${difference.order} changed`;
    case 'edited':
      return `changed ${listFields(difference.fields, quote)}`;
  }
}

function describePiece(difference: Difference, quote: Quote): string {
  const { change, within } = difference;
  const name = quote(difference.name);
  const inside = within.length === 0 ? '' : ` in ${describePlace(within, quote)}`;
  switch (change) {
    case 'added':
    case 'removed': {
      const counts = describeCounts(difference.holds);
      return `${change} ${name}${inside}${counts === '' ? '' : ` (${counts})`}`;
    }
    case 'renamed':
      return `renamed ${quote(difference.previous)} to ${name}${inside}`;
    case 'moved':
      return `moved ${name} from ${describePlace(difference.from, quote)} to ${describePlace(within, quote)}`;
    case 'reordered':
      return `changed the order of ${difference.order} of ${name}${inside}`;
    case 'edited':
      return `changed ${name}${inside}: ${listFields(difference.fields, quote)}`;
  }
}

function describePlace(names: readonly string[], quote: Quote): string {
  return names.length === 0 ? 'the top' : quote(names.join(' / '));
}

/** Words of ours stay words; the keys of somebody's JSON are names like others. */
function listFields(fields: readonly string[], quote: Quote): string {
  return fields.map((field) => (/^[a-z][a-z -]*$/i.test(field) ? field : quote(field))).join(', ');
}

/** @returns `12 requests in 3 folders, 4 examples`; nothing for nothing. */
function describeCounts({ folder, request, ...others }: PieceCounts): string {
  const both = [count('request', request), count('folder', folder)].filter((part) => part !== undefined);
  const rest = ORDER.map((piece) =>
    piece === 'folder' || piece === 'request' ? undefined : count(piece, others[piece]),
  );
  return [both.join(' in '), ...rest].filter((part) => part !== undefined && part !== '').join(', ');
}

function count(piece: Piece, number: number = 0): string | undefined {
  const { one, several } = PIECES[piece];
  return number === 0 ? undefined : `${number} ${number === 1 ? one : several}`;
}
