/** Tells whether a place in a text is inside a URL. */

const MAX_URL_LENGTH = 2_000;
const END_OF_URL = /[\s"'<>`\\]/;

export function isInsideUrl(text: string, position: number): boolean {
  const before = text.slice(Math.max(0, position - MAX_URL_LENGTH), position);
  const scheme = before.lastIndexOf('://');
  return scheme !== -1 && !END_OF_URL.test(before.slice(scheme));
}
