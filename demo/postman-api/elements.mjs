/** The routes of a collection's folders, requests and responses: POST, PUT and DELETE of one. */

/** @import { Answer, Estate, Item, RouteContext, StoredCollection } from './types.mjs' */
/** @import { Model } from './element-models.mjs' */

import { fieldsIn, fieldsOf, partFrom } from './element-models.mjs';
import { legacyError } from './errors.mjs';
import { drawId, markEdited, walkItems } from './estate.mjs';
import { pathId } from './ids.mjs';

/** @typedef {{ model: Model, stored: StoredCollection, estate: Estate }} Place */
/** @typedef {{ part: Item, siblings: Item[] }} Found */

/** @param {Model} model @returns {(context: RouteContext) => Answer} */
export function createElement(model) {
  return (context) => answerFor(model, context, (place) => create(place, context));
}

/** "Acts like a PATCH method": what is not passed stays. @param {Model} model @returns {(context: RouteContext) => Answer} */
export function updateElement(model) {
  return (context) =>
    answerForFound(model, context, (place, { part }) => {
      const { folder, ...fields } = fieldsIn(context.body);
      const { id, item, response } = part;
      const updated = partFrom(model, { ...fieldsOf(model, part), ...fields, id });
      for (const key of Object.keys(part)) {
        delete part[key];
      }
      Object.assign(
        part,
        updated,
        item === undefined ? {} : { item },
        response === undefined ? {} : { response },
      );
      return done(place, 'update', { ...fields, id });
    });
}

/** @param {Model} model @returns {(context: RouteContext) => Answer} */
export function deleteElement(model) {
  return (context) =>
    answerForFound(model, context, (place, { part, siblings }) => {
      siblings.splice(siblings.indexOf(part), 1);
      return done(place, 'destroy', { id: part.id });
    });
}

/** @param {Place} place @param {RouteContext} context @returns {Answer} */
function create(place, { estate, body, query }) {
  const { model } = place;
  const fields = fieldsIn(body);
  const parent = parentOf(place, fields, query);
  if (parent.siblings === undefined) {
    return notFound(place, parent.model, parent.id);
  }
  const id = typeof fields['id'] === 'string' ? fields['id'] : drawId(estate);
  if (isTaken(estate, id)) {
    const message = `This ${model} already exists in the database.`;
    return legacyError(400, 'instanceFoundError', message, detailsOf(place, model, id));
  }
  parent.siblings.push(partFrom(model, { ...fields, id }));
  return done(place, 'import', { ...fields, id, collection: place.stored.uuid });
}

/**
 * Where a new element goes: a folder names its parent in the body, the others in the query.
 * @param {Place} place
 * @param {Record<string, unknown>} fields
 * @param {URLSearchParams} query
 * @returns {{ model: Model, id: string, siblings: Item[] | undefined }}
 */
function parentOf({ model, stored }, fields, query) {
  const named = { folder: fields['folder'], request: query.get('folderId'), response: query.get('request') }[
    model
  ];
  if (model === 'response') {
    const id = pathId(String(named));
    const request = findPart(stored, 'request', id)?.part;
    return { model: 'request', id, siblings: request && listIn(request, 'response') };
  }
  if (typeof named !== 'string') {
    return { model: 'folder', id: '', siblings: listIn(stored.body, 'item') };
  }
  const id = pathId(named);
  return { model: 'folder', id, siblings: findPart(stored, 'folder', id)?.part.item };
}

/** @param {{ item?: Item[], response?: Item[] }} parent @param {'item' | 'response'} key @returns {Item[]} */
function listIn(parent, key) {
  parent[key] ??= [];
  return parent[key];
}

/** @param {Model} model @param {RouteContext} context @param {(place: Place) => Answer} answer @returns {Answer} */
function answerFor(model, { estate, params }, answer) {
  // "You must pass a collection ID, not a collection UID, in this endpoint."
  const stored = estate.collections.find(({ uuid }) => uuid === params[0]);
  if (stored === undefined) {
    return legacyError(404, 'instanceNotFoundError', 'We could not find the collection you are looking for');
  }
  return answer({ model, stored, estate });
}

/** @param {Model} model @param {RouteContext} context @param {(place: Place, found: Found) => Answer} answer @returns {Answer} */
function answerForFound(model, context, answer) {
  return answerFor(model, context, (place) => {
    const id = pathId(context.params[1] ?? '');
    const found = findPart(place.stored, model, id);
    return found === undefined ? notFound(place, model, id) : answer(place, found);
  });
}

/** @param {StoredCollection} stored @param {Model} model @param {string} id @returns {Found | undefined} */
function findPart({ body }, model, id) {
  for (const { part, siblings, is } of partsOf(body.item ?? [])) {
    if (is === model && part.id === id) {
      return { part, siblings };
    }
  }
  return undefined;
}

/** @param {Item[]} siblings @returns {Generator<Found & { is: Model }>} */
function* partsOf(siblings) {
  for (const part of siblings) {
    yield { part, siblings, is: Array.isArray(part.item) ? 'folder' : 'request' };
    for (const response of part.response ?? []) {
      yield { part: response, siblings: part.response ?? [], is: 'response' };
    }
    yield* partsOf(part.item ?? []);
  }
}

/** @param {Estate} estate @param {string} id */
function isTaken({ collections }, id) {
  return collections.some(({ body }) =>
    [...walkItems(body.item)].some((item) => [item, ...(item.response ?? [])].some((part) => part.id === id)),
  );
}

/** @param {Place} place @param {string} action @param {Record<string, unknown>} data @returns {Answer} */
function done({ model, stored, estate }, action, data) {
  markEdited(estate, stored);
  const revision = Date.parse(stored.editedAt);
  const json = {
    model_id: data['id'],
    meta: { model, action },
    data: { ...data, owner: stored.owner },
    revision,
  };
  return { status: 200, json };
}

/** Of a request it says "found" (OpenAPI 1.45.0, deleteCollectionRequest). @param {Place} place @param {Model} model @param {string} id */
function notFound(place, model, id) {
  const name = model === 'request' ? 'instanceFoundError' : 'instanceNotFoundError';
  const message = `We could not find the ${model} you are looking for`;
  return legacyError(404, name, message, detailsOf(place, model, id));
}

/** @param {Place} place @param {Model} model @param {string} id */
function detailsOf({ stored }, model, id) {
  return { model, owner: stored.owner, model_id: id };
}
