/** Postman's two shapes of an error (OpenAPI 1.45.0, `components.examples`). */

/** @import { Answer } from './types.mjs' */

/**
 * The older shape: `{"error": {"name", "message", "details"?}}`.
 * @param {number} status
 * @param {string} name
 * @param {string} message
 * @param {unknown} [details]
 * @returns {Answer}
 */
export function legacyError(status, name, message, details) {
  return { status, json: { error: { name, message, ...(details === undefined ? {} : { details }) } } };
}

/**
 * The newer shape: RFC 7807.
 * @param {number} status
 * @param {string} slug last part of the `type`
 * @param {string} title
 * @param {string} detail
 * @returns {Answer}
 */
export function problem(status, slug, title, detail) {
  const json = { type: `https://api.postman.com/problems/${slug}`, title, detail, status };
  return { status, json, headers: { 'content-type': 'application/problem+json; charset=utf-8' } };
}

/**
 * The newer fields under an older type and without a status, as the API Builder writes them.
 * @param {number} status
 * @param {string} type
 * @param {string} title
 * @param {string} detail
 * @returns {Answer}
 */
export function titled(status, type, title, detail) {
  return { ...problem(status, type, title, detail), json: { type, title, detail } };
}

/** @returns {Answer} */
export function noSuchRoute() {
  const detail = "The resource you're looking for can't be found. Please check the URL before trying again.";
  return problem(404, 'not-found', 'Not Found', detail);
}

/** @returns {Answer} */
export function featureUnavailable() {
  return problem(403, 'forbidden', 'Forbidden', "This feature isn't available in your region.");
}

/** @returns {Answer} */
export function unauthorized() {
  return legacyError(
    401,
    'AuthenticationError',
    'Invalid API Key. Every request requires a valid API Key to be sent.',
  );
}

/**
 * What GET says of a collection or an environment that is not there: documented as 400, seen as 404.
 * @param {number} status
 * @param {'collection' | 'environment'} what
 */
export function notFoundOnGet(status, what) {
  return legacyError(status, 'instanceNotFoundError', `We could not find the ${what} you are looking for`);
}

/** @param {string} item @param {string} id */
export function alreadyExists(item, id) {
  return legacyError(400, 'instanceFoundError', 'The specified item already exists.', { item, id });
}

/** @param {string} what @param {string[]} details */
export function malformed(what, details) {
  const message = `Found ${details.length} errors with the supplied ${what}.`;
  return legacyError(400, 'malformedRequestError', message, details);
}

/** @param {string} name of the parameter @returns {Answer} */
export function paramMissing(name) {
  return legacyError(400, 'paramMissingError', 'Parameter is missing in the request.', { param: [name] });
}
