/** What the people of the sample do to their collections between two backups. */

/** @import { Estate, Item } from './postman-api/types.mjs' */

import {
  addCollection,
  editCollection,
  findItem,
  removeCollection,
  renameCollection,
} from './postman-api/estate.mjs';
import { customs } from './sample/logistics.mjs';

/**
 * @param {Estate} estate is edited
 * @returns {{ story: string[], reworded: string, expectedInDiff: string[] }} `reworded`: the collection in
 *   which one word changed; `expectedInDiff`: what the next backup must show of all this.
 */
export function workADay(estate) {
  const reworded = 'Payments API';
  editCollection(estate, idOf(estate, reworded), (body) => {
    replaceIn(findItem(body, 'Capture a part'), 'stays reserved', 'stays blocked');
  });
  renameCollection(estate, idOf(estate, 'Carrier rates'), 'Carrier rates and surcharges');
  removeCollection(estate, idOf(estate, 'Legacy courier bridge'));
  addCollection(estate, workspaceOf(estate, 'Shipments API'), customs);
  // Postman's list has been seen not to move for an edit inside a request: postman-app-support#13034.
  const edit = (/** @type {{ item?: Item[] }} */ body) => {
    replaceIn(findItem(body, 'Book a shipment'), 'in local time', 'in UTC');
  };
  editCollection(estate, idOf(estate, 'Shipments API'), edit, { touch: false });
  return {
    story: [
      `${reworded}: one word in the description of a request`,
      'Carrier rates: renamed to "Carrier rates and surcharges"',
      'Legacy courier bridge: removed',
      'Customs declarations: new',
      'Shipments API: an edit that Postman\'s list does not show (its "updatedAt" did not move)',
    ],
    reworded,
    expectedInDiff: [
      'stays blocked',
      'Carrier rates and surcharges.',
      '_archive/',
      'Customs declarations.',
      'counts in UTC',
    ],
  };
}

/** @param {Estate} estate @param {string} name */
function storedAs(estate, name) {
  const stored = estate.collections.find(({ body }) => body.info?.name === name);
  if (stored === undefined) {
    throw new Error(`the sample has no collection "${name}"`);
  }
  return stored;
}

/** @param {Estate} estate @param {string} name */
function idOf(estate, name) {
  return storedAs(estate, name).uuid;
}

/** @param {Estate} estate @param {string} name */
function workspaceOf(estate, name) {
  return storedAs(estate, name).workspaceId;
}

/** In a request's description. @param {Item} item @param {string} before @param {string} after */
function replaceIn({ request }, before, after) {
  if (typeof request !== 'object') {
    throw new Error('not a request');
  }
  request['description'] = String(request['description']).replace(before, after);
}
