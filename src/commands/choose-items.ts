/** Finds the folders and requests that are to be restored alone, in the collections of a backup. */
import { KnownError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { didYouMean } from '../nearest.ts';
import { findItems, listItems, type PickedItem, pathOfItem } from '../plan/restore/pick-item.ts';
import { printable } from '../printable.ts';
import type { Chosen } from './restore-way.ts';

type Found = { readonly chosen: Chosen; readonly picked: PickedItem };

/**
 * @param collections each is read once.
 * @returns one of `Chosen` for each selector.
 * @throws KnownError CONFIG_INVALID when a selector means nothing, or more than one item.
 */
export async function chooseItems(
  collections: readonly Chosen[],
  selectors: readonly string[],
): Promise<readonly Chosen[]> {
  const found = new Map<string, Found[]>(selectors.map((selector) => [selector, []]));
  const names = new Set<string>();
  for (const chosen of collections) {
    const collection = await chosen.read();
    for (const [selector, items] of found) {
      items.push(...findItems(collection, selector).map((picked) => ({ chosen, picked })));
    }
    for (const item of listItems(collection)) {
      names.add(pathOfItem(item));
    }
  }
  return [...found].map(([selector, items]) => onlyOne(selector, items, names));
}

function onlyOne(selector: string, items: readonly Found[], names: ReadonlySet<string>): Chosen {
  const [only, ...others] = items;
  const shown = printable(selector);
  if (only === undefined) {
    const meant = didYouMean(
      shown,
      [...names].map((name) => printable(name)),
    );
    throw new KnownError(
      'CONFIG_INVALID',
      `\`item\`: no folder or request "${shown}" is in the collections of the backup.${meant}`,
      { hint: 'Write the names with slashes between, as Folder/Request, or the id of the item.' },
    );
  }
  if (others.length > 0) {
    const where = items.map(
      ({ chosen, picked }) => `${printable(chosen.resource.name)}: ${printable(String(picked.item['id']))}`,
    );
    throw new KnownError('CONFIG_INVALID', `\`item\`: "${shown}" means several items: ${where.join('; ')}.`, {
      hint: 'Name the collection with `collection`, or the item by its id.',
    });
  }
  const id = only.picked.item['id'];
  const pick = (collection: JsonObject) => findItems(collection, typeof id === 'string' ? id : selector)[0];
  return { ...only.chosen, item: { path: pathOfItem(only.picked), pick } };
}
