/** What the demo prints, and the error that ends it. */

/** Something did not go as the demo tells it. */
export class DemoFailure extends Error {}

/** @param {unknown} condition @param {string} message what went wrong @returns {asserts condition} */
export function ensure(condition, message) {
  if (!condition) {
    throw new DemoFailure(message);
  }
}

export function say(text = '') {
  console.log(text);
}

/** Bold on a terminal only. @param {string} text */
export function heading(text) {
  const isBold = process.stdout.isTTY === true && !process.env['NO_COLOR'];
  say(isBold ? `\n\u001b[1m${text}\u001b[0m` : `\n${text}`);
}

/** @param {string} text @param {string} [margin] */
export function indented(text, margin = '  ') {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `${margin}${line}`.trimEnd())
    .join('\n');
}
