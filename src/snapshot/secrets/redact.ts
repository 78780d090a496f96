/** Takes the secrets out of a resource and says where they were, never what they were. */
import type { Finding } from '../../model.ts';
import { canBeLinted, lintPassages } from './lint-passages.ts';
import { pathOf } from './place.ts';
import { placeholder } from './placeholder.ts';
import { readPassage, SECRET_VARIABLE } from './read-passage.ts';
import { mergeSpans, replaceSpans, replaceSpansInLines, type Span } from './span.ts';
import { createSpread, type Spread } from './spread.ts';
import { isLines, type Passage, rewritePassages, textOf } from './walk.ts';

export type Redacted = {
  /** The same resource with placeholders for secrets; the very same value when there were none. */
  readonly value: unknown;
  /** In the order of the document. */
  readonly findings: readonly Finding[];
  /** What was found, for the mask only; without what could be an ordinary word. */
  readonly secrets: readonly string[];
};

type Options = {
  /** Whether somebody said that this is no secret: it stays, and it is not looked for elsewhere. */
  readonly isAllowed: (finding: Finding) => boolean;
};

type Redaction = {
  readonly options: Options;
  readonly findings: Map<string, Finding>;
};

type Found = {
  /** By the number of the passage. */
  readonly spans: ReadonlyMap<number, readonly Span[]>;
  readonly spread: Spread;
};

/**
 * Finds credentials by their place (secret variables, auth, headers, cookies, URLs, parameters), by their form
 * (secretlint's rules, Postman's keys), and then everything that repeats one of them. A value that only names another
 * variable stays. Redacting again changes and finds nothing.
 */
export async function redactSecrets(resource: unknown, options: Options): Promise<Redacted> {
  const { spans, spread } = await findSecrets(resource, options);
  const findings = new Map<string, Finding>();
  const value = rewritePassages(resource, (passage) => {
    const text = textIn(passage);
    if (text === undefined) {
      return redactWhole(passage, { options, findings });
    }
    const repeated = onlyForbidden(spread.find(text, passage.scope), passage, options);
    return redactText(passage, [...(spans.get(passage.index) ?? []), ...repeated], { options, findings });
  });
  return { value, findings: [...findings.values()], secrets: spread.secrets() };
}

async function findSecrets(resource: unknown, options: Options): Promise<Found> {
  const spans = new Map<number, Span[]>();
  const spread = createSpread();
  const lintable: Passage[] = [];
  const add = (passage: Passage, text: string, found: readonly Span[]) => {
    for (const span of onlyForbidden(found, passage, options)) {
      const known = spans.get(passage.index) ?? [];
      known.push(span);
      spans.set(passage.index, known);
      for (const secret of [text.slice(span.start, span.end), ...(span.alsoSecret ?? [])]) {
        spread.add(secret, span);
      }
    }
  };
  rewritePassages(resource, (passage) => {
    const text = textIn(passage);
    if (text === undefined) {
      addTextsIn(passage, { spread, options });
    } else {
      add(passage, text, readPassage(text, passage.scope));
      if (canBeLinted(text)) {
        lintable.push(passage);
      }
    }
    return passage.value;
  });
  for await (const { passage, text, span } of lintPassages(lintable)) {
    add(passage, text, [span]);
  }
  return { spans, spread };
}

/** The value of a secret variable is text only when it is a string: a list or a number goes as a whole. */
function textIn({ scope, value }: Passage): string | undefined {
  return scope.type === 'variable-value' && typeof value !== 'string' ? undefined : textOf(value);
}

function redactText(passage: Passage, spans: readonly Span[], { options, findings }: Redaction): unknown {
  if (spans.length === 0) {
    return passage.value;
  }
  const secrets = mergeSpans(spans);
  for (const span of secrets) {
    addFinding(findings, findingOf(passage, span));
  }
  const redacted = { ...passage, value: replaceIn(passage.value, secrets) };
  // What is gone may have been what gave the rest its meaning.
  const left = readPassage(textIn(redacted) ?? '', passage.scope);
  return redactText(redacted, onlyForbidden(left, redacted, options), { options, findings });
}

function redactWhole(passage: Passage, { options, findings }: Redaction): unknown {
  const finding = { rule: SECRET_VARIABLE.rule, path: pathOf(passage.place) };
  if (options.isAllowed(finding)) {
    return passage.value;
  }
  addFinding(findings, finding);
  return placeholder(SECRET_VARIABLE.what, false);
}

function addTextsIn(
  { place, value }: Passage,
  { spread, options }: { readonly spread: Spread; readonly options: Options },
): void {
  if (!options.isAllowed({ rule: SECRET_VARIABLE.rule, path: pathOf(place) })) {
    for (const text of textsIn(value)) {
      spread.add(text, SECRET_VARIABLE);
    }
  }
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string' || typeof value === 'number') {
    return [String(value)];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function onlyForbidden(spans: readonly Span[], passage: Passage, options: Options): readonly Span[] {
  return spans.filter((span) => !options.isAllowed(findingOf(passage, span)));
}

/** In an array of lines, it stands in the line where it begins. */
function findingOf({ place, value }: Passage, { rule, start }: Span): Finding {
  if (!isLines(value)) {
    return { rule, path: pathOf(place) };
  }
  let line = 0;
  for (let end = value[0]?.length ?? 0; end < start; end += 1 + (value[line]?.length ?? 0)) {
    line += 1;
  }
  return { rule, path: pathOf({ parent: place, key: line }) };
}

function addFinding(findings: Map<string, Finding>, finding: Finding): void {
  findings.set(`${finding.rule}\n${finding.path}`, finding);
}

function replaceIn(value: unknown, spans: readonly Span[]): unknown {
  return isLines(value) ? replaceSpansInLines(value, spans) : replaceSpans(String(value), spans);
}
