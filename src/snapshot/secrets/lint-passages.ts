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

/** A piece of a passage, and where it lies in the chunk. */
type Piece = {
  readonly passage: Passage;
  readonly text: string;
  /** Where the piece begins in the text of its passage. */
  readonly from: number;
  /** Where it begins in the chunk. */
  readonly at: number;
};

export function canBeLinted(text: string): boolean {
  return text.length >= MIN_LENGTH;
}

/** @returns what the rules find, with positions in the text of each passage. */
export async function lintPassages(
  passages: Iterable<Passage>,
): Promise<readonly { readonly passage: Passage; readonly span: Span }[]> {
  const lint = await loadLint();
  const found: { passage: Passage; span: Span }[] = [];
  for (const pieces of chunksOf(passages)) {
    const messages = await lint(pieces.map(({ text }) => text).join(SEPARATOR));
    for (const { rule, start, end } of messages) {
      const piece = pieceAt(pieces, start);
      if (piece !== undefined) {
        const offset = piece.from - piece.at;
        found.push({
          passage: piece.passage,
          span: spanOf(rule, piece, { start: start + offset, end: end + offset }),
        });
      }
    }
  }
  return found;
}

function* chunksOf(passages: Iterable<Passage>): Generator<readonly Piece[]> {
  let pieces: Piece[] = [];
  let at = 0;
  for (const passage of passages) {
    const text = textOf(passage.value) ?? '';
    for (let from = 0; from === 0 || from + OVERLAP < text.length; from += CHUNK_LENGTH - OVERLAP) {
      const piece = text.slice(from, from + CHUNK_LENGTH);
      if (at > 0 && at + piece.length > CHUNK_LENGTH) {
        yield pieces;
        pieces = [];
        at = 0;
      }
      pieces.push({ passage, text: piece, from, at });
      at += piece.length + SEPARATOR.length;
    }
  }
  if (pieces.length > 0) {
    yield pieces;
  }
}

function pieceAt(pieces: readonly Piece[], position: number): Piece | undefined {
  return pieces.findLast(({ at }) => at <= position);
}

function spanOf(rule: string, piece: Piece, range: { readonly start: number; readonly end: number }): Span {
  const text = textOf(piece.passage.value) ?? '';
  const match = text.slice(range.start, range.end);
  // Of a webhook's URL, the server may stay.
  const server = /^https?:\/\/[^/]+\//i.exec(match)?.[0] ?? '';
  const start = range.start + server.length;
  return {
    rule: `secretlint/${rule}`,
    what: `${rule} credential`,
    inUrl: isUrlScope(piece.passage.scope) || isInsideUrl(text, start),
    start,
    end: range.end,
    // A URL is also kept in parts.
    alsoSecret: server === '' ? [] : match.slice(server.length).split('/'),
  };
}
