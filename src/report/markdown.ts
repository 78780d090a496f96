/** Puts untrusted text into Markdown as what it is: text. */

import { printable } from '../printable.ts';
import { webAddress } from '../web-address.ts';

/**
 * A code span is the one place where Markdown renderers, GitLab's included, look for nothing: no HTML, link, mention,
 * reference, emoji or formula. Entities would come back to life as a mention, because GitLab looks for those in the
 * rendered text.
 * @param maxLength code units after which the text is cut.
 */
export function codeSpan(text: string, maxLength?: number): string {
  const line = printable(text, maxLength);
  if (line === '') {
    return '(no name)';
  }
  const fence = '`'.repeat(longestRun(line) + 1);
  // A space at each end is dropped by the renderer; without them a backtick at the edge would lengthen the fence.
  const padding = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** @returns the lines of a code block that `text` cannot end. */
export function codeBlock(text: string): string[] {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return [`${fence}text`, text, fence];
}

/** @returns a link, or only its text when `url` is none that a browser should open. */
export function link(text: string, url: string | undefined): string {
  const address = webAddress(url);
  return address === undefined
    ? codeSpan(text)
    : `[${codeSpan(text)}](<${address.replace(/[<>\\]/gu, encodeURIComponent)}>)`;
}

/** @returns a list; what is beyond `most` lines is folded. */
export function foldedList(items: readonly string[], most: number): string[] {
  const lines = items.map((item) => `- ${item}`);
  if (lines.length <= most) {
    return lines;
  }
  const summary = `<summary>… and ${lines.length - most} more</summary>`;
  // Without the empty lines the list inside would be read as HTML.
  return [...lines.slice(0, most), '', '<details>', summary, '', ...lines.slice(most), '', '</details>'];
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/gu) ?? []).map((run) => run.length));
}
