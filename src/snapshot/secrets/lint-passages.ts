/** Runs the maintained rules over many texts: a few calls for all of them, each over a bounded amount of text. */
import { isInsideUrl } from './in-url.ts';
import { loadLint } from './lint-rules.ts';
import { isUrlScope } from './scope.ts';
import type { Span } from './span.ts';
import { type Passage, textOf } from './walk.ts';

// The shortest text in which one of the rules can find something that is no mere prefix.
const MIN_LENGTH = 16;
const CHUNK_LENGTH = 1_000_000;
// Longer than what any rule matches: a private key of at most 10,000 characters and its frame.
const OVERLAP = 16_000;
// No rule matches across a control character.
const SEPARATOR = '\n\0\n';

export type Linted = {
  readonly passage: Passage;
  /** The text of the passage. */
  readonly text: string;
  readonly span: Span;
};

/** A piece of a passage, and where it lies in the chunk. */
type Piece = {
  readonly passage: Passage;
  /** The text of the whole passage. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Where the piece begins in the chunk. */
  readonly at: number;
};

export function canBeLinted(text: string): boolean {
  return text.length >= MIN_LENGTH;
}

/** Yields what the rules find, with positions in the text of each passage. */
export async function* lintPassages(passages: Iterable<Passage>): AsyncGenerator<Linted> {
  const lint = await loadLint();
  for (const pieces of chunksOf(passages)) {
    const chunk = pieces.map(({ text, from, to }) => text.slice(from, to)).join(SEPARATOR);
    for (const { rule, start, end } of await lint(chunk)) {
      const piece = pieces.findLast(({ at }) => at <= start);
      if (piece !== undefined) {
        const { passage, text } = piece;
        const offset = piece.from - piece.at;
        yield { passage, text, span: spanOf(rule, piece, { start: start + offset, end: end + offset }) };
      }
    }
  }
}

function* chunksOf(passages: Iterable<Passage>): Generator<readonly Piece[]> {
  let pieces: Piece[] = [];
  let at = 0;
  for (const passage of passages) {
    const text = textOf(passage.value) ?? '';
    for (let from = 0; from === 0 || from + OVERLAP < text.length; from += CHUNK_LENGTH - OVERLAP) {
      const to = Math.min(from + CHUNK_LENGTH, text.length);
      if (at > 0 && at + to - from > CHUNK_LENGTH) {
        yield pieces;
        pieces = [];
        at = 0;
      }
      pieces.push({ passage, text, from, to, at });
      at += to - from + SEPARATOR.length;
    }
  }
  if (pieces.length > 0) {
    yield pieces;
  }
}

function spanOf(
  rule: string,
  { passage, text }: Piece,
  range: { readonly start: number; readonly end: number },
): Span {
  const match = text.slice(range.start, range.end);
  // Of a webhook's URL, the server may stay.
  const server = /^https?:\/\/[^/]+\//i.exec(match)?.[0] ?? '';
  const start = range.start + server.length;
  return {
    rule: `secretlint/${rule}`,
    what: `${rule} credential`,
    inUrl: isUrlScope(passage.scope) || isInsideUrl(text, start),
    start,
    end: range.end,
    // A URL is also kept in parts.
    alsoSecret: server === '' ? [] : match.slice(server.length).split('/'),
  };
}
