/** Finds what was found once wherever else the resource repeats it, in whatever form. */
import { createSecretFinder } from '../../secret-forms.ts';
import { isDistinctive } from './distinctive.ts';
import { isInsideUrl } from './in-url.ts';
import { LONG } from './made-up.ts';
import { isUrlScope, type Scope } from './scope.ts';
import type { Label, Span } from './span.ts';
import { standsAlone } from './word-edges.ts';

export type Spread = {
  /** Registers a secret that was found; nothing happens when it could be an ordinary word. */
  add(secret: string, label: Label): void;
  /** @returns where a text repeats a registered secret. */
  find(text: string, scope: Scope): readonly Span[];
  /** The registered secrets. */
  secrets(): readonly string[];
};

type Registered = {
  readonly secret: string;
  readonly label: Label;
};

export function createSpread(): Spread {
  const finder = createSecretFinder<Registered>();
  const secrets = new Set<string>();
  return {
    add(secret, label) {
      if (isDistinctive(secret) && !secrets.has(secret.trim())) {
        const value = detached(secret.trim());
        secrets.add(value);
        finder.add(value, { secret: value, label });
      }
    },
    find(text, scope) {
      const found = finder.find(text);
      const isAlone = standsAlone(text, found);
      return (
        found
          // A short one may be a part of another word: `xpassword19`.
          .filter((one) => one.about.secret.length >= LONG || isEncoded(one, text) || isAlone(one))
          .map(({ start, end, isBase64, about: { label } }) => {
            const inUrl = isUrlScope(scope) || isInsideUrl(text, start);
            const span = { rule: label.rule, what: label.what, inUrl, start, end };
            return isBase64 ? withEdges(span, text) : span;
          })
      );
    },
    secrets: () => [...secrets],
  };
}

function isEncoded(
  { start, end, about }: { readonly start: number; readonly end: number; readonly about: Registered },
  text: string,
): boolean {
  return text.slice(start, end) !== about.secret;
}

/** A part of a string keeps all of it in memory (V8), and secrets outlive the resource they were found in. */
function detached(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

/** The characters before and after hold bits of the secret as well. */
function withEdges(span: Span, text: string): Span {
  const before = text.slice(span.start - 1, span.start);
  const after = /^[A-Za-z0-9+/_-]?={0,2}/.exec(text.slice(span.end, span.end + 3))?.[0] ?? '';
  const start = /[A-Za-z0-9+/_-]/.test(before) ? span.start - 1 : span.start;
  return { ...span, start, end: span.end + after.length };
}
