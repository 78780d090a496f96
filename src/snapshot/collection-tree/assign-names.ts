/** Items of one folder get names on disk that no file system takes for one, whatever they are called in Postman. */
import { collisionKey, fileName } from '../file-name.ts';
import { uniqueEndings } from '../unique-endings.ts';
import { isFolderNameReserved, isStemReserved, LONGEST_ENDING } from './endings.ts';

export type Item = {
  readonly name: string;
  readonly id?: string;
  /** A folder's name stands alone; that of a request or example is followed by endings. */
  readonly isFolder: boolean;
};

/**
 * Of equal names the smallest id goes without an addition, the others carry their id's first eight digits: what comes
 * or goes beside an item, and the order of all, does not matter to it. Those without an id come last, and are counted.
 * @returns for each item the name of its folder, or the stem of its files.
 */
export function assignNames(items: readonly Item[]): readonly string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  const assigned: string[] = [];
  const claim = (item: Item, ending: string): string | undefined => {
    const name = legalName(item, ending);
    const key = claimKey(item, name);
    if (taken.has(key)) {
      return undefined;
    }
    taken.add(key);
    return name;
  };
  const claimNumbered = (item: Item): string => {
    const key = claimKey(item, legalName(item, ''));
    for (let count = (counts.get(key) ?? 1) + 1; ; count++) {
      const name = claim(item, ` (${count})`);
      if (name !== undefined) {
        counts.set(key, count);
        return name;
      }
    }
  };
  for (const index of byId(items)) {
    const item = items[index];
    if (item !== undefined) {
      assigned[index] = claimFirst(item, claim) ?? claimNumbered(item);
    }
  }
  return assigned;
}

function claimFirst(item: Item, claim: (item: Item, ending: string) => string | undefined) {
  for (const ending of item.id === undefined ? [''] : uniqueEndings(item.id)) {
    const name = claim(item, ending);
    if (name !== undefined) {
      return name;
    }
  }
  return undefined;
}

/** A folder and a request of one name get along: the endings of the request's files keep them apart. */
function claimKey({ isFolder }: Item, name: string): string {
  return `${isFolder ? '/' : '.'}${collisionKey(name)}`;
}

function legalName({ name, isFolder }: Item, ending: string): string {
  const legal = (end: string) =>
    isFolder
      ? fileName(name, end)
      : fileName(name, `${end}${LONGEST_ENDING}`).slice(0, -LONGEST_ENDING.length);
  const isReserved = isFolder ? isFolderNameReserved : isStemReserved;
  const usual = legal(ending);
  return isReserved(usual) ? legal(`${ending}-`) : usual;
}

/** @returns the indices of the items; those of one id, and those without, keep their order. */
function byId(items: readonly Item[]): readonly number[] {
  const indices = items.map((_, index) => index);
  const withId = indices.filter((index) => items[index]?.id !== undefined);
  const idAt = (index: number) => items[index]?.id ?? '';
  withId.sort((a, b) => (idAt(a) < idAt(b) ? -1 : Number(idAt(a) > idAt(b))));
  return [...withId, ...indices.filter((index) => items[index]?.id === undefined)];
}
