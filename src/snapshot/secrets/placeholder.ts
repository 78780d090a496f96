/** What stands where a secret was, and which values are evidently no secrets but stand for one. */

// What is longer is no name of a variable; the bound keeps a hostile text from costing time.
const REFERENCES = /\{\{[^{}]{1,500}\}\}/g;
const IN_TEXT = String.raw`\[redacted: [\w /-]{1,100}\]`;
const IN_URL = 'redacted(?:-{1,2}[a-z0-9]+){1,20}';
const PLACEHOLDERS = new RegExp(`${IN_TEXT}|\\b${IN_URL}`, 'g');
/** The pattern of a placeholder; what begins without a bracket is one only where a URL is (`find-placeholders.ts`). */
export const PLACEHOLDER_FORMS = `${IN_TEXT}|${IN_URL}`;
// `<token>`, `[password]`, `{token}`, `${token}`, `$TOKEN`, `%TOKEN%`
const TEMPLATE =
  /^(?:<[^<>]*>|\[[\w .-]*\]|\$?\{[\w .-]*\}|\$\([\w .-]*\)|\$[A-Z][A-Z0-9_]*|%[A-Z_]+%|%[sd@])$/;
// `xxxx`, `****`, `…`, `abcd****`, `key-xxxxxx`, `xxxxxxxx-xxxx`
const MASKED = /^[\s*•.…_:;,|/\\-]*$|^[xX][xX\s._-]{2,}$|^\*{3,}|\*{3,}$|•{3,}|…|x{6,}$|X{6,}$/;
// The bare name of what belongs there, as samples have it: `password`, `YOUR_API_KEY`.
const NAME_OF_ITSELF =
  /^(?:your|insert|enter|example)?(?:my)?(?:password|passwd|pass|pwd|secret|token|(?:api|access|auth|bearer|refresh|session|id)token|(?:api|access|secret|private)key|clientsecret|apisecret)(?:here)?$/;

/**
 * @param what the words that say what was there: letters, digits, spaces, `/`, `-`.
 * @param inUrl whether it stands inside a URL, which must still be one.
 * @returns a text that is the same for every value.
 */
export function placeholder(what: string, inUrl: boolean): string {
  return inUrl ? `redacted-${what.toLowerCase().replace(/[^a-z0-9]+/g, '-')}` : `[redacted: ${what}]`;
}

/** @returns whether nothing is there but references to variables (`{{token}}`) and placeholders of ours. */
export function isReference(text: string): boolean {
  return withoutReferences(text) === '';
}

/** @returns whether a value where a credential belongs is evidently none, or the bare name of one. */
export function isStandIn(text: string): boolean {
  const plain = withoutReferences(text)
    .toLowerCase()
    .replace(/[\s_.-]/g, '');
  return isTemplate(text) || NAME_OF_ITSELF.test(plain);
}

/** @returns whether a value only shows where a credential goes: `<token>`, `****`. A name may be a bad password. */
export function isTemplate(text: string): boolean {
  const rest = withoutReferences(text);
  return MASKED.test(rest) || TEMPLATE.test(rest);
}

/** @returns the text without references to variables and placeholders of ours, trimmed. */
export function withoutReferences(text: string): string {
  return text.replace(REFERENCES, '').replace(PLACEHOLDERS, '').trim();
}
