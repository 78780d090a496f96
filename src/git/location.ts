/** Where a repository lies: a folder of this machine or an address that git reaches, and how to name it to people. */

import { resolve } from 'node:path';

export type Location = {
  readonly isLocal: boolean;
  /** Absolute path, or the URL as it was given. */
  readonly address: string;
  /** For people: path or URL without userinfo, query and fragment. */
  readonly label: string;
  /** `https://host:port`; absent when it is not reached by HTTP. The only place that may get a credential. */
  readonly origin?: string;
};

const URL_SCHEME = /^[a-z][a-z0-9+.-]*:/i;
// gitglossary and git-clone(1): `host:path` is ssh when no slash comes before the first colon.
const SCP_LIKE = /^[^/]+:/;

/** @param url what the `repository` setting takes: a URL, `host:path` or a path. */
export function describeLocation(url: string): Location {
  if (!URL_SCHEME.test(url) && !SCP_LIKE.test(url)) {
    const path = resolve(url);
    return { isLocal: true, address: path, label: path };
  }
  return {
    isLocal: false,
    address: url,
    label: withoutUserinfo(url).replace(/[?#].*$/s, ''),
    ...(/^https?:/i.test(url) && URL.canParse(url) ? { origin: new URL(url).origin } : {}),
  };
}

/** @returns `text` with the user names and passwords taken out of every URL in it. */
export function withoutUserinfo(text: string): string {
  return text.replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^/\s'"]*@/gi, '$1');
}
