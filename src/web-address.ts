/** Addresses from outside, made fit to be opened by a browser or handed to another job. */

// All that report.env may hold is 5 KB.
const MAX_LENGTH = 2000;

/**
 * @returns the address in ASCII, without blanks; undefined when it is none of the web, holds a credential, or is longer
 *   than 2,000 characters.
 */
export function webAddress(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) {
    return undefined;
  }
  const { protocol, username, password, href } = new URL(url);
  const safe = (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
  return safe && href.length <= MAX_LENGTH ? href : undefined;
}
