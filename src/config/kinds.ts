/** The words of `kinds`, and which kinds of resource they stand for. */
import type { Kind } from '../model.ts';

/** Whether a kind has a word of its own; the others come with `all` only. */
const HAS_WORD = {
  collections: true,
  environments: true,
  globals: true,
  specs: true,
  apis: true,
  mocks: true,
  monitors: true,
  workspaces: false,
} as const satisfies Record<Kind, boolean>;

const ALL_KINDS = Object.keys(HAS_WORD) as Kind[];
const DEFAULT_KINDS: readonly Kind[] = ['collections', 'environments'];

export const KIND_WORDS: readonly string[] = [...ALL_KINDS.filter((kind) => HAS_WORD[kind]), 'all'];

const WORD = `\\s*(${KIND_WORDS.join('|')})\\s*`;
/** What one item of the list may be besides a word: several of them, with commas. */
export const KIND_WORDS_WITH_COMMAS = new RegExp(`^${WORD}(,${WORD})*$`);

/** @returns the words of an item of the list, whether they are known or not. */
export function kindWords(item: string): readonly string[] {
  return item.split(',').map((word) => word.trim());
}

type Asked = {
  readonly kinds?: readonly string[] | undefined;
  readonly collection?: readonly string[] | undefined;
  readonly filename?: string | undefined;
};

/** @returns each kind once, in a fixed order; whoever names a collection means collections alone. */
export function resolveKinds({ kinds = [], collection = [], filename }: Asked): readonly Kind[] {
  if (kinds.length === 0) {
    return collection.length > 0 || filename !== undefined ? ['collections'] : DEFAULT_KINDS;
  }
  const words = kinds.flatMap(kindWords);
  return words.includes('all') ? ALL_KINDS : ALL_KINDS.filter((kind) => words.includes(kind));
}
