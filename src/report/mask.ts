/** Takes registered secrets out of any text, in every form in which an API, a URL or a header repeats them. */

export type Mask = {
  /** Registers a secret. Nothing happens for `undefined` or for less than five characters. */
  add(secret: string | undefined): void;
  /** @returns `text` with `[masked]` for each occurrence of a registered secret. */
  apply(text: string): string;
};

const REPLACEMENT = '[masked]';

// Shorter values are ordinary words or numbers: masking them would make a log unreadable and hide nothing.
const MIN_LENGTH = 5;

type Span = { readonly start: number; readonly end: number };

export function createMask(): Mask {
  const forms = new Set<string>();
  return {
    add(secret) {
      // A file variable often ends in a newline, which is not part of what is sent.
      const value = secret?.trim() ?? '';
      if (value.length < MIN_LENGTH) {
        return;
      }
      for (const form of formsOf(value)) {
        forms.add(form);
      }
    },
    apply(text) {
      return cover(text, findSpans(text, forms));
    },
  };
}

function formsOf(secret: string): string[] {
  const wellFormed = secret.toWellFormed();
  return [
    secret,
    wellFormed,
    encodeURI(wellFormed),
    encodeURIComponent(wellFormed),
    JSON.stringify(secret).slice(1, -1),
    ...base64Forms(Buffer.from(wellFormed)),
  ];
}

/**
 * Base64 alone, and inside a longer base64 (`user:secret` in an Authorization header): there, three bytes
 * become four characters, so that a secret has three appearances. Characters at the edges that also hold bits of a
 * neighbour are left out.
 */
function base64Forms(secret: Buffer): string[] {
  const forms = [secret.toString('base64'), secret.toString('base64url')];
  for (const offset of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(offset), secret]);
    const from = Math.ceil((offset * 8) / 6);
    const to = Math.floor((padded.length * 8) / 6);
    forms.push(padded.toString('base64').slice(from, to), padded.toString('base64url').slice(from, to));
  }
  return forms;
}

/** @returns where a form begins and ends in `text`, overlapping occurrences joined, so that no rest of one remains. */
function findSpans(text: string, forms: Iterable<string>): Span[] {
  const found: Span[] = [];
  for (const form of forms) {
    for (let start = text.indexOf(form); start !== -1; start = text.indexOf(form, start + 1)) {
      found.push({ start, end: start + form.length });
    }
  }
  found.sort((a, b) => a.start - b.start);
  const joined: Span[] = [];
  for (const span of found) {
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
