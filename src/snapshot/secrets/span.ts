/** A part of a text that is a secret, and what is put in its place. */
import { isStandIn, isTemplate, placeholder } from './placeholder.ts';

/** The rule for the fields of an `auth` block. */
export const AUTH_CREDENTIAL = 'auth-credential';

/** What kind of secret it is. */
export type Label = {
  /** The name that reports and `allow-secrets` use. */
  readonly rule: string;
  /** The words of its placeholder. */
  readonly what: string;
  /** It stands inside a URL. */
  readonly inUrl: boolean;
};

export type Span = Label & {
  readonly start: number;
  readonly end: number;
  /** The same secret in other words: what is encoded in it, or a part that also appears alone. */
  readonly alsoSecret?: readonly string[];
};

/** @returns all of `text` as one span, unless it only stands for a secret. */
export function wholeSpan(text: string, label: Label): readonly Span[] {
  const { rule, what, inUrl } = label;
  // What somebody filled into a field for a credential is one, also when it is `password`.
  const isNone = rule === AUTH_CREDENTIAL ? isTemplate(text) : isStandIn(text);
  return isNone ? [] : [{ rule, what, inUrl, start: 0, end: text.length }];
}

export function shiftSpans(spans: readonly Span[], by: number): readonly Span[] {
  return spans.map((span) => ({ ...span, start: span.start + by, end: span.end + by }));
}

/**
 * Joins spans that overlap, so that no rest of one remains; the one that begins first names the whole, and of several
 * that begin together the first in the list.
 * @returns spans in the order of the text, none overlapping.
 */
export function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last === undefined || span.start >= last.end) {
      merged.push(span);
    } else {
      const inUrl = last.inUrl || span.inUrl;
      merged[merged.length - 1] = { ...last, inUrl, end: Math.max(last.end, span.end) };
    }
  }
  return merged;
}

/** @param spans in order, none overlapping. */
export function replaceSpans(text: string, spans: readonly Span[]): string {
  const parts: string[] = [];
  let position = 0;
  for (const { start, end, what, inUrl } of spans) {
    parts.push(text.slice(position, start), placeholder(what, inUrl));
    position = end;
  }
  return parts.join('') + text.slice(position);
}

/**
 * @param spans in order, none overlapping; positions in the lines joined by `\n`.
 * @returns as many lines: the placeholder stands where a secret begins, and what follows of it in other lines goes.
 */
export function replaceSpansInLines(lines: readonly string[], spans: readonly Span[]): readonly string[] {
  let lineStart = 0;
  return lines.map((line) => {
    const from = lineStart;
    lineStart += line.length + 1;
    const parts: string[] = [];
    let position = 0;
    for (const { start, end, what, inUrl } of spans) {
      if (start < from + line.length && end > from) {
        parts.push(line.slice(position, Math.max(start - from, 0)));
        parts.push(start >= from ? placeholder(what, inUrl) : '');
        position = Math.min(end - from, line.length);
      }
    }
    return parts.join('') + line.slice(position);
  });
}
