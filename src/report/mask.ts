/** Takes registered secrets out of any text, in every form in which an API, a URL or a header repeats them. */
import { createSecretFinder } from '../secret-forms.ts';

export type Mask = {
  /** Registers a secret. Nothing happens for `undefined` or for less than five characters. */
  add(secret: string | undefined): void;
  /** @returns `text` with `[masked]` for each occurrence of a registered secret. */
  apply(text: string): string;
};

const REPLACEMENT = '[masked]';

type Span = { readonly start: number; readonly end: number };

export function createMask(): Mask {
  // It leaves out what is shorter than five characters: ordinary words or numbers, which would make a log
  // unreadable and hide nothing.
  const finder = createSecretFinder<undefined>();
  return {
    add(secret) {
      // A file variable often ends in a newline, which is not part of what is sent.
      finder.add(secret?.trim() ?? '', undefined);
    },
    apply(text) {
      return cover(text, joinSpans(finder.find(text)));
    },
  };
}

/** @returns the spans with overlapping ones joined, so that no rest of one remains. */
function joinSpans(found: readonly Span[]): readonly Span[] {
  const joined: Span[] = [];
  for (const span of [...found].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last === undefined || span.start >= last.end) {
      joined.push(span);
    } else {
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    }
  }
  return joined;
}

function cover(text: string, spans: readonly Span[]): string {
  const parts: string[] = [];
  let position = 0;
  for (const { start, end } of spans) {
    parts.push(text.slice(position, start), REPLACEMENT);
    position = end;
  }
  return parts.join('') + text.slice(position);
}
