/** Runs secretlint's recommended rules over a text. */
import type {
  SecretLintRuleContext,
  SecretLintRuleCreator,
  SecretLintRuleReportHandler,
  SecretLintSourceCode,
} from '@secretlint/types';

type LintMessage = {
  /** Such as `aws`. */
  readonly rule: string;
  readonly start: number;
  readonly end: number;
};

type Lint = (text: string) => Promise<readonly LintMessage[]>;

// Of what a rule may match before a secret: its name, an equals sign, spaces.
const MAX_NAME_LENGTH = 1_000;
const PREFIX = '@secretlint/secretlint-rule-';
// `read-urls.ts` finds what these two find, and takes the password only, where they take the whole URL.
const COVERED: ReadonlySet<string> = new Set([`${PREFIX}basicauth`, `${PREFIX}database-connection-string`]);

/**
 * Loads the rules, which takes some tens of milliseconds once.
 *
 * The rules are called directly: `lintSource` of `@secretlint/core` 11.7.1 marks each call in a profiler that keeps
 * every mark and searches them all at each further one, so that 2,000 calls cost ten seconds.
 */
export async function loadLint(): Promise<Lint> {
  const { rules } = await import('@secretlint/secretlint-rule-preset-recommend');
  const wanted = rules.filter(({ meta }) => !COVERED.has(meta.id));
  return async (text) => {
    const messages: LintMessage[] = [];
    for (const rule of wanted) {
      await handlerOf(rule, text, messages).file?.(sourceOf(text));
    }
    return messages;
  };
}

function handlerOf(
  { meta, create }: SecretLintRuleCreator<object>,
  text: string,
  messages: LintMessage[],
): SecretLintRuleReportHandler {
  const context: SecretLintRuleContext = {
    sharedOptions: {},
    createTranslator: () => (messageId, data) => ({ message: '', messageId: String(messageId), data }),
    report({ message, range: [start, end] }) {
      const place = placeOf(message.data, text, start) ?? { start, end };
      messages.push({ rule: meta.id.slice(PREFIX.length), start: place.start, end: place.end });
    },
    // A comment in a script must not switch the search off.
    ignore() {},
  };
  return create(context, {});
}

/**
 * The range of a message is not always that of the secret: the rules `aws` and `npm` (11.7.1) count its length from the
 * beginning of what they matched, which is the name of the key. What they report in words is the secret itself.
 */
function placeOf(data: unknown, text: string, from: number): { start: number; end: number } | undefined {
  const words: readonly unknown[] = typeof data === 'object' && data !== null ? Object.values(data) : [];
  let place: { start: number; end: number } | undefined;
  let length = 0;
  for (const word of words) {
    if (typeof word === 'string' && word.length > length) {
      const offset = text.slice(from, from + word.length + MAX_NAME_LENGTH).indexOf(word);
      if (offset !== -1) {
        length = word.length;
        place = { start: from + offset, end: from + offset + length };
      }
    }
  }
  return place;
}

/** Without a file name: some rules look only into files of a certain name, or else into those without one. */
function sourceOf(text: string): SecretLintSourceCode {
  return {
    content: text,
    contentType: 'text',
    hasBOM: false,
    filePath: undefined,
    physicalFilePath: undefined,
    ext: '',
    getFilePath: () => undefined,
    getPhysicalFilePath: () => undefined,
    // Lines and columns are for those who print them.
    locationToRange: () => [0, 0],
    rangeToLocation: () => ({ start: { line: 1, column: 0 }, end: { line: 1, column: 0 } }),
    positionToIndex: () => 0,
    indexToPosition: () => ({ line: 1, column: 0 }),
  };
}
